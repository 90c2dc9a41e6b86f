import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { decodeUtf8 } from '../../shared/mqtt/utf8'
import { joinedBytes } from '../../shared/encoding/joinedBytes'
import { recordingWriters } from '../../shared/recording/recordingFormats'
import type { RecordedMessage } from '../../shared/recording/recordedMessage'
import { runOrThrow } from '../support/runCommand'

const folder = mkdtempSync(join(tmpdir(), 'topicscope-tshark-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const message = (given: Partial<RecordedMessage> & Pick<RecordedMessage, 'topic'>): RecordedMessage => ({
  time: 1_795_824_293_060_203_001n,
  payload: Buffer.from('x'),
  qos: 0,
  retain: false,
  dup: false,
  direction: 'in',
  connection: 'one',
  packetId: null,
  properties: {},
  ...given,
})

const messages: readonly RecordedMessage[] = [
  message({ topic: 'plain' }),
  message({ topic: 'empty', payload: Buffer.alloc(0), retain: true }),
  message({ topic: 'empty/later', payload: Buffer.alloc(0), qos: 2, packetId: 65_535, direction: 'out' }),
  message({ topic: '住家/客廳/溫度', payload: Buffer.from('23,5 °C'), qos: 1, packetId: 1, connection: 'two' }),
  message({ topic: 'again', qos: 1, dup: true, packetId: 258, payload: Buffer.from([0, 255, 254]) }),
  // Longer than a segment, an IP packet, and the longest that three bytes of length say.
  message({ topic: 'large', payload: Buffer.alloc(65_536, 'y'), qos: 2, packetId: 7 }),
  message({ topic: 'larger', payload: Buffer.alloc(2_097_152, 'z'), direction: 'out' }),
  message({
    topic: 'properties',
    connection: 'two',
    properties: {
      payloadFormatIndicator: 1,
      messageExpirySeconds: 4_294_967_295,
      contentType: 'text/plain; charset=utf-8',
      responseTopic: 'answers/é',
      correlationData: Buffer.from('req-1'),
      subscriptionIdentifiers: [1, 268_435_455],
      userProperties: [
        ['k', 'v1'],
        ['k', 'v2'],
        ['k', ''],
      ],
    },
  }),
  message({ topic: 'aliased', properties: { topicAlias: 65_535 }, connection: 'two' }),
]

const fields = [
  'mqtt.topic',
  'mqtt.msg',
  'mqtt.qos',
  'mqtt.retain',
  'mqtt.dupflag',
  'mqtt.msgid',
  'mqtt.property.content_type',
  'mqtt.prop_key',
  'mqtt.prop_value',
  'mqtt.prop_number',
  'mqtt.prop_string',
  'mqtt.property.topic_alias',
] as const
type Seen = Partial<Record<(typeof fields)[number] | 'frame.time_epoch', readonly string[]>>

const tshark = async (path: string, ...args: readonly string[]) =>
  (await runOrThrow('tshark', ['-r', path, '-n', ...args])).toString()

it('tshark sees in a capture what the messages are, and finds nothing wrong with it', async () => {
  const path = join(folder, 'all.pcapng')
  const writer = recordingWriters.pcapng()
  writeFileSync(
    path,
    joinedBytes([writer.begin(), ...messages.map(writer.message), writer.end?.() ?? new Uint8Array(0)]),
  )
  const read = await tshark(
    path,
    '-Y',
    'mqtt.msgtype == 3',
    '-T',
    'json',
    ...['frame.time_epoch', ...fields].flatMap((field) => ['-e', field]),
  )
  const seen = (JSON.parse(read) as { _source: { layers: Seen } }[]).map(({ _source }) => _source.layers)
  expect(seen.map((layers) => ({ ...layers, 'mqtt.msg': undefined }))).toEqual(
    messages.map((one) => ({ ...expected(one), 'mqtt.msg': undefined })),
  )
  expect(
    seen.map((layers) => (layers['mqtt.msg'] ?? []).join('').replaceAll(':', '').replace('<MISSING>', '')),
  ).toEqual(messages.map(({ payload }) => Buffer.from(payload).toString('hex')))
  expect(await tshark(path, '-Y', '_ws.malformed or _ws.expert.severity >= 6291456 or tcp.analysis.flags')).toBe('')
})

/** What has no value is not there. */
const expected = ({ topic, qos, retain, dup, packetId, properties, time }: RecordedMessage): Seen => {
  const {
    contentType,
    userProperties = [],
    responseTopic,
    topicAlias,
    correlationData = new Uint8Array(0),
  } = properties
  const numbers = [
    properties.payloadFormatIndicator,
    properties.messageExpirySeconds,
    ...(properties.subscriptionIdentifiers ?? []),
  ].flatMap((number) => (number === undefined ? [] : [String(number)]))
  const epoch = String(time).padStart(10, '0')
  return {
    'frame.time_epoch': [`${epoch.slice(0, -9)}.${epoch.slice(-9)}`],
    'mqtt.topic': [topic],
    'mqtt.qos': [String(qos)],
    'mqtt.retain': [retain ? '1' : '0'],
    'mqtt.dupflag': [dup ? '1' : '0'],
    ...(packetId !== null && { 'mqtt.msgid': [String(packetId)] }),
    ...(contentType !== undefined && { 'mqtt.property.content_type': [contentType] }),
    ...(userProperties.length > 0 && {
      'mqtt.prop_key': userProperties.map(([key]) => key),
      'mqtt.prop_value': userProperties.map(([, value]) => value),
    }),
    ...(numbers.length > 0 && { 'mqtt.prop_number': numbers }),
    ...(responseTopic !== undefined && { 'mqtt.prop_string': [responseTopic, decodeUtf8(correlationData)] }),
    ...(topicAlias !== undefined && { 'mqtt.property.topic_alias': [String(topicAlias)] }),
  }
}
