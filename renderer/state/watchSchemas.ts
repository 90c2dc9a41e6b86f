import type { PayloadNode } from '#shared/encoding/payloadNode'
import { jsonSchemaRuleFor, rulesOf } from '#shared/model/ruleOrder'
import type { Watch } from '#shared/model/watch'
import type { MessageView } from '../model/messageLog/messageLogChunk'
import { isHead } from '../model/messageLog/payloadHead'
import { decodedText, plainText } from '../model/schemaCheck/checkPayload'
import type { App } from './app'
import { payloadRulesState, schemaKey } from './payloadRules'

export interface WatchSchemas {
  /** Holds the message against the schema of its topic, where a rule of the watch asks for it. */
  check(watch: Watch, message: ReadMessage): void
}

interface ReadMessage {
  readonly message: MessageView
  /** Its values where it is decoded, none where that fails; null = it is read as it is. */
  readonly decoded: readonly PayloadNode[] | null
}

interface CheckedMessage {
  readonly differs: boolean
  readonly sequence: number
}

/**
 * Checks payloads, as they are decoded, in the thread of schemas: of each watch one at a time, and the latest of those that came meanwhile. A JSON
 * Schema is checked; of a message of which the window has the head, nothing can be said.
 */
export const createWatchSchemas = (
  app: App,
  onChecked: (watch: Watch, rule: number, found: CheckedMessage) => void,
): WatchSchemas => {
  /** By watch: what waits behind the one that is being checked; null = nothing does. */
  const waiting = new Map<string, ReadMessage | null>()
  const schemaOf = ({ connectionId, topic }: Watch): string | null => {
    const { rules, schemas, load } = app.get(payloadRulesState)
    const schema = jsonSchemaRuleFor(rulesOf(rules, connectionId), topic)?.schema
    if (!schema) return null
    load(schema)
    const loaded = schemas.get(schemaKey(schema))
    return loaded?.status === 'jsonSchema' ? loaded.text : null
  }
  const check = async (watch: Watch, read: ReadMessage): Promise<void> => {
    const { message } = read
    const rule = watch.rules.findIndex(({ kind }) => kind === 'schema')
    if (rule < 0 || isHead(message)) return
    if (waiting.has(watch.id)) {
      waiting.set(watch.id, read)
      return
    }
    const schema = schemaOf(watch)
    if (schema === null) return
    waiting.set(watch.id, null)
    const never = new AbortController()
    const checked = await app.schemaChecker.check({ schema, text: textOf(read) }, never.signal)
    const next = waiting.get(watch.id)
    waiting.delete(watch.id)
    const outcome = checked?.outcome
    if (outcome === 'conforms' || outcome === 'differs' || outcome === 'noJson')
      onChecked(watch, rule, { differs: outcome !== 'conforms', sequence: message.sequence })
    if (next) void check(watch, next)
  }
  return { check: (watch, read) => void check(watch, read) }
}

/** What is checked; of a payload that cannot be decoded nothing, which conforms to no schema. */
const textOf = ({ message, decoded }: ReadMessage): string =>
  decoded === null ? plainText(message.payload) : (decodedText(decoded) ?? '')
