import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { textOf } from './fields'
import type { ForeignTable } from './foreignConnection'
import { importTools } from './importTools'
import type { ImportedConnection } from './importedConnection'
import { UnreadableFile } from './limits'
import { readDocument, tablesDocument } from './readDocument'
import { readForeign } from './readForeign'

const read = (content: string | Uint8Array) =>
  readForeign(
    readDocument(typeof content === 'string' ? encodeUtf8(content) : content),
    '/data/certificates',
    '/data/schemas',
  )
const json = (value: unknown) => read(JSON.stringify(value))
const first = ({ connections }: { connections: readonly ImportedConnection[] }) => connections[0]
const why = (connection: ImportedConnection | undefined, field: string) =>
  connection?.dropped.find((one) => one.field === field)?.why

const mqttxConnection = {
  id: '8f1c',
  clientId: '0012',
  name: 'Line 1',
  clean: false,
  protocol: 'mqtts',
  host: 'mqtt.example.com',
  port: 8883,
  keepalive: 0,
  connectTimeout: 5,
  reconnect: true,
  reconnectPeriod: 4000,
  username: 'tester',
  password: 's3cret',
  path: '/mqtt',
  certType: 'self',
  ssl: true,
  mqttVersion: '5.0',
  parentId: 'group-2',
  rejectUnauthorized: false,
  ALPNProtocols: '[mqtt, x-amzn-mqtt-ca]',
  ca: 'C:\\certs\\ca.crt',
  cert: 'C:\\certs\\client.crt',
  key: 'C:\\certs\\client.key',
  sessionExpiryInterval: null,
  receiveMaximum: 100,
  subscriptions: [
    {
      id: 's',
      topic: 'plant/#,a/b',
      qos: 2,
      disabled: true,
      alias: 'Plant',
      color: '#D08CF1',
      nl: true,
      rap: true,
      rh: 1,
    },
  ],
  will: {
    lastWillTopic: 'status',
    lastWillPayload: 'off',
    lastWillQos: 1,
    lastWillRetain: true,
    willDelayInterval: 5,
    properties: { willDelayInterval: 5 },
  },
  messages: [{ topic: 'a', payload: 'b' }],
  properties: { receiveMaximum: 100 },
}

const expectLine1 = (connection: ImportedConnection | undefined) => {
  expect(connection?.profile).toMatchObject({
    name: 'Line 1',
    scheme: 'mqtts',
    host: 'mqtt.example.com',
    port: 8883,
    clientId: '0012',
    protocolVersion: '5',
    keepaliveSeconds: 0,
    connectTimeoutSeconds: 5,
    cleanStart: false,
    // A session that is kept and of which nothing is said never ends.
    sessionExpirySeconds: 4_294_967_295,
    username: 'tester',
    usePassword: true,
    tls: { caFile: 'C:\\certs\\ca.crt', keyFile: 'C:\\certs\\client.key', alpn: 'mqtt,x-amzn-mqtt-ca', verify: false },
    will: { enabled: true, topic: 'status', payload: 'off', qos: 1, retain: true },
    reconnect: { enabled: true, initialSeconds: 4 },
  })
  expect(connection?.profile?.subscriptions).toMatchObject([
    { filter: 'plant/#', qos: 2, alias: 'Plant', colour: 'violet', enabled: false },
    { filter: 'a/b', options: { noLocal: true, retainAsPublished: true, retainHandling: 1 } },
  ])
  expect(connection?.secrets).toEqual({ password: 's3cret' })
  expect(connection?.profile?.importedFrom?.tool).toBe('MQTTX')
  expect(connection?.profile?.connectProperties.receiveMaximum).toBe(100)
  expect(connection?.profile?.will.delaySeconds).toBe(5)
  expect(connection?.profile?.importedFrom?.fields).toEqual({})
  expect(why(connection, 'messages')).toBe('messages')
}

