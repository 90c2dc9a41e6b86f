import type { PayloadView } from '../../../decode/payloadView'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { isHead } from '../../../model/messageLog/payloadHead'
import type { Connection } from '../../../state/app'
import { noticesState } from '../../../state/notices'

/** A file name for a payload that fits the view: the topic's last level without what file systems refuse. */
export const suggestedName = (topic: string, { fileExtension }: Pick<PayloadView, 'fileExtension'>): string => {
  const level = topic.split('/').findLast((name) => name !== '') ?? ''
  const name = level
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069<>:"\\|?*.]+/g, '_')
    .slice(0, 80)
  return `${name === '' ? 'payload' : name}.${fileExtension}`
}

/** Asks where to and writes exactly the message's payload, also where only its head is here; a failure becomes a notice. */
export const savePayload = async (connection: Connection, message: MessageView, name: string): Promise<void> => {
  const { api } = connection.app
  const { sequence, payload } = message
  const result = isHead(message)
    ? await api.invoke('payload.save', { connectionId: connection.id, sequence, suggestedName: name })
    : // A view of a larger buffer would be cloned with all of the buffer on its way through the bridge.
      await api.invoke('file.save', { suggestedName: name, bytes: payload.slice() })
  if (!result.ok) connection.app.get(noticesState).showError(result.error)
}
