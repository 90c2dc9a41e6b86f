import { composedPayload, correlationText } from '#shared/model/composedBytes'
import { emptyMessage, type ComposedMessage } from '#shared/model/publish'
import { messageExpirySchema } from '#shared/model/publishRules'
import type { ProtocolVersion, Qos } from '#shared/model/qos'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { MosquittoArgument } from './mosquittoArguments'
import { packetOf } from './mosquittoProperties'
import { numberOf, type Drop, type Program, type Said } from './mosquittoSaid'

interface MessageParts {
  readonly program: Program
  readonly version: ProtocolVersion
  /** What the URL has for a topic; '' = nothing. */
  readonly urlTopic: string
  readonly drop: Drop
}

/**
 * The message that mosquitto_pub or mosquitto_rr publishes, as far as the command has it: a payload that stands in a file or
 * comes from the terminal is empty. Null = nothing is said of one, or it is mosquitto_sub.
 */
export const messageOf = (said: Said, parts: MessageParts): ComposedMessage | null => {
  const { program, version, drop } = parts
  const given = (['payload', 'noPayload', 'retain', 'qos'] as const).flatMap((one) => said.of(one) ?? [])
  const properties = said.properties.filter(isOfPublish)
  if (program === 'sub') {
    for (const argument of given) if (argument.says !== 'qos') drop(argument, 'message')
    for (const property of properties) drop(property, 'message')
    return null
  }
  if (given.length + properties.length + said.topics.length === 0 && parts.urlTopic === '') return null
  if (version !== '5') for (const property of properties) drop(property, 'needsVersion5')
  const message = {
    ...emptyMessage,
    topic: topicOf(said, parts),
    ...payloadOf(said, drop),
    qos: (numberOf(said.of('qos'), [0, 2], drop) ?? 0) as Qos,
    retain: said.of('retain') !== undefined,
    responseTopic: program === 'rr' ? (said.of('responseTopic')?.words[0] ?? '') : '',
  }
  return version === '5' ? withProperties(message, properties, drop) : message
}

/** Whether it is a property of the message: `-D PUBLISH name value`. */
export const isOfPublish = (property: MosquittoArgument): boolean => packetOf(property) === 'publish'

/** Of several topics mosquitto_pub publishes to the last; an option takes the place of what the URL says. */
const topicOf = ({ topics, of }: Said, { urlTopic, drop }: MessageParts): string => {
  for (const other of topics.slice(0, -1)) drop(other, 'repeated')
  const url = of('url')
  const inUrl = url && urlTopic !== '' ? { ...url, shown: urlTopic, words: [urlTopic] } : undefined
  const last = topics.at(-1)
  if (last && inUrl) drop(inUrl, 'repeated')
  const given = last ?? inUrl
  const topic = given?.words[0] ?? ''
  if (!given || !topicNameProblem(topic)) return topic
  drop(given, 'invalid')
  return ''
}

const payloadOf = ({ of }: Said, drop: Drop) => {
  const text = of('payload')
  const none = of('noPayload')
  // The client takes one of them.
  if (text && none) drop(none, 'repeated')
  return composedPayload(encodeUtf8(text?.words[0] ?? ''))
}

/** The message with its properties, of each the last. */
const withProperties = (
  message: ComposedMessage,
  properties: readonly MosquittoArgument[],
  drop: Drop,
): ComposedMessage => {
  const last = new Map(properties.map((property) => [nameOf(property), property]))
  return properties.reduce((before, property) => {
    const [, , value = '', second = ''] = property.words
    const name = nameOf(property)
    if (name === 'user-property') return { ...before, userProperties: [...before.userProperties, [value, second]] }
    if (last.get(name) !== property) {
      drop(property, 'repeated')
      return before
    }
    const read = readers[name]?.(value)
    if (!read) drop(property, name in readers ? 'invalid' : 'noSetting')
    return { ...before, ...read }
  }, message)
}

const nameOf = ({ words: [, name = ''] }: MosquittoArgument): string => name.toLowerCase()

/** The properties that a message has here (MQTT 5 §3.3.2.3), each with what its text says; null = it is none. */
const readers: Readonly<Record<string, ((value: string) => Partial<ComposedMessage> | null) | undefined>> = {
  'content-type': (contentType) => ({ contentType }),
  'response-topic': (responseTopic) => (topicNameProblem(responseTopic) ? null : { responseTopic }),
  'correlation-data': (value) => ({ correlationData: correlationText(encodeUtf8(value)) }),
  'message-expiry-interval': (messageExpiry) =>
    messageExpirySchema.safeParse(Number(messageExpiry)).success && /^\d+$/.test(messageExpiry)
      ? { messageExpiry }
      : null,
  'payload-format-indicator': (value) => (value === '1' ? { payloadFormatIndicator: true } : value === '0' ? {} : null),
}
