import fc from 'fast-check'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { anyCharacter } from '#shared/text/anyTextTesting'
import type { RecordedMessage, RecordingItem } from './recordedMessage'
import { readerFor } from './recordingFormats'
import type { RecordingWriter, WrittenMessage } from './recordingWriter'
import { joinedBytes } from '#shared/encoding/joinedBytes'

export const bytesOf = (text: string): Uint8Array => encodeUtf8(text)

/** Pieces that end wherever they end: within a line, a frame, a character. */
export function* piecesOf(bytes: Uint8Array, length = 1_000): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

/** By the reader that its content chooses. */
export const readAll = (content: Uint8Array | string): readonly RecordingItem[] => {
  const bytes = typeof content === 'string' ? bytesOf(content) : content
  const reader = readerFor(bytes)
  if (!reader) throw new Error('no reader')
  return [...reader.read(piecesOf(bytes))]
}

export const messagesIn = (items: readonly RecordingItem[]): readonly RecordedMessage[] =>
  items.flatMap((item) => (item.kind === 'message' ? [item.message] : []))

export const written = (writer: RecordingWriter, messages: readonly WrittenMessage[]): Uint8Array =>
  joinedBytes([writer.begin(), ...messages.map(writer.message), writer.end?.() ?? new Uint8Array(0)])

/** MQTT 5 §1.5.4: no NUL and no surrogate. */
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((one) => one.replaceAll('\0', ''))
/** Of properties, in which there are servers that let a NUL pass. */
const propertyText = fc.oneof(
  text,
  fc.constantFrom('', 'a\0b', '\0', '=1+1', '+1', '-a', '@a', '\ta', '\ra', '"', "'", '{"a":1}', 'line\nline'),
)
const topic = text.map((one) => one.replace(/[+#]/g, '') || 't')
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.string({ unit: anyCharacter, maxLength: 20 }).map(encodeUtf8),
  fc
    .constantFrom('', '=1+1', "'=1", '-5', '+', '@x', 'null', '(null)', 'line 1\nline 2', '"', '\ufeff', ' ')
    .map(encodeUtf8),
)
const absent = { freq: 2, nil: undefined } as const

/** Every property that a PUBLISH may have, in every order of user properties. */
const properties = fc
  .record({
    payloadFormatIndicator: fc.option(fc.constantFrom(0, 1), absent),
    messageExpirySeconds: fc.option(fc.nat(2 ** 32 - 1), absent),
    contentType: fc.option(propertyText, absent),
    responseTopic: fc.option(topic, absent),
    correlationData: fc.option(fc.uint8Array({ maxLength: 10 }), absent),
    subscriptionIdentifiers: fc.option(
      fc.array(fc.integer({ min: 1, max: 268_435_455 }), { minLength: 1, maxLength: 3 }),
      absent,
    ),
    topicAlias: fc.option(fc.integer({ min: 1, max: 65_535 }), absent),
    userProperties: fc.option(fc.array(fc.tuple(propertyText, propertyText), { minLength: 1, maxLength: 4 }), absent),
  })
  .map((set) => Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)))

/** From 1970 to 2554, which a capture can say. */
const capturedTime = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
/** Before 1970, behind what 64 bits hold, and beyond every calendar. */
export const anyTime = fc.oneof(
  capturedTime,
  fc.bigInt({ min: -(10n ** 20n), max: 10n ** 23n }),
  fc.constantFrom(-1n, -1_000_000_001n, 2n ** 63n - 1n, 2n ** 63n, -(2n ** 63n) - 1n, 253_402_300_799_999_999_999n),
)

export const anyMessage: fc.Arbitrary<RecordedMessage> = fc
  .record({
    time: capturedTime,
    topic,
    payload,
    qos: fc.constantFrom(0, 1, 2),
    retain: fc.boolean(),
    dup: fc.boolean(),
    direction: fc.constantFrom('in', 'out'),
    connection: text.filter((one) => one !== ''),
    packetId: fc.integer({ min: 1, max: 65_535 }),
    properties,
  })
  .map((message) => ({ ...message, packetId: message.qos === 0 ? null : message.packetId }))

/** As a server may send it: it sends no NUL in a text (MQTT 5 §1.5.4), and what reads packets refuses one. */
export const withoutNul = (message: RecordedMessage): RecordedMessage => {
  const { contentType, userProperties, ...rest } = message.properties
  const plain = (one: string) => one.replaceAll('\0', '')
  return {
    ...message,
    properties: {
      ...rest,
      ...(contentType === undefined ? {} : { contentType: plain(contentType) }),
      ...(userProperties && { userProperties: userProperties.map(([name, value]) => [plain(name), plain(value)]) }),
    },
  }
}
