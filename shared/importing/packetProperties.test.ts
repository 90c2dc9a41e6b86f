import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { readDocument } from './readDocument'
import { readForeign } from './readForeign'

const read = (text: string) => readForeign(readDocument(encodeUtf8(text)), '/c', '/s').connections
const json = (value: unknown) => read(JSON.stringify(value))[0]
const kept = (connection: ReturnType<typeof json>) => Object.keys(connection?.profile?.importedFrom?.fields ?? {})

const mqttx = (given: object) =>
  json([{ id: 'a', name: 'a', host: 'h', protocol: 'mqtt', clientId: 'c', mqttVersion: '5.0', clean: true, ...given }])

const connectProperties = {
  receiveMaximum: 100,
  maximumPacketSize: 65_535,
  topicAliasMaximum: 10,
  requestResponseInformation: false,
  requestProblemInformation: false,
  userProperties: [
    ['region', 'eu'],
    ['tag', 'a'],
    ['tag', 'b'],
  ],
}

const willProperties = {
  delaySeconds: 5,
  expirySeconds: 3_600,
  payloadIndicator: '1',
  contentType: 'application/json',
  responseTopic: 'answers',
  correlationData: 'c1',
  userProperties: [['site', 'a']],
}

const mqttxWill = {
  willDelayInterval: 5,
  messageExpiryInterval: 3_600,
  payloadFormatIndicator: true,
  contentType: 'application/json',
  responseTopic: 'answers',
  correlationData: 'c1',
  userProperties: { site: 'a' },
}
const mqttxConnect = { ...connectProperties, userProperties: { region: 'eu', tag: ['a', 'b'] } }
const topic = { lastWillTopic: 'status', lastWillPayload: '{}' }

