import type { JsonNode } from '#shared/json/jsonTree'
import { formatBase64, parseBase64 } from '#shared/mqtt/payloadText'
import type { PublishPropertySet } from '#shared/mqtt/publishProperties'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { Refusal } from './recordedMessage'

type Write = (set: PublishPropertySet, value: JsonNode) => void

/**
 * The properties of a PUBLISH by the names mosquitto has for them. `user-properties` is an object in which a name may stand again
 * (2.0), or a list of objects (2.1). Throws a `Refusal` where one cannot be read: none is left out.
 */
export const readMosquittoProperties = (node: JsonNode | undefined): PublishPropertySet => {
  const set: PublishPropertySet = {}
  if (node === undefined || (node.kind === 'constant' && node.value === null)) return set
  if (node.kind !== 'map') throw new Refusal('badProperties')
  for (const { key, value } of node.members) {
    const write = Object.hasOwn(writers, key) ? writers[key] : undefined
    if (!write) throw new Refusal('badProperties', key)
    write(set, value)
  }
  return set
}

const number = (value: JsonNode, most: number): number => {
  const digits = value.kind === 'number' || value.kind === 'constant' ? value : null
  const count = digits?.kind === 'number' ? Number(digits.digits) : digits ? Number(digits.value) : NaN
  if (!Number.isInteger(count) || count < 0 || count > most) throw new Refusal('badProperties')
  return count
}
const text = (value: JsonNode): string => {
  if (value.kind !== 'text') throw new Refusal('badProperties')
  return value.text
}
const all = (value: JsonNode): readonly JsonNode[] => (value.kind === 'list' ? value.items : [value])

const addPairs: Write = (set, value) => {
  for (const one of all(value)) {
    if (one.kind !== 'map') throw new Refusal('badProperties', 'user-properties')
    for (const { key, value: said } of one.members) (set.userProperties ??= []).push([key, text(said)])
  }
}

const writers: Readonly<Record<string, Write | undefined>> = {
  'payload-format-indicator': (set, value) => (set.payloadFormatIndicator = number(value, 1)),
  'message-expiry-interval': (set, value) => (set.messageExpirySeconds = number(value, 2 ** 32 - 1)),
  'content-type': (set, value) => (set.contentType = text(value)),
  'response-topic': (set, value) => (set.responseTopic = text(value)),
  'correlation-data': (set, value) => (set.correlationData = encodeUtf8(text(value))),
  'correlation-data-base64': (set, value) => {
    const parsed = parseBase64(text(value))
    if (!parsed.ok) throw new Refusal('badProperties', 'correlation-data-base64')
    set.correlationData = parsed.bytes
  },
  'topic-alias': (set, value) => (set.topicAlias = number(value, 65_535)),
  'subscription-identifier': (set, value) => {
    for (const one of all(value)) (set.subscriptionIdentifiers ??= []).push(number(one, 268_435_455))
  },
  'user-properties': addPairs,
}

/** The members of `properties`, as mosquitto_sub 2.1 writes them; null = there are none. */
export const mosquittoProperties = (set: PublishPropertySet, dataText: (bytes: Uint8Array) => string | null) => {
  const data = set.correlationData
  const shown = data && dataText(data)
  const identifiers = set.subscriptionIdentifiers ?? []
  const members = {
    ...(set.payloadFormatIndicator === undefined ? {} : { 'payload-format-indicator': set.payloadFormatIndicator }),
    ...(set.messageExpirySeconds === undefined ? {} : { 'message-expiry-interval': set.messageExpirySeconds }),
    ...(set.contentType === undefined ? {} : { 'content-type': set.contentType }),
    ...(set.responseTopic === undefined ? {} : { 'response-topic': set.responseTopic }),
    ...(typeof shown === 'string' ? { 'correlation-data': shown } : {}),
    ...(data && shown === null ? { 'correlation-data-base64': formatBase64(data) } : {}),
    ...(identifiers.length === 0
      ? {}
      : { 'subscription-identifier': identifiers.length === 1 ? identifiers[0] : identifiers }),
    ...(set.topicAlias === undefined ? {} : { 'topic-alias': set.topicAlias }),
    ...(set.userProperties
      ? { 'user-properties': set.userProperties.map(([name, value]) => ({ [name]: value })) }
      : {}),
  }
  return Object.keys(members).length === 0 ? null : members
}
