import { wholePayloadBytes } from '#shared/model/frame'
import { composedPayload, correlationText } from '#shared/model/composedBytes'
import type { ComposedMessage } from '#shared/model/publish'
import { formatHex } from '#shared/mqtt/payloadText'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import type { MessageView } from './messageLogChunk'

/** What copying a payload puts on the clipboard: all of its text, or hex where the bytes are no text. */
export const payloadCopyText = (payload: Uint8Array): string =>
  isUtf8(payload) ? decodeUtf8(payload) : formatHex(payload)

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

const composedMessage = (message: MessageView, payload: Uint8Array): ComposedMessage => {
  const properties = decodePublishProperties(message.properties) ?? {}
  return {
    topic: message.topic,
    ...composedPayload(payload),
    qos: message.qos,
    retain: message.retain,
    contentType: properties.contentType ?? '',
    responseTopic: properties.responseTopic ?? '',
    correlationData: correlationText(properties.correlationData),
    messageExpiry: properties.messageExpirySeconds?.toString() ?? '',
    userProperties: properties.userProperties ?? [],
  }
}
