import type { TemplateRequest } from '#shared/model/template'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import type { Connection } from '../../../state/app'
import type { Composed } from '../../../state/composerRequest'

/** A template with the last messages, as the window knows them, of the topics that it names. */
export const templateRequestOf = (
  connection: Connection,
  { message, draftId }: { readonly message: Composed; readonly draftId?: string | undefined },
): TemplateRequest => ({
  connectionId: connection.id,
  draftId,
  message,
  latest: latestNamedIn(connection, [message]),
})

/** The last messages, as the window knows them, of the topics that templates name. */
export const latestNamedIn = (connection: Connection, messages: readonly Composed[]): TemplateRequest['latest'] =>
  Object.fromEntries(
    messages.flatMap(topicsNamedIn).flatMap((topic) => {
      const latest = connection.model.log.latestOf(topic)
      return latest ? [[topic, decodeUtf8(latest.payload)]] : []
    }),
  )

/** What stands in quotes before `| latest`. A topic that is put together is known to main once it has a message. */
const named = /(?:"([^"]*)"|'([^']*)')\s*\|\s*latest\b/g

const topicsNamedIn = (message: Composed): string[] => {
  const { topic, payload, contentType, responseTopic, correlationData, messageExpiry, userProperties } = message
  const texts = [topic, payload, contentType, responseTopic, correlationData, messageExpiry, ...userProperties.flat()]
  const found = texts.flatMap((text) => [...text.matchAll(named)].map(([, double, single]) => double ?? single ?? ''))
  return [...new Set(found)]
}
