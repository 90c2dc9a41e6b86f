import { formatBase64 } from '#shared/mqtt/payloadText'
import { decodeUtf8, encodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { csvField } from '../csvField'
import { dateOf } from '../recordedTime'
import { nothingBeside, type RecordingWriter, type WritingOptions, type WrittenMessage } from '../recordingWriter'

type Column = readonly [name: string, say: (message: WrittenMessage) => string]

/** MQTTX's columns, and behind them what those leave out. */
const columns: readonly Column[] = [
  ['client_id', () => ''],
  ['connection_name', ({ connection }) => connection ?? ''],
  ['topic', ({ topic }) => topic],
  ['payload', ({ payload }) => textOf(payload) ?? ''],
  ['qos', ({ qos }) => String(qos)],
  ['retain', ({ retain }) => String(retain)],
  ['direction', ({ direction }) => (direction === 'in' ? 'received' : direction === 'out' ? 'publish' : '')],
  ['createAt', ({ time }) => (time === null ? '' : localText(time))],
  [
    'payload_format_indicator',
    ({ properties: { payloadFormatIndicator: said } }) => (said === undefined ? '' : String(said === 1)),
  ],
  ['message_expiry_interval', ({ properties }) => textOrEmpty(properties.messageExpirySeconds)],
  ['topic_alias', ({ properties }) => textOrEmpty(properties.topicAlias)],
  ['response_topic', ({ properties }) => properties.responseTopic ?? ''],
  ['correlation_data', ({ properties: { correlationData: data } }) => (data && textOf(data)) ?? ''],
  ['subscription_identifier', ({ properties }) => identifiersText(properties.subscriptionIdentifiers ?? [])],
  ['content_type', ({ properties }) => properties.contentType ?? ''],
  ['user_properties', ({ properties }) => pairsText(properties.userProperties ?? [])],
  ['payload_base64', ({ payload }) => (textOf(payload) === null ? formatBase64(payload) : '')],
  [
    'correlation_data_base64',
    ({ properties: { correlationData: data } }) => (data && textOf(data) === null ? formatBase64(data) : ''),
  ],
  ['dup', ({ dup }) => String(dup)],
  ['packet_id', ({ packetId }) => textOrEmpty(packetId ?? undefined)],
  ['t', ({ time }) => textOrEmpty(time ?? undefined)],
]

const decodedColumn: Column = ['decoded', ({ decoded }) => decoded ?? '']

/**
 * CSV (RFC 4180) as MQTTX exports messages; `createAt` is the time of this computer's zone, `t` nanoseconds since 1970 in UTC. What
 * payloads were decoded to stands in a last column, where that is wanted.
 */
export const createMqttxCsvWriter = ({ decoded }: WritingOptions = nothingBeside): RecordingWriter => {
  const written = decoded ? [...columns, decodedColumn] : columns
  return {
    begin: () => encodeUtf8(`${written.map(([name]) => name).join(',')}\r\n`),
    message: (message) => encodeUtf8(`${written.map(([, say]) => csvField(say(message))).join(',')}\r\n`),
    mark: null,
  }
}

const textOf = (bytes: Uint8Array): string | null => (isUtf8(bytes) ? decodeUtf8(bytes) : null)

const textOrEmpty = (value: number | bigint | undefined): string => (value === undefined ? '' : String(value))

const identifiersText = (identifiers: readonly number[]): string =>
  identifiers.length > 1 ? JSON.stringify(identifiers) : textOrEmpty(identifiers[0])

/** The values of a name that stands more than once are a list; the order of other names is kept. */
const pairsText = (pairs: readonly (readonly [string, string])[]): string => {
  if (pairs.length === 0) return ''
  const names = [...new Set(pairs.map(([name]) => name))]
  const members = names.map((name) => {
    const values = pairs.filter(([one]) => one === name).map(([, value]) => value)
    return `${JSON.stringify(name)}:${JSON.stringify(values.length > 1 ? values : values[0])}`
  })
  return `{${members.join(',')}}`
}

/** Empty where four digits do not say the year: `t` says the time all the same. */
const localText = (time: bigint): string => {
  const date = dateOf(time)
  if (!(date.getFullYear() >= 0 && date.getFullYear() <= 9_999)) return ''
  const two = (value: number, width = 2) => String(value).padStart(width, '0')
  const day = `${two(date.getFullYear(), 4)}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}:${two(date.getMilliseconds(), 3)}`
}
