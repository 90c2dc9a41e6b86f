import { flags } from '#shared/model/frame'
import { readTwoBytes, readVariableInteger, variableIntegerLength } from '#shared/mqtt/propertySection'
import { visibleLine } from '#shared/text/visibleLine'
import { packetName } from './packetFailure'

/** The parts of a PUBLISH that its line tells. */
export interface PublishSummary {
  readonly topic: string
  readonly packetId: number
  /** QoS, RETAIN and DUP as `flags` of frame.ts has them. */
  readonly flags: number
  readonly bytes: number
}

/** So many characters of a topic name or filter are told. */
const nameCharacters = 100

/**
 * A control packet in one visible line: its type, packet identifier, topic name or filter, QoS and flags, reason code
 * and size. Nothing else of it is told: no payload, no property, and of CONNECT nothing that a person entered. It never
 * throws, whatever the bytes, which may end early where `size` says that there is more.
 */
export const packetSummary = (bytes: Buffer, size: number, isVersion5: boolean): string => {
  const first = bytes[0] ?? 0
  const name = packetName(first)
  const at = 1 + variableIntegerLength(bytes, 1, bytes.length)
  const packetId = at + 2 <= bytes.length ? readTwoBytes(bytes, at) : 0
  switch (name) {
    case 'PUBLISH':
      return publishSummary(sentPublish(bytes, size, at))
    case 'SUBSCRIBE':
    case 'UNSUBSCRIBE':
      return line(name, size, [idWords(packetId), ...filterWords(bytes, at + 2, isVersion5)])
    case 'SUBACK':
    case 'UNSUBACK':
      return line(name, size, [idWords(packetId), reasonWords(bytes, bytes.length - 1, at + 2)])
    case 'PUBACK':
    case 'PUBREC':
    case 'PUBREL':
    case 'PUBCOMP':
      return line(name, size, [idWords(packetId), reasonWords(bytes, at + 2)])
    case 'CONNACK':
      return line(name, size, [(bytes[at] ?? 0) === 1 ? 'session present' : '', reasonWords(bytes, at + 1)])
    case 'DISCONNECT':
    case 'AUTH':
      return line(name, size, [reasonWords(bytes, at)])
    default:
      return line(name, size, [])
  }
}

export const publishSummary = ({ topic, packetId, flags: bits, bytes }: PublishSummary): string =>
  line('PUBLISH', bytes, [
    packetId === 0 ? '' : idWords(packetId),
    nameWords(topic),
    `QoS ${bits & flags.qosMask}`,
    (bits & flags.retain) === 0 ? '' : 'RETAIN',
    (bits & flags.dup) === 0 ? '' : 'DUP',
  ])

const line = (name: string, size: number, words: readonly string[]): string =>
  `${[name, ...words.filter((word) => word !== '')].join(' ')}, ${size} bytes`

const idWords = (packetId: number): string => `id ${packetId}`

const nameWords = (name: string): string => `"${visibleLine(name, nameCharacters)}"`

/** The reason code at `at`, where the packet reaches that far and it stands behind `start`. */
const reasonWords = (bytes: Buffer, at: number, start = at): string => {
  const code = bytes[at]
  return code === undefined || at < start ? '' : `reason 0x${code.toString(16).padStart(2, '0')}`
}

const textAt = (bytes: Buffer, at: number): { readonly text: string; readonly end: number } => {
  const end = at + 2 + (at + 2 <= bytes.length ? readTwoBytes(bytes, at) : 0)
  return { text: bytes.toString('utf8', Math.min(at + 2, bytes.length), Math.min(end, bytes.length)), end }
}

/** The one filter of a SUBSCRIBE (MQTT 5 §3.8.3) or UNSUBSCRIBE and, of the former, what it is asked for with. */
const filterWords = (bytes: Buffer, at: number, isVersion5: boolean): readonly string[] => {
  const lengthBytes = isVersion5 ? variableIntegerLength(bytes, at, bytes.length) : 0
  const { text, end } = textAt(bytes, lengthBytes === 0 ? at : at + lengthBytes + readVariableInteger(bytes, at))
  const options = bytes[end]
  if (options === undefined) return [nameWords(text)]
  return [
    nameWords(text),
    `QoS ${options & 3}`,
    (options & 4) === 0 ? '' : 'No Local',
    (options & 8) === 0 ? '' : 'Retain As Published',
    options >> 4 === 0 ? '' : `Retain Handling ${options >> 4}`,
  ]
}

const sentPublish = (bytes: Buffer, size: number, at: number): PublishSummary => {
  const first = bytes[0] ?? 0
  const qos = (first >> 1) & 3
  const { text, end } = textAt(bytes, at)
  const packetId = qos > 0 && end + 2 <= bytes.length ? readTwoBytes(bytes, end) : 0
  return { topic: text, packetId, flags: qos | ((first & 1) << 2) | (first & 8), bytes: size }
}
