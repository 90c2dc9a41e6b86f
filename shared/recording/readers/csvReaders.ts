import Papa from 'papaparse'
import { parseBase64 } from '#shared/mqtt/payloadText'
import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import { readJsonTree, type JsonNode } from '#shared/json/jsonTree'
import { itemOf, messageOf, Refusal, type RecordedMessage, type RecordingNote } from '../recordedMessage'
import { readTimeText, readUnixTime } from '../recordedTime'
import { latinBytes, latinText } from '../recordingLines'
import type { RecordingReader } from '../recordingReader'
import { mqttxProperties } from './jsonDocuments'
import { withoutFormulaMark } from '../csvField'
import { csvRowsOf, type CsvRow } from './csvRows'

/**
 * mqtt-recorder: topic, payload, QoS, retain, seconds since 1970, seconds since the message before; no heads. Nothing in it says
 * whether its payloads are Base64, so that is a name of its own.
 */
const mqttRecorder = (
  name: string,
  isFor: RecordingReader['isFor'],
  readPayload: (text: string) => Uint8Array,
): RecordingReader => ({
  name,
  isFor,
  *read(pieces) {
    let number = 0
    for (const read of csvRowsOf(pieces, latinText)) {
      number += 1
      const row = fieldsOf(read)
      if (row?.length === 1 && row[0]?.trim() === '') continue
      yield itemOf({ unit: 'message', number }, () => {
        if (!row) throw new Refusal('tooLong')
        const [topic = '', payload = '', qos = '', retain = '', seconds = ''] = row
        if (row.length < 5) throw new Refusal('notCsv')
        const time = readUnixTime(seconds, 's')
        if (time === null) throw new Refusal('badTime', seconds)
        if (!/^[012]$/.test(qos)) throw new Refusal('badQos', qos)
        if (!/^(?:true|false|0|1)$/i.test(retain)) throw new Refusal('notCsv', retain)
        const message = messageOf({
          time,
          topic: decodeUtf8(latinBytes(topic)),
          payload: readPayload(payload),
          qos: Number(qos),
          retain: /^(?:true|1)$/i.test(retain),
        })
        return { message }
      })
    }
  },
})

export const mqttRecorderReader = mqttRecorder(
  'mqtt-recorder',
  ({ text }) => {
    const [row = []] = rowsOf(text.slice(0, 65_000))
    const [topic = '', , qos = '', retain = '', seconds = ''] = row
    return (
      row.length === 6 &&
      topic !== '' &&
      /^[012]$/.test(qos) &&
      /^(?:True|False)$/.test(retain) &&
      readUnixTime(seconds, 's') !== null
    )
  },
  latinBytes,
)

export const mqttRecorderBase64Reader = mqttRecorder('mqtt-recorder-base64', null, (text) => {
  const parsed = parseBase64(text)
  if (!parsed.ok) throw new Refusal('badPayload', 'Base64')
  return parsed.bytes
})

const requiredHeads = ['topic', 'payload', 'qos', 'retain'] as const

/** MQTTX's file of messages alone, and what is written here with its columns. Times are local; texts are all that it has of bytes. */
export const mqttxCsvReader: RecordingReader = {
  name: 'mqttx-csv',
  isFor: ({ firstLine }) => {
    const [columns = []] = rowsOf(firstLine)
    return requiredHeads.every((head) => columns.includes(head)) && columns.includes('createAt')
  },
  *read(pieces) {
    let columns: readonly string[] | null = null
    let number = 0
    for (const read of csvRowsOf(pieces, decodeUtf8)) {
      const row = fieldsOf(read)
      if (row?.length === 1 && row[0]?.trim() === '') continue
      if (!columns) {
        columns = row?.map((column, index) => (index === 0 ? column.replace(/^\ufeff/, '') : column)) ?? []
        continue
      }
      const heads = columns
      number += 1
      yield itemOf({ unit: 'message', number }, () => {
        if (!row) throw new Refusal('tooLong')
        if (row.length !== heads.length) throw new Refusal('notCsv', `${row.length} of ${heads.length}`)
        return mqttxRow(new Map(heads.map((column, index) => [column, plainField(row[index] ?? '')])))
      })
    }
  },
}

