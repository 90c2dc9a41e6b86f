import { wholePayloadBytes } from '#shared/model/frame'
import type { ComposedMessage, PayloadFormat } from '#shared/model/publish'
import { formatHex } from '#shared/mqtt/payloadText'
import { jsonProblem } from '#shared/mqtt/prettyJson'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { suspectCount } from '#shared/text/hiddenCharacters'
import type { MessageView } from './messageLogChunk'

/** What copying a payload puts on the clipboard: all of its text, or hex where the bytes are no text. */
export const payloadCopyText = (payload: Uint8Array): string =>
  isUtf8(payload) ? decodeUtf8(payload) : formatHex(payload)

/** Larger texts are not looked through to find out whether they are JSON. */
const jsonLimitBytes = 2 ** 20

/** An editor marks each hidden character with an element: a text full of them goes as hex. */
const mostHidden = 100
const lineEnds = /[\t\n]/g

/** A message as the composer would hold it. */
export interface Resend {
  readonly message: ComposedMessage
  /** A large payload, sent as it is in place of the editor's text; null = the text is the payload. */
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | null
}

/** Ready to be sent again byte for byte; `payload` is all of the message's, of which the log may have only the head. */
export const composedFrom = (message: MessageView, payload: Uint8Array): Resend => {
  const isLarge = payload.length > wholePayloadBytes
  const file = isLarge ? { name: message.topic, bytes: payload } : null
  return { message: composedMessage(message, isLarge ? new Uint8Array() : payload), file }
}

type Reply = Pick<ComposedMessage, 'topic' | 'correlationData'>

/** Asked by the label and the state of each button that replies, at every rendering, and a section may have megabytes. */
const replies = new WeakMap<MessageView, Reply | null>()

/** Where an answer to a message goes, and what ties it to that message (MQTT 5 §4.10); null = it wants none. */
export const replyTo = (message: MessageView): Reply | null => {
  const known = replies.get(message)
  if (known !== undefined) return known
  const reply = readReply(message)
  replies.set(message, reply)
  return reply
}

const readReply = (message: MessageView): Reply | null => {
  const { responseTopic, correlationData } = decodePublishProperties(message.properties) ?? {}
  return responseTopic === undefined || topicNameProblem(responseTopic)
    ? null
    : { topic: responseTopic, correlationData: correlationText(correlationData) }
}

/** The format in which an editor gives back exactly these bytes. Editors turn CR into LF, so text with CR goes as hex. */
const formatOf = (payload: Uint8Array): PayloadFormat => {
  if (!isUtf8(payload) || payload.includes(0x0d) || payload.includes(0)) return 'hex'
  if (payload.length > jsonLimitBytes) return 'text'
  const text = decodeUtf8(payload)
  if (suspectCount(text.replace(lineEnds, '')) > mostHidden) return 'hex'
  return /^\s*[{[]/.test(text) && jsonProblem(text) === null ? 'json' : 'text'
}

const correlationText = (data: Uint8Array | undefined): string => {
  if (!data) return ''
  const text = decodeUtf8(data)
  return isUtf8(data) && !text.startsWith('0x') ? text : `0x${formatHex(data).replaceAll(' ', '')}`
}

const composedMessage = (message: MessageView, payload: Uint8Array): ComposedMessage => {
  const properties = decodePublishProperties(message.properties) ?? {}
  const format = formatOf(payload)
  return {
    topic: message.topic,
    payload: format === 'hex' ? formatHex(payload) : decodeUtf8(payload),
    format,
    qos: message.qos,
    retain: message.retain,
    contentType: properties.contentType ?? '',
    responseTopic: properties.responseTopic ?? '',
    correlationData: correlationText(properties.correlationData),
    messageExpiry: properties.messageExpirySeconds?.toString() ?? '',
    userProperties: properties.userProperties ?? [],
  }
}
