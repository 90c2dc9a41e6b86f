import { rebirthCommand } from '#shared/sparkplug/rebirthCommand'
import type { Connection } from '../../state/app'
import { noticesState } from '../../state/notices'

/** Sends the command; why it did not go out is told to the person. The birth that answers it comes as any other. */
export const askForRebirth = async (
  { app, id }: Connection,
  { group, name }: { readonly group: string; readonly name: string },
): Promise<void> => {
  const command = rebirthCommand({ group, node: name }, Date.now())
  const sent = await app.api.invoke('message.publish', {
    connectionId: id,
    ...command,
    qos: 0,
    retain: false,
    properties: {},
  })
  if (!sent.ok) app.get(noticesState).showError(sent.error)
}