const mqttxRow = (row: ReadonlyMap<string, string>): { message: RecordedMessage; notes: readonly RecordingNote[] } => {
  const at = (column: string) => row.get(column) ?? ''
  const nanoseconds = /^-?\d{1,24}$/.test(at('t')) ? BigInt(at('t')) : null
  const stamp = at('createAt')
  const read = stamp === '' ? null : readTimeText(stamp)
  if (stamp !== '' && !read) throw new Refusal('badTime', stamp)
  const time = nanoseconds ?? read?.time ?? null
  const base64 = at('payload_base64') === '' ? null : parseBase64(at('payload_base64'))
  if (base64?.ok === false) throw new Refusal('badPayload', 'payload_base64')
  if (!/^[012]$/.test(at('qos'))) throw new Refusal('badQos', at('qos'))
  const direction = at('direction')
  const message = messageOf({
    time,
    topic: at('topic'),
    payload: base64?.bytes ?? encodeUtf8(at('payload')),
    qos: Number(at('qos')),
    retain: /^(?:true|1)$/i.test(at('retain')),
    dup: /^(?:true|1)$/i.test(at('dup')),
    direction: direction === 'received' ? 'in' : direction === 'publish' ? 'out' : null,
    connection: at('connection_name') || at('client_id') || null,
    packetId: /^\d{1,5}$/.test(at('packet_id')) ? Number(at('packet_id')) : null,
    properties: propertiesOf(at),
  })
  const lossy = base64 === null && at('payload').includes('\ufffd') ? (['lossy'] as const) : []
  return { message, notes: [...lossy, ...timeNotes(time, nanoseconds !== null || read?.isZoneGuessed !== true)] }
}

const timeNotes = (time: bigint | null, isSure: boolean): readonly RecordingNote[] =>
  time === null ? ['noTime'] : isSure ? [] : ['zoneGuessed']

const propertiesOf = (at: (column: string) => string) => {
  const text = (value: string): JsonNode => ({ kind: 'text', text: value, position: 0, end: 0 })
  const pairs = at('user_properties')
  const written = pairs === '' ? null : readJsonTree(pairs)
  if (written?.ok === false) throw new Refusal('badProperties', 'user_properties')
  const identifiers = readJsonTree(at('subscription_identifier') || 'null')
  const members: readonly (readonly [string, JsonNode])[] = [
    ['payloadFormatIndicator', text(at('payload_format_indicator'))],
    ['messageExpiryInterval', text(at('message_expiry_interval'))],
    ['topicAlias', text(at('topic_alias'))],
    ['responseTopic', text(at('response_topic'))],
    ['correlationData', text(at('correlation_data'))],
    ['contentType', text(at('content_type'))],
    ['subscriptionIdentifier', identifiers.ok ? identifiers.root : text('')],
    ['userProperties', written?.root ?? text('')],
  ]
  const map: JsonNode = {
    kind: 'map',
    members: members.map(([key, value]) => ({ key, keyPosition: 0, keyEnd: 0, value })),
    position: 0,
    end: 0,
  }
  const set = mqttxProperties(map)
  const data = at('correlation_data_base64')
  const parsed = data === '' ? null : parseBase64(data)
  if (parsed?.ok === false) throw new Refusal('badProperties', 'correlation_data_base64')
  return parsed ? { ...set, correlationData: parsed.bytes } : set
}

/** MQTTX up to 1.13 writes a number as `="127.0"`, so that a spreadsheet keeps its zeros. */
const plainField = (field: string): string => /^="([^"]*)"$/.exec(field)?.[1] ?? withoutFormulaMark(field)

const fieldsOf = (row: CsvRow): readonly string[] | null => ('fields' in row ? row.fields : null)

const rowsOf = (text: string): string[][] => Papa.parse<string[]>(text, { delimiter: ',' }).data
