import { formatBase64 } from '#shared/mqtt/payloadText'
import { decodeUtf8, encodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { mosquittoProperties } from '../mosquittoProperties'
import type { RecordedMessage } from '../recordedMessage'
import { utcText } from '../recordedTime'
import type { RecordingWriter } from '../recordingWriter'

/**
 * A line of JSON a message, with the keys of `mosquitto_sub -F %j` 2.1 (times in UTC) and what those leave out: `t` is the time in
 * nanoseconds, `payload_base64` stands in the place of `payload` where that would lose bytes. An empty payload is null.
 */
export const jsonLineOf = (message: RecordedMessage): string => {
  const { time, topic, payload, qos, retain, dup, direction, connection, packetId } = message
  const properties = mosquittoProperties(message.properties, (bytes) => (isUtf8(bytes) ? decodeUtf8(bytes) : null))
  const members: readonly (readonly [string, string])[] = [
    ...(time === null ? [] : [['tst', JSON.stringify(`${utcText(time, 6)}+0000`)] as const]),
    ['topic', JSON.stringify(topic)],
    ['qos', String(qos)],
    ['retain', String(retain)],
    ['payloadlen', String(payload.length)],
    ...(packetId === null ? [] : [['mid', String(packetId)] as const]),
    ...(properties ? [['properties', JSON.stringify(properties)] as const] : []),
    payloadMember(payload),
    ...(dup ? [['dup', 'true'] as const] : []),
    ...(direction ? [['direction', JSON.stringify(direction)] as const] : []),
    ...(connection === null ? [] : [['connection', JSON.stringify(connection)] as const]),
    ...(time === null ? [] : [['t', time.toString()] as const]),
  ]
  return `{${members.map(([key, value]) => `"${key}":${value}`).join(',')}}`
}

const payloadMember = (payload: Uint8Array): readonly [string, string] => {
  if (payload.length === 0) return ['payload', 'null']
  return isUtf8(payload)
    ? ['payload', JSON.stringify(decodeUtf8(payload))]
    : ['payload_base64', JSON.stringify(formatBase64(payload))]
}

const nothing = new Uint8Array(0)

export const jsonLinesWriter: RecordingWriter = {
  begin: () => nothing,
  message: (message) => encodeUtf8(`${jsonLineOf(message)}\n`),
  mark: null,
}
