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

describe('neighbours of the files that are known', () => {
  it('rules that have no setting here are named one by one', () => {
    const colours = json([{ Filter: 'home/#', Colour: '#1971c2' }])
    expect(colours).toMatchObject({ tool: 'MQTTForge', connections: [] })
    expect(colours.dropped).toEqual([{ field: 'home/# #1971c2', why: 'noSetting' }])
    const alerts = json({
      rules: [
        { topic: 'a', field: 'v', severity: 'warn', when: 'above', value: 30 },
        { topic: 'b', severity: 'error', when: 'silent', seconds: 60 },
      ],
    })
    expect(alerts.tool).toBe('LazyMQTT')
    expect(alerts.dropped.map(({ field }) => field)).toEqual(['a v above 30', 'b silent 60'])
  })

  it.each([
    ['MQTTk', { connections: { a: { connection_parameters: { broker_addr: 'h' } }, b: {} } }, 2],
    ['MQTTAnalyzer', { version: '1', broker: { hostname: 'h', port: '1883' } }, 1],
    [
      'LazyMQTT',
      {
        connections: [
          { name: 'n', host: 'h', client_id: '', tls_verify: true },
          { name: 'o', host: 'i' },
        ],
      },
      2,
    ],
    ['MQTTForge', { Host: 'h', ClientId: 'c', UseTls: true }, 1],
    ['CorreoMQTT', { connectionConfigDTOS: [{ name: 'n', url: 'h', port: '1883' }] }, 1],
    [
      'CorreoMQTT',
      {
        connections: [
          { name: 'n', url: 'h', sslHostVerification: true },
          { name: 'o', url: 'i' },
        ],
      },
      2,
    ],
    [
      'MqttInsight',
      {
        connections: [
          { name: 'G', group: 'true', children: [{ name: 'n', properties: { host: 'h', transport: 'MQTT' } }] },
        ],
      },
      1,
    ],
  ])('%s is told all the same where a part is missing, damaged or a text: %j', (tool, content, count) => {
    const file = json(content)
    expect(file.tool).toBe(tool)
    expect(file.connections).toHaveLength(count)
    expect(file.connections[0]?.profile?.host).toBe('h')
  })
})
