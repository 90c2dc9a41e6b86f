import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { readDocument, tablesDocument } from '../readDocument'
import { readForeign } from '../readForeign'

const read = (text: string) => readForeign(readDocument(encodeUtf8(text)), '/c', '/s')
const json = (value: unknown) => read(JSON.stringify(value))

describe('Telegraf', () => {
  it.each(['\n', '\r\n'])('is read with its comments, lists over lines and both kinds of quotes (%j)', (end) => {
    const lines = [
      '# [[inputs.mqtt_consumer]]',
      '[[inputs.mqtt_consumer]] # plant',
      '  servers = ["ssl://h.example:8883", "tcp://192.0.2.1:1883"]',
      '  topics = [',
      '    "plant/#", # all',
      "    'a b/+',",
      '  ]',
      '  qos = 1',
      '  client_id = "te\\"le"',
      '  username = "u"',
      '  password = "s3cret-word"',
      '  insecure_skip_verify = true',
      '  persistent_session = true',
      '  protocol = "5"',
      '  data_format = "json"',
      '  max_undelivered_messages = 1000',
      '  [[inputs.mqtt_consumer.topic_parsing]]',
      '    topic = "x"',
      '[[outputs.mqtt]]',
      '  servers = ["192.0.2.2:1883"]',
      '[[inputs.cpu]]',
      '  servers = ["none"]',
    ]
    const { tool, connections } = read(lines.join(end))
    expect(tool).toBe('Telegraf')
    expect(connections.map(({ profile }) => profile?.host)).toEqual(['h.example', '192.0.2.2'])
    expect(connections[0]).toMatchObject({
      profile: {
        scheme: 'mqtts',
        port: 8883,
        protocolVersion: '5',
        clientId: 'te"le',
        cleanStart: false,
        tls: { verify: false },
        subscriptions: [
          { filter: 'plant/#', qos: 1 },
          { filter: 'a b/+', qos: 1 },
        ],
        importedFrom: { fields: { max_undelivered_messages: '1000', servers: ['tcp://192.0.2.1:1883'] } },
      },
      secrets: { password: 's3cret-word' },
      dropped: [
        { field: 'servers tcp://192.0.2.1:1883', why: 'otherAddress' },
        { field: 'max_undelivered_messages', why: 'noSetting' },
      ],
    })
    expect(JSON.stringify(connections[0]?.profile)).not.toContain('s3cret-word')
  })
})

describe('IoT MQTT Panel', () => {
  const panel = (given: object) => ({ panelName: 'P', topic: 't', qos: 1, ...given })
  const file = (...panels: readonly object[]) => ({
    dataVersion: 54,
    connections: [
      {
        host: 'h',
        port: 8883,
        connectionType: 'ssl',
        connectionName: 'Garden',
        connectionId: 'c0',
        keepAlive: 1200,
        username: 'u',
        password: 's3cret-word',
        caPath: '/storage/ca.crt',
        dashboards: [{ dashboardName: 'Flora', dashboardPrefixTopic: 'flora/', panels }],
      },
    ],
  })

  it('has its panels as subscriptions, messages and charts, below the topic of their dashboard', () => {
    const [garden] = json(
      file(
        panel({
          type: 'switch',
          mqttType: 'pubsub',
          payloadOn: '1',
          payloadOff: '0',
          seperateSubscribeTopic: 'stat',
          retain: true,
        }),
        panel({ type: 'button', topic: 'cmd', payload: 'go' }),
        panel({
          type: 'line-graph',
          mqttType: 'sub',
          topic: 'm/s',
          disableDashboardPrefix: true,
          jsonPath: '$.moisture',
        }),
        panel({ type: 'layout-decorator', mqttType: 'none', topic: '' }),
      ),
    ).connections
    expect(garden).toMatchObject({
      name: 'Garden',
      profile: {
        scheme: 'mqtts',
        keepaliveSeconds: 1200,
        tls: { caFile: '/storage/ca.crt' },
        subscriptions: [{ filter: 'flora/stat', qos: 1 }, { filter: 'm/s' }],
      },
      messages: [
        { name: 'P (on)', folders: ['Flora'], message: { topic: 'flora/t', payload: '1', retain: true } },
        { name: 'P (off)', message: { payload: '0' } },
        { name: 'P', message: { topic: 'flora/cmd', payload: 'go' } },
      ],
      charts: [{ series: [{ topic: 'm/s', path: ['moisture'] }] }],
      dropped: [],
    })
  })

  it('needs no dashboards', () => {
    const { dashboards: _dashboards, ...bare } = file().connections[0] ?? { dashboards: [] }
    expect(json({ dataVersion: 1, connections: [bare] }).connections).toMatchObject([{ profile: { host: 'h' } }])
  })
})

describe('schemas and charts', () => {
  const connection = { id: 'x', client_id: 'c', name: 'L', clean: 0, host: 'h', mqttVersion: '5.0' }
  const tables = (scripts: readonly object[]) =>
    readForeign(
      tablesDocument('SQLite', [
        { name: 'ConnectionEntity', rows: [connection] },
        { name: 'ScriptEntity', rows: scripts as readonly Record<string, unknown>[] },
      ]),
      '/c',
      '/s',
    )

  it('of MQTTX become rules with files of their own, and functions are left out', () => {
    const { schemas, dropped } = tables([
      { name: '../../reading.proto', script: 'syntax = "proto3";', type: 'protobuf' },
      { name: '温度', script: '{"type":"int"}', type: 'avro' },
      { name: 'f.js', script: 'x', type: 'javascript' },
    ])
    expect(schemas).toMatchObject([
      {
        isFilterGuessed: true,
        text: 'syntax = "proto3";',
        rule: { filter: 'reading/#', schema: { kind: 'protobuf' } },
      },
      { rule: { filter: '温度/#', schema: { kind: 'avro' } } },
    ])
    expect(schemas.map(({ rule }) => rule.schema?.path.replace(/import-[\da-f]+/, '…'))).toEqual([
      '/s/…/reading.proto',
      '/s/…/温度.avsc',
    ])
    expect(dropped).toEqual([{ field: 'ScriptEntity', why: 'noSetting' }])
  })

  it('of LazyMQTT have their topics', () => {
    const { schemas } = json({ mappings: [{ topic: 'sensors/#', schema: { type: 'object' } }] })
    expect(schemas).toMatchObject([
      {
        isFilterGuessed: false,
        rule: { filter: 'sensors/#', schema: { kind: 'jsonSchema' } },
        text: '{\n  "type": "object"\n}',
      },
    ])
  })

  it('of MQTT Explorer are drawn, with the way to their value', () => {
    const { connections } = json({
      ConnectionManager_connections: { a: { id: 'a', name: 'A', host: 'h', port: 1883 } },
      connection_view_state: {
        a: { charts: [{ topic: 't', dotPath: 'a.0.b', width: 'big' }, { topic: 'u' }, { topic: '' }] },
      },
    })
    expect(connections[0]?.charts).toMatchObject([
      { series: [{ topic: 't', path: ['a', 0, 'b'] }] },
      { series: [{ topic: 'u', path: [] }] },
    ])
  })
})
