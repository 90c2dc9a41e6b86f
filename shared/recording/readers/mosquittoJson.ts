import { joinedBytes } from '#shared/encoding/joinedBytes'
import { memberOf, readJsonTree, type JsonNode } from '#shared/json/jsonTree'
import { parseBase64 } from '#shared/mqtt/payloadText'
import { decodeUtf8, encodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { countAt, flagAt, qosAt, textAt, topicAt } from '../jsonMembers'
import { readMosquittoProperties } from '../mosquittoProperties'
import {
  itemOf,
  messageOf,
  Refusal,
  type RecordedMessage,
  type RecordingItem,
  type RecordingNote,
} from '../recordedMessage'
import { readTimeText } from '../recordedTime'
import { latinBytes, latinText, linesOf, type RecordedLine } from '../recordingLines'
import type { RecordingReader } from '../recordingReader'

/**
 * JSON lines of mosquitto_sub (`-F %j`, `-F %J`, of 2.0 and 2.1), and what is written here with the same keys. `%j` has payloads as
 * texts, and from 2.1 on as a list of bytes where they do not print; `%J` has them as JSON, written anew.
 */
export const mosquittoJsonReader: RecordingReader = {
  name: 'mosquitto-json',
  isFor: ({ lines }) =>
    lines.some(
      (line) =>
        line.trimStart().startsWith('{') &&
        /"topic"\s*:/.test(line) &&
        /"(?:tst|payloadlen|payload_base64)"\s*:/.test(line),
    ),
  *read(pieces) {
    const lines = linesOf(pieces)
    const looked: RecordedLine[] = []
    let bytes = 0
    for (let step = lines.next(); !step.done; step = lines.next()) {
      looked.push(step.value)
      bytes += step.value.bytes.length
      if (looked.length >= mostLooked.lines || bytes > mostLooked.bytes) break
    }
    const isJson = hasJsonPayloads(looked)
    yield* readMosquittoLines(looked.splice(0), isJson)
    yield* readMosquittoLines(lines, isJson)
  },
}

export function* readMosquittoLines(lines: Iterable<RecordedLine>, isJson: boolean): Generator<RecordingItem> {
  for (const { number, bytes, isTooLong } of lines) {
    const place = { unit: 'line', number } as const
    if (isTooLong) yield { kind: 'refused', place, reason: 'tooLong' }
    else if (bytes.length === 0) yield { kind: 'refused', place, reason: 'emptyLine' }
    else yield itemOf(place, () => readLine(bytes, isJson))
  }
}

/** What is looked at to tell `%J` from `%j`. */
const mostLooked = { lines: 2_000, bytes: 8 * 2 ** 20 } as const

const hasJsonPayloads = (lines: readonly RecordedLine[]): boolean => {
  for (const { bytes: line } of lines) {
    const root = rootOf(line)
    const payload = root && memberOf(root.node, 'payload')
    if (!payload || payload.kind === 'text' || (payload.kind === 'constant' && payload.value === null)) continue
    if (payload.kind !== 'list' || bytesOfList(payload, countAt(root.node, 'payloadlen')) === null) return true
  }
  return false
}

interface ReadLine {
  readonly node: JsonNode
  /** What `node` has its places in. */
  readonly source: string
  /** Its texts are bytes, a character each: the line is no UTF-8. */
  readonly isLatin: boolean
}

const rootOf = (line: Uint8Array): ReadLine | null => {
  const isLatin = !isUtf8(line)
  const source = isLatin ? latinText(line) : decodeUtf8(line)
  const tree = readJsonTree(source)
  return tree.ok && tree.root.kind === 'map' ? { node: tree.root, source, isLatin } : null
}

const readLine = (
  bytes: Uint8Array,
  isJson: boolean,
): { message: RecordedMessage; notes: readonly RecordingNote[] } => {
  const line = rootOf(bytes)
  if (!line) throw new Refusal('notJson')
  const { node, isLatin } = line
  const read = payloadOf(line, isJson)
  const nanoseconds = textAt(node, 't')
  const stamp = textAt(node, 'tst')
  const parsed = stamp === null ? null : readTimeText(stamp)
  if (stamp !== null && !parsed) throw new Refusal('badTime', stamp)
  const time = nanoseconds !== null && /^-?\d{1,24}$/.test(nanoseconds) ? BigInt(nanoseconds) : (parsed?.time ?? null)
  const direction = textAt(node, 'direction')
  const topic = topicAt(node)
  const message = messageOf({
    time,
    topic: isLatin ? decodeUtf8(latinBytes(topic)) : topic,
    payload: read.payload,
    qos: qosAt(node),
    retain: flagAt(node, 'retain'),
    dup: flagAt(node, 'dup'),
    direction: direction === 'in' || direction === 'out' ? direction : null,
    connection: textAt(node, 'connection'),
    packetId: countAt(node, 'mid'),
    properties: readMosquittoProperties(memberOf(node, 'properties')),
  })
  const guessed = parsed?.isZoneGuessed === true && nanoseconds === null ? (['zoneGuessed'] as const) : []
  return { message, notes: [...read.notes, ...guessed] }
}

interface ReadPayload {
  readonly payload: Uint8Array
  readonly notes: readonly RecordingNote[]
}

const payloadOf = (line: ReadLine, isJson: boolean): ReadPayload => {
  const { node } = line
  const base64 = textAt(node, 'payload_base64')
  if (base64 !== null) {
    const parsed = parseBase64(base64)
    if (!parsed.ok) throw new Refusal('badPayload', 'payload_base64')
    return { payload: checked(parsed.bytes, countAt(node, 'payloadlen')), notes: [] }
  }
  const value = memberOf(node, 'payload')
  const length = countAt(node, 'payloadlen')
  if (!value) {
    if (length === 0) return { payload: new Uint8Array(0), notes: [] }
    throw new Refusal('noPayload')
  }
  const isNull = value.kind === 'constant' && value.value === null
  if (isNull && (length ?? 0) === 0) return { payload: new Uint8Array(0), notes: [] }
  if (value.kind === 'text' && !isJson) return { payload: checked(textBytes(line, value), length), notes: [] }
  const listed = value.kind === 'list' ? bytesOfList(value, length) : null
  if (listed) return { payload: listed, notes: [] }
  if (value.kind === 'text' && length === textBytes(line, value).length)
    return { payload: textBytes(line, value), notes: [] }
  const written = sourceBytes(line, value)
  return { payload: written, notes: length === null || length === written.length ? [] : ['rewritten'] }
}

/** mosquitto_sub ends a payload at its first NUL: what it did not write cannot be read. */
const checked = (payload: Uint8Array, length: number | null): Uint8Array => {
  if (length !== null && length > payload.length) throw new Refusal('lostBytes', `${payload.length} of ${length}`)
  if (length !== null && length < payload.length) throw new Refusal('otherLength', `${payload.length}, not ${length}`)
  return payload
}

/** A list of bytes is as long as the payload; as JSON it would be more than twice as long. */
const bytesOfList = ({ items }: Extract<JsonNode, { kind: 'list' }>, length: number | null): Uint8Array | null => {
  if (length !== items.length) return null
  const bytes = items.map((item) =>
    item.kind === 'number' && /^\d{1,3}$/.test(item.digits) ? Number(item.digits) : 256,
  )
  return bytes.every((byte) => byte < 256) ? Uint8Array.from(bytes) : null
}

const sourceBytes = ({ source, isLatin }: ReadLine, { position, end }: JsonNode): Uint8Array => {
  const text = source.slice(position, end)
  return isLatin ? latinBytes(text) : encodeUtf8(text)
}

const textBytes = (line: ReadLine, value: Extract<JsonNode, { kind: 'text' }>): Uint8Array => {
  if (!line.isLatin) return encodeUtf8(value.text)
  const written = line.source.slice(value.position + 1, value.end - 1)
  const pieces = written.match(/(?:\\u[\da-fA-F]{4})+|\\.|[^\\]+/g) ?? []
  return joinedBytes(
    pieces.map((piece) => (piece.startsWith('\\') ? encodeUtf8(String(JSON.parse(`"${piece}"`))) : latinBytes(piece))),
  )
}
