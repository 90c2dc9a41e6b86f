import fc from 'fast-check'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { anyCharacter } from '#shared/text/anyTextTesting'
import type { RecordedMessage, RecordingItem } from './recordedMessage'
import { readerFor } from './recordingFormats'
import type { RecordingWriter } from './recordingWriter'
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

export const written = (writer: RecordingWriter, messages: readonly RecordedMessage[]): Uint8Array =>
  joinedBytes([writer.begin(), ...messages.map(writer.message)])

/** MQTT 5 §1.5.4: no NUL and no surrogate. */
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((one) => one.replaceAll('\0', ''))
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
    contentType: fc.option(text, absent),
    responseTopic: fc.option(topic, absent),
    correlationData: fc.option(fc.uint8Array({ maxLength: 10 }), absent),
    subscriptionIdentifiers: fc.option(
      fc.array(fc.integer({ min: 1, max: 268_435_455 }), { minLength: 1, maxLength: 3 }),
      absent,
    ),
    topicAlias: fc.option(fc.integer({ min: 1, max: 65_535 }), absent),
    userProperties: fc.option(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 }), absent),
  })
  .map((set) => Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)))

export const anyMessage: fc.Arbitrary<RecordedMessage> = fc
  .record({
    time: fc.bigInt({ min: 0n, max: 4_102_444_800_000_000_000n }),
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