/** As MQTTX writes XML and CSV: everything is text, and null is a marker or nothing. */
const asXml = (value: unknown, name: string): string => {
  if (Array.isArray(value)) return value.map((one) => asXml(one, name)).join('')
  if (typeof value === 'object' && value !== null)
    return `<${name}>${Object.entries(value)
      .map(([key, one]) => asXml(one, key))
      .join('')}</${name}>`
  return value === null ? `<${name}>TYPE_NULL</${name}>` : `<${name}>${textOf(value)}</${name}>`
}
const asCsv = (value: Readonly<Record<string, unknown>>): string => {
  const cell = (one: unknown) =>
    one === null ? '' : `"${(typeof one === 'object' ? JSON.stringify(one) : textOf(one)).replaceAll('"', '""')}"`
  const names = Object.keys(value)
  return `${names.map((name) => `"${name}"`).join(',')}\r\n${Object.values(value).map(cell).join(',')}`
}
const asUtf16 = (text: string) => {
  const bytes = new Uint8Array(2 + text.length * 2)
  bytes.set([0xff, 0xfe])
  for (let at = 0; at < text.length; at++) bytes.set([text.charCodeAt(at) & 255, text.charCodeAt(at) >> 8], 2 + at * 2)
  return bytes
}

describe('MQTTX', () => {
  const list = JSON.stringify([mqttxConnection])
  it.each([
    ['JSON', list],
    ['JSON of one', JSON.stringify(mqttxConnection)],
    ['JSON with a mark', `\uFEFF${list}`],
    ['JSON in UTF-16', asUtf16(list)],
    ['XML', `<?xml version="1.0"?><root>${asXml([mqttxConnection], 'oneConnection')}</root>`],
    ['XML of one', asXml(mqttxConnection, 'root')],
    ['CSV', asCsv(mqttxConnection)],
    [
      'YAML',
      `- ${Object.entries(mqttxConnection)
        .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
        .join('\n  ')}\n`,
    ],
    [
      'db.json',
      JSON.stringify({
        connections: [mqttxConnection],
        suggestConnections: [],
        connectionsCollection: [{ id: 'group-1', name: 'Plant A', isCollection: true, children: [mqttxConnection] }],
      }),
    ],
  ])('reads %s', (_form, content) => {
    const file = read(content)
    expect(file.tool).toBe('MQTTX')
    expect(file.connections).toHaveLength(1)
    expectLine1(first(file))
  })

  it('reads tables with their groups', () => {
    const {
      subscriptions,
      will,
      clientId,
      parentId,
      messages: _messages,
      properties: _properties,
      ...row
    } = mqttxConnection
    const tables: ForeignTable[] = [
      { name: 'ConnectionEntity', rows: [{ ...row, client_id: clientId, parent_id: parentId, willId: 'w', ssl: 1 }] },
      { name: 'WillEntity', rows: [{ ...will, id: 'w', lastWillQos: '1' }] },
      {
        name: 'SubscriptionEntity',
        rows: subscriptions.map((one) => ({ ...one, qos: '2', rh: '1', connection_id: '8f1c' })),
      },
      { name: 'MessageEntity', rows: [{ connection_id: '8f1c' }] },
      {
        name: 'CollectionEntity',
        rows: [
          { id: 'group-1', name: 'Plant A', parentId: null },
          { id: 'group-2', name: 'Line 1 / 產線一', parentId: 'group-1' },
        ],
      },
    ]
    const file = readForeign(tablesDocument('SQLite', tables), '/c', '/s')
    expectLine1(first(file))
    expect(first(file)?.folder).toBe('Plant A / Line 1 / 產線一')
  })

  it('takes one that comes again for the same, and two with one id for two', () => {
    const [one] = json([mqttxConnection]).connections
    const [again, twin] = json([mqttxConnection, mqttxConnection]).connections
    expect(again?.profile).toEqual(one?.profile)
    expect(twin?.profile?.id).not.toBe(one?.profile?.id)
  })

  it('takes a file with messages alone for a recording', () => {
    const file = read(
      'client_id,connection_name,topic,payload,qos,retain,direction,createAt\n"a","b","c","d",0,false,"received","x"',
    )
    expect(file).toMatchObject({ tool: 'MQTTX', connections: [], dropped: [{ field: 'messages', why: 'messages' }] })
  })
})

