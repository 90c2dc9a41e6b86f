import { formatBase64 } from '#shared/mqtt/payloadText'
import { decodeUtf8, encodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { mosquittoProperties } from '../mosquittoProperties'
import { utcText } from '../recordedTime'
import type { RecordingWriter, WrittenMessage } from '../recordingWriter'

type Member = readonly [key: string, json: string]

/**
 * A line of JSON a message, with the keys of `mosquitto_sub -F %j` 2.1 (times in UTC) and what those leave out: `t` is the time in
 * nanoseconds, `payload_base64` stands in the place of `payload` where that would lose bytes, `decoded` beside it. An empty payload
 * is null.
 */
export const jsonLineOf = (message: WrittenMessage): string => jsonLineWith(message, payloadMember(message.payload))

/** The same with something else in the place of the payload. */
export const jsonLineWith = (message: WrittenMessage, payload: Member): string => {
  const { time, topic, qos, retain, dup, direction, connection, packetId, decoded, copy } = message
  const properties = mosquittoProperties(message.properties, (bytes) => (isUtf8(bytes) ? decodeUtf8(bytes) : null))
  const stamp = time === null ? null : utcText(time, 6)
  const members: readonly Member[] = [
    ...(stamp === null ? [] : [['tst', JSON.stringify(`${stamp}+0000`)] as const]),
    ['topic', JSON.stringify(topic)],
    ['qos', String(qos)],
    ['retain', String(retain)],
    ['payloadlen', String(message.payloadBytes ?? message.payload.length)],
    ...(packetId === null ? [] : [['mid', String(packetId)] as const]),
    ...(properties ? [['properties', JSON.stringify(properties)] as const] : []),
    payload,
    ...(decoded ? [['decoded', decoded] as const] : []),
    ...(dup ? [['dup', 'true'] as const] : []),
    ...(copy ? [['copy', 'true'] as const] : []),
    ...(direction ? [['direction', JSON.stringify(direction)] as const] : []),
    ...(connection === null ? [] : [['connection', JSON.stringify(connection)] as const]),
    ...(time === null ? [] : [['t', time.toString()] as const]),
  ]
  return `{${members.map(([key, value]) => `"${key}":${value}`).join(',')}}`
}

/** A character may take six in JSON (\u0000), and a text of V8 has at most 2^29: of more bytes only Base64 surely fits into one. */
const longestText = 2 ** 26

const payloadMember = (payload: Uint8Array): Member => {
  if (payload.length === 0) return ['payload', 'null']
  return payload.length <= longestText && isUtf8(payload)
    ? ['payload', JSON.stringify(decodeUtf8(payload))]
    : ['payload_base64', JSON.stringify(formatBase64(payload))]
}

const nothing = new Uint8Array(0)

export const jsonLinesWriter: RecordingWriter = {
  begin: () => nothing,
  message: (message) => encodeUtf8(`${jsonLineOf(message)}\n`),
  mark: null,
}