describe('properties of CONNECT and of a will', () => {
  it.each([
    ['as 1.13 writes them', { properties: mqttxConnect, will: { ...topic, properties: mqttxWill } }],
    [
      'at the top, user properties as a JSON text',
      {
        ...mqttxConnect,
        userProperties: JSON.stringify(mqttxConnect.userProperties),
        will: { ...topic, ...mqttxWill, userProperties: '{"site":"a"}' },
      },
    ],
    [
      'at both places, the upper ones empty',
      {
        ...Object.fromEntries(Object.keys(mqttxConnect).map((name) => [name, null])),
        properties: mqttxConnect,
        will: { ...topic, willDelayInterval: null, properties: mqttxWill },
      },
    ],
    [
      'texts in place of numbers and flags',
      {
        properties: {
          ...mqttxConnect,
          receiveMaximum: '100',
          topicAliasMaximum: ' 10 ',
          requestResponseInformation: 'false',
          requestProblemInformation: 0,
        },
        will: { ...topic, properties: { ...mqttxWill, willDelayInterval: '5', payloadFormatIndicator: '1' } },
      },
    ],
  ])('come along from MQTTX, %s', (_, given) => {
    const connection = mqttx(given)
    expect(connection?.profile).toMatchObject({ connectProperties, will: { enabled: true, ...willProperties } })
    expect(kept(connection)).toEqual([])
    expect(connection?.dropped).toEqual([])
  })

  it('that no server takes are named, each by itself', () => {
    const connection = mqttx({
      receiveMaximum: 65_536,
      topicAliasMaximum: -1,
      maximumPacketSize: 1_000,
      will: {
        ...topic,
        properties: { willDelayInterval: 4_294_967_296, responseTopic: 'a/#', contentType: 'text/plain' },
      },
    })
    expect(connection?.profile).toMatchObject({
      connectProperties: { receiveMaximum: null, topicAliasMaximum: null, maximumPacketSize: 1_000 },
      will: { enabled: true, delaySeconds: null, responseTopic: '', contentType: 'text/plain' },
    })
    expect(connection?.dropped).toEqual(
      [
        'connectProperties.receiveMaximum',
        'connectProperties.topicAliasMaximum',
        'will.delaySeconds',
        'will.responseTopic',
      ].map((field) => ({ field, why: 'invalid' })),
    )
  })

  it('of a will without a topic are nothing', () => {
    const connection = mqttx({ will: { lastWillTopic: '', properties: mqttxWill } })
    expect(connection?.profile?.will).toMatchObject({ enabled: false, delaySeconds: null, contentType: '' })
    expect(connection?.dropped).toEqual([])
  })

  it('a user property whose name says that it is a secret is kept nowhere', () => {
    const connection = mqttx({ userProperties: { token: 'sec-1', site: 'a' } })
    expect(connection?.profile?.connectProperties.userProperties).toEqual([['site', 'a']])
    expect(connection?.dropped).toEqual([{ field: 'connectProperties.userProperties.token', why: 'secret' }])
    expect(JSON.stringify(connection)).not.toContain('sec-1')
  })

  it('user properties that cannot be read are named and kept', () => {
    const connection = mqttx({ userProperties: 'site a' })
    expect(connection?.dropped).toEqual([{ field: 'userProperties', why: 'noSetting' }])
    expect(connection?.profile?.importedFrom?.fields).toEqual({ userProperties: 'site a' })
  })

  it('come along from Node-RED', () => {
    const connection = json([
      {
        id: 'b',
        type: 'mqtt-broker',
        broker: 'h',
        protocolVersion: '5',
        userProps: '{"site":"a"}',
        willTopic: 'status',
        willMsg: {
          contentType: 'application/json',
          userProps: '{"site":"a"}',
          respTopic: 'answers',
          correl: 'c1',
          expiry: '3600',
          delay: '5',
        },
      },
    ])
    expect(connection?.profile).toMatchObject({
      connectProperties: { userProperties: [['site', 'a']] },
      will: { ...willProperties, payloadIndicator: 'unsaid' },
    })
    expect(kept(connection)).toEqual([])
  })

  it('come along from MQTT Plus: that an expiry of 0 is set stands beside it', () => {
    const lastWill = {
      enabled: true,
      topic: 'status',
      payload: 'AAE=',
      payloadFormat: 2,
      payloadFormatIndicatorSet: true,
      payloadFormatUtf8: false,
      messageExpiryIntervalSet: true,
      messageExpiryInterval: 0,
      delayInterval: 0,
      correlationDataBase64: 'AAEC',
      userProperties: [{ name: 'site', value: 'a' }],
    }
    const sessions = [{ id: 'a', host: 'h', transport: 'tcp', protocolVersion: 5, receiveMaximum: 0, lastWill }]
    const connection = json({ format: 'mqtt-plus-config', version: 3, sessions })
    expect(connection?.profile).toMatchObject({
      connectProperties: { receiveMaximum: null },
      will: {
        payloadFormat: 'base64',
        payloadIndicator: '0',
        expirySeconds: 0,
        delaySeconds: null,
        correlationData: '0x000102',
        userProperties: [['site', 'a']],
      },
    })
    expect(connection?.dropped).toEqual([])
  })

  it.each([
    [
      'mqttx conn -h h -V 5 -up "region: eu" -Wt status -Wd 5 -We 3600 -Wpf -Wct application/json -Wrt answers -Wcd c1 -Wup "site: a" --rcv-max 100 --maximum-packet-size 65535 --topic-alias-maximum 10 --no-req-problem-info --maximum-reconnect-times 3',
      false,
    ],
    [
      'mqtt sub -t a -h h -Cup region=eu -Wt status -Wd 5 -We 3600 -Wpf UTF_8 -Wct application/json -Wrt answers -Wcd c1 -Wup site=a --rcvMax 100 --maxPacketSize 65535 --topicAliasMax 10',
      true,
    ],
  ])('come along from a command: %s', (line, requestProblemInformation) => {
    const connection = read(line)[0]
    expect(connection?.profile).toMatchObject({
      connectProperties: {
        receiveMaximum: 100,
        maximumPacketSize: 65_535,
        topicAliasMaximum: 10,
        requestProblemInformation,
        userProperties: [['region', 'eu']],
      },
      will: willProperties,
    })
    expect(kept(connection)).toEqual([])
  })

  it('of a message stay those of the message', () => {
    const [connection] = read('mqttx pub -h h -t a -m b -up "k: v" -Cup "c: d"')
    expect(connection?.profile?.connectProperties.userProperties).toEqual([['c', 'd']])
    expect(connection?.messages[0]?.message.userProperties).toEqual([['k', 'v']])
  })
})