describe('other tools', () => {
  it('reads MQTT Explorer', () => {
    const file = json({
      ConnectionManager_connections: {
        other: {
          id: 'a',
          name: 'Plant',
          encryption: true,
          certValidation: false,
          host: 'h.example',
          port: '443',
          protocol: 'ws',
          basePath: 'mqtt',
          clientId: 'mqtt-explorer-0a1b2c3d',
          subscriptions: ['#', { topic: 'plant/#', qos: 1 }, { topic: '', qos: 0 }],
          selfSignedCertificate: { name: '../ca.crt', data: 'LS0t' },
          changeSet: { password: 'typed-once' },
          psk: '0123',
        },
      },
      connection_view_state: { a: { charts: [{ topic: 'plant/t' }] } },
    })
    const connection = first(file)
    expect(connection?.profile).toMatchObject({ scheme: 'wss', port: 443, path: '/mqtt', tls: { verify: false } })
    expect(connection?.profile?.tls.caFile).toMatch(/^\/data\/certificates\/import-[\da-f]+\/ca\.crt$/)
    expect(connection?.certificates).toMatchObject([{ bytes: encodeUtf8('---') }])
    expect(connection?.profile?.clientId).toMatch(/^topicscope_/)
    expect(connection?.profile?.subscriptions.map(({ filter }) => filter)).toEqual(['#', 'plant/#'])
    expect(why(connection, 'changeSet')).toBe('rubbish')
    expect(why(connection, 'psk')).toBe('secret')
    expect(why(connection, 'subscriptions.2')).toBe('invalid')
    expect(connection?.charts).toMatchObject([{ series: [{ topic: 'plant/t', path: [] }] }])
    expect(JSON.stringify(connection)).not.toMatch(/typed-once|0123"/)
  })

  it('reads MQTT.fx, and says what it guessed', () => {
    const connection = first(
      read(`<configuration><connectionProfiles><connectionProfile><profileName>p</profileName>
        <brokerAddress>h</brokerAddress><brokerPort>8883</brokerPort><connectionOptions><clientId>x</clientId>
        <password>pw</password><mqttVersion>3</mqttVersion><lwtTopic>w</lwtTopic><cleanSession>false</cleanSession>
        <maxInflight>10</maxInflight><clientKeyPassword>kp</clientKeyPassword></connectionOptions>
        <preDefinedMessages><message><name>m</name><topic><name>t</name></topic><qos>1</qos><payload>x</payload></message></preDefinedMessages>
        <recentSubscriptionTopics><topic><name>t/#</name><color>0xff0000ff</color></topic></recentSubscriptionTopics>
        </connectionProfile></connectionProfiles></configuration>`),
    )
    expect(connection?.profile).toMatchObject({ scheme: 'mqtts', protocolVersion: '3.1', cleanStart: false })
    expect(connection?.profile?.subscriptions).toMatchObject([{ filter: 't/#', colour: 'red' }])
    expect(connection?.messages).toMatchObject([{ name: 'm', message: { topic: 't', qos: 1 } }])
    expect(connection?.secrets).toEqual({ password: 'pw', keyPassphrase: 'kp' })
    expect(connection?.guessed).toEqual(expect.arrayContaining(['scheme', 'cleanStart', 'will']))
    expect(why(connection, 'connectionOptions.maxInflight')).toBe('noSetting')
  })

  it('reads MQTT Viewer, whose passwords are for its machine alone', () => {
    const tables: ForeignTable[] = [
      {
        name: 'connections',
        rows: [
          {
            id: 1,
            name: 'P',
            mqtt_version: '3',
            protocol: 'wss',
            host: 'h',
            port: 1,
            password: 'x',
            skip_cert_verification: 1,
          },
        ],
      },
      { name: 'subscriptions', rows: [{ connection_id: 1, qo_s: 1, topic: 'plant/#' }] },
      { name: 'collections', rows: [{ id: 2, connection_id: 1, name: 'Line' }] },
      {
        name: 'collection_messages',
        rows: [
          {
            collection_id: 2,
            name: 'Start',
            topic: 't',
            qo_s: 1,
            payload: 'AA==',
            encoding: 'base64',
            user_properties: '{"k":"v"}',
          },
        ],
      },
    ]
    const connection = first(readForeign(tablesDocument('SQLite', tables), '/c', '/s'))
    expect(connection?.profile).toMatchObject({
      protocolVersion: '3.1.1',
      scheme: 'wss',
      usePassword: true,
      tls: { verify: false },
    })
    expect(connection?.secrets).toEqual({})
    expect(why(connection, 'password')).toBe('typeAgain')
    expect(connection?.messages).toMatchObject([
      { folders: ['Line'], message: { format: 'base64', qos: 1, userProperties: [['k', 'v']] } },
    ])
  })

  it('reads MQTTAnalyzer', () => {
    const certificates = [
      { name: 'client.crt', type: 'client', data: 'LS0t' },
      { name: 'client.key', type: 'clientKey', data: 'LS0t' },
      { name: 'x.p12', type: 'p12', data: null },
    ]
    const broker = {
      hostname: 'h',
      port: 443,
      protocolMethod: 'mqtt',
      protocolVersion: 'mqtt3',
      ssl: true,
      untrustedSSL: true,
      alpn: 'a',
      category: 'Cloud',
      certificates,
    }
    const connection = first(json({ version: 1, broker }))
    expect(connection).toMatchObject({
      folder: 'Cloud',
      profile: { protocolVersion: '3.1.1', tls: { verify: false, alpn: 'a' } },
    })
    expect(connection?.certificates).toHaveLength(2)
    expect(why(connection, 'certificates.2.name')).toBe('typeAgain')
  })

  it('reads MQTT Plus with the properties of its drafts', () => {
    const connection = first(
      json({
        format: 'mqtt-plus-config',
        version: 3,
        sessions: [
          {
            id: 's',
            name: 'n',
            host: 'h',
            port: 8884,
            transport: 'wss',
            webSocketPath: '/w',
            protocolVersion: 4,
            sslSecure: false,
            subscriptions: [{ topic: '#', paused: true }],
            authenticationData: 'tok',
          },
        ],
        drafts: [
          {
            name: 'd',
            defaultTopic: 't',
            payload: 'x',
            format: 3,
            qos: 1,
            propertiesCborBase64: 'omtjb250ZW50VHlwZXBhcHBsaWNhdGlvbi9qc29udW1lc3NhZ2VFeHBpcnlJbnRlcnZhbBg8',
          },
        ],
      }),
    )
    expect(connection?.profile).toMatchObject({
      scheme: 'wss',
      path: '/w',
      protocolVersion: '3.1.1',
      tls: { verify: false },
    })
    expect(connection?.messages).toMatchObject([
      { message: { format: 'hex', contentType: 'application/json', messageExpiry: '60' } },
    ])
    expect(why(connection, 'authenticationData')).toBe('secret')
  })

  it('reads mqtt-spy with its groups', () => {
    const connection = first(
      read(`<n:MqttSpyConfiguration xmlns:n="x"><ConnectionGroups><ID>default_group</ID><Subgroups><Reference>g</Reference></Subgroups></ConnectionGroups>
        <ConnectionGroups><ID>g</ID><Name>Plant</Name><Connections><Reference>c</Reference></Connections></ConnectionGroups>
        <Connectivity><ConnectionV2><ID>c</ID><Name>n</Name><Protocol>MQTT 3.1</Protocol><ServerURI>h:80/mqtt</ServerURI><ServerURI>h2</ServerURI>
        <WebSocket>true</WebSocket><UserCredentials><Username>u</Username><Password>czNjcmV0</Password></UserCredentials>
        <LastWillAndTestament topic="w" qos="1" retained="true">R29pbmc=</LastWillAndTestament><Publication topic="p"/>
        <Subscription topic="s" qos="2"/></ConnectionV2></Connectivity></n:MqttSpyConfiguration>`),
    )
    expect(connection?.folder).toBe('Plant')
    expect(connection?.profile).toMatchObject({
      scheme: 'ws',
      path: '/mqtt',
      port: 80,
      protocolVersion: '3.1',
      // It is plain text, whatever it looks like.
      will: { payload: 'R29pbmc=', qos: 1, retain: true },
      subscriptions: [{ filter: 's', qos: 2 }],
    })
    expect(connection?.secrets).toEqual({ password: 's3cret' })
    expect(connection?.messages).toMatchObject([{ message: { topic: 'p' } }])
    expect(why(connection, 'ServerURI.1')).toBe('otherAddress')
  })

  it('reads Node-RED', () => {
    const connection = first(
      json([
        {
          id: 'b',
          type: 'mqtt-broker',
          broker: 'wss://h.example:8084/mqtt',
          port: '1',
          tls: 't',
          compatmode: true,
          keepalive: '15',
        },
        { id: 't', type: 'tls-config', verifyservercert: false, caname: 'ca.crt' },
        { id: 'i', type: 'mqtt in', broker: 'b', topic: 'x/#', qos: '2' },
        { id: 'o', type: 'mqtt out', broker: 'b', topic: 'y', name: 'Y', retain: 'true' },
      ]),
    )
    expect(connection?.profile).toMatchObject({
      scheme: 'wss',
      port: 8084,
      path: '/mqtt',
      protocolVersion: '3.1',
      keepaliveSeconds: 15,
      tls: { verify: false },
      subscriptions: [{ filter: 'x/#', qos: 2 }],
    })
    expect(connection?.messages).toMatchObject([{ name: 'Y', message: { retain: true } }])
    expect(why(connection, 'tls.caname')).toBe('typeAgain')
  })

  it('reads option files of mosquitto to the end of the line', () => {
    const connection = first(
      read(
        '# mine\r\n-h h.example\r\n-P s3cret with space\r\n-i  c\r\n-t #\r\n-D connect user-property a b\r\n' +
          '--will-topic w\r\n-D will will-delay-interval 5\r\n-D connect user-property token x\r\n',
      ),
    )
    expect(connection?.secrets).toEqual({ password: 's3cret with space' })
    expect(connection?.profile).toMatchObject({
      clientId: ' c',
      protocolVersion: '5',
      subscriptions: [{ filter: '#' }],
      connectProperties: { userProperties: [['a', 'b']] },
      will: { topic: 'w', delaySeconds: 5 },
    })
    expect(why(connection, 'connectProperties.userProperties.token')).toBe('secret')
  })

  it('reads commands and addresses, one a line', () => {
    expect(
      read("mosquitto_sub -h a -t 'x/#'\nmosquitto_pub -h b -t y -m z").connections.map(({ name }) => name),
    ).toEqual(['a', 'b'])
    const { connections } = read(
      'mqtts://user:p%40ss@h.example:8883\nmqtt://h/plant/#\nwxs://h.example/mqtt\nmqtt://h?clientId=c&clean=false\nunix:///s',
    )
    expect(connections.map(({ profile }) => profile?.scheme)).toEqual(['mqtts', 'mqtt', 'wss', 'mqtt', undefined])
    expect(connections[0]?.secrets).toEqual({ password: 'p@ss' })
    expect(connections[1]?.profile?.subscriptions).toMatchObject([{ filter: 'plant/#' }])
    expect(connections[3]?.profile).toMatchObject({ clientId: 'c', cleanStart: false })
    expect(connections[4]?.profile).toBeNull()
  })

  it.each([
    [
      'MQTT Multimeter',
      { Connections: [{ Name: 'n', Host: 'h/mqtt', Port: 443, ProtocolVersion: 4, Transport: 1, TlsVersion: 3072 }] },
      'wss',
    ],
    [
      'MQTTk',
      { connections: { n: { connection_parameters: { broker_addr: 'h', broker_port: '8883', ssl: 'CA' } } } },
      'mqtts',
    ],
    [
      'MqttInsight',
      {
        connections: [
          { group: false, properties: { name: 'n', host: 'h', transport: 'WEB_SOCKET', version: 'MQTT_5' } },
        ],
      },
      'ws',
    ],
    [
      'CorreoMQTT',
      { encryptedData: null, connectionConfigDTOS: [{ name: 'n', url: 'h', port: 1, ssl: 'KEYSTORE' }] },
      'mqtts',
    ],
    ['VSMqtt', { 'vsmqtt.brokerProfiles': [{ name: 'n', host: 'h', port: 1, protocol: 'mqtts' }] }, 'mqtts'],
    ['MQTTBox', { mcsId: 'm', mqttClientName: 'n', host: 'h:80/ws', protocol: 'ws', connectTimeout: 30_000 }, 'ws'],
    [
      'MQTT5 Explorer',
      [{ name: 'n', host: 'h/mqtt', port: '443', protocol: 'wss', validateCertificate: true, topics: ['#'] }],
      'wss',
    ],
    ['Transmitron', { hostname: 'h', port: 1, maxInFlight: 1, disconnectTimeout: 1, ssl: true }, 'mqtts'],
    ['MQTTForge', { Host: 'h', Port: 1, ClientId: '', UseTls: true }, 'mqtts'],
    [
      'LazyMQTT',
      { connections: [{ name: 'n', host: 'h', port: 1, client_id: '', tls: true, tls_verify: false }] },
      'mqtts',
    ],
    ['MQTTLooter', [{ id: 'i', config: { name: 'n', protocol: 'wss', hostname: 'h', port: 1, wsPath: '/x' } }], 'wss'],
    [
      'MQTTX CLI',
      { sub: { hostname: 'h', mqttVersion: 4, protocol: 'mqtts', topic: ['a', 'b'], qos: [1, 0] } },
      'mqtts',
    ],
    ['zigbee2mqtt', { mqtt: { server: 'mqtts://h:8883', base_topic: 'z' } }, 'mqtts'],
  ])('reads %s', (tool, content, scheme) => {
    const file = json(content)
    expect(file.tool).toBe(tool)
    expect(first(file)?.profile).toMatchObject({ scheme, host: 'h' })
  })
})

describe('configurations of a line a value', () => {
  it.each([
    ['MQTTX CLI', '[default]\noutput = text\n\n[mqtt]\nhost = h\nport = 8883\nprotocol = mqtts\npassword = s3cret'],
    [
      'mqtt-cli',
      'mqtt.host=h\nmqtt.port=8883\nmqtt.version=5\nauth.client.cert=C\\:\\\\c.crt\nauth.client.key=k\nauth.password=s3cret',
    ],
    [
      'mosquitto',
      'listener 1883\nconnection plant\naddress h:8883\ntopic plant/# both 1\nbridge_cafile /ca\nremote_password s3cret',
    ],
  ])('reads %s', (tool, content) => {
    const file = read(content)
    expect(file.tool).toBe(tool)
    expect(first(file)?.profile).toMatchObject({ scheme: 'mqtts', host: 'h', port: 8883 })
    expect(first(file)?.secrets).toEqual({ password: 's3cret' })
  })

  it('reads the escapes of Java, and the topics of a bridge', () => {
    const cli = first(read('mqtt.host=h\nauth.client.cert=C\\:\\\\c.crt\nauth.client.key=k\nauth.password.env=NAME'))
    expect(cli?.profile).toMatchObject({ tls: { certificateFile: 'C:\\c.crt' }, usePassword: true })
    const bridge = first(read('connection p\naddress h\ntopic a/# in 1\ntopic b out 0 "" r/\n'))
    expect(bridge?.profile?.subscriptions).toMatchObject([
      { filter: 'a/#', qos: 1 },
      { filter: 'r/b', qos: 0 },
    ])
  })
})

describe('files from outside', () => {
  const bomb = `a: &a [${'x,'.repeat(9)}x]\n${'bcdefghij'
    .split('')
    .map((name, index) => `${name}: &${name} [${`*${'abcdefghij'[index] ?? 'a'},`.repeat(9)}x]`)
    .join('\n')}\n`
  it.each([
    ['aliases that grow', bomb],
    ['deep XML', `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`],
    ['deep JSON', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['deep JSON that does not end', '{"a":'.repeat(50_000)],
    ['deep YAML', `a: ${'['.repeat(20_000)}`],
    ['entities of its own', '<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'],
    ['nothing', ''],
    ['zeros', '\0\0\0\0\0\0'],
    ['prose', 'Dear all, this is no settings file.'],
    ['JSON of no tool', '{"a":1}'],
  ])('says why it does not read %s', (_what, content) => {
    expect(() => read(content)).toThrow(UnreadableFile)
  })

  it('takes names that are more than a name for nothing', () => {
    const text = JSON.stringify(mqttxConnection).replace(
      '{',
      '{"__proto__":{"polluted":1},"constructor":{"polluted":1},',
    )
    const connection = first(read(text))
    expectLine1(connection)
    expect(JSON.stringify(connection?.profile?.importedFrom)).not.toContain('polluted')
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('keeps no secret in what it keeps', () => {
    const value = {
      ...mqttxConnection,
      apiKey: 'sec-1',
      nested: { token: 'sec-2', harmless: 'kept' },
      userProperties: '{"password":"sec-3","k":"v"}',
    }
    const connection = first(json([value]))
    expect(JSON.stringify(connection?.profile)).not.toMatch(/sec-\d|s3cret/)
    expect(connection?.profile?.importedFrom?.fields).toMatchObject({
      nested: { harmless: 'kept' },
    })
    expect(connection?.profile?.connectProperties.userProperties).toEqual([['k', 'v']])
  })

  it('drops values that a profile cannot have, and takes the rest', () => {
    const value = {
      ...mqttxConnection,
      port: 700_000,
      keepalive: -1,
      clientId: 'a\0b',
      cert: '',
      subscriptions: [{ topic: 'a#b' }],
    }
    const connection = first(json([value]))
    expect(connection?.profile).toMatchObject({
      port: 8883,
      keepaliveSeconds: 60,
      username: 'tester',
      subscriptions: [],
    })
    expect(connection?.dropped.filter((one) => one.why === 'invalid').map(({ field }) => field)).toEqual(
      expect.arrayContaining(['port', 'keepaliveSeconds', 'clientId', 'subscriptions.0']),
    )
  })

  const seeds: readonly unknown[] = [
    [mqttxConnection],
    { ConnectionManager_connections: { a: { id: 'a', host: 'h', subscriptions: ['#'] } } },
    { version: 1, broker: { hostname: 'h' } },
    { format: 'mqtt-plus-config', sessions: [{ id: 's', host: 'h' }] },
    [{ id: 'b', type: 'mqtt-broker', broker: 'h' }],
    { 'vsmqtt.brokerProfiles': [{ name: 'n', host: 'h' }] },
  ]
  const changed = (value: unknown, { at, to }: { at: number; to: unknown }): unknown => {
    let count = 0
    return JSON.parse(JSON.stringify(value, (_key, one: unknown) => (count++ === at ? (to ?? null) : one)))
  }

  it('never throws anything else, whatever stands in a field', () => {
    const values = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(-1, 1e300, '', [], {}, [[]], '{"a":', '\ud800'),
    )
    fc.assert(
      fc.property(fc.constantFrom(...seeds), fc.nat(60), values, (seed, at, to) => {
        const text = JSON.stringify(changed(seed, { at, to }))
        expect(orUnreadable(() => read(text))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('never throws anything else, whatever the bytes are', () => {
    const texts = fc.oneof(
      fc.string().map((text) => encodeUtf8(text)),
      fc.uint8Array({ maxLength: 200 }),
      fc
        .constantFrom('{', '[', '<', 'a: ', '-h ')
        .chain((start) => fc.string().map((text) => encodeUtf8(start + text))),
    )
    fc.assert(
      fc.property(texts, (bytes) => {
        expect(orUnreadable(() => read(bytes))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('offers a document of any form to any tool', () => {
    const documents = [readDocument(encodeUtf8('<a/>')), readDocument(encodeUtf8('x')), tablesDocument('XLSX', [])]
    for (const tool of importTools) for (const document of documents) expect(tool.read(document)).toBeNull()
  })
})

const orUnreadable = (run: () => unknown): boolean => {
  try {
    run()
    return true
  } catch (error) {
    return error instanceof UnreadableFile
  }
}
