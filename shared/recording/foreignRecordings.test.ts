import { describe, expect, it } from 'vitest'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { formatBase64 } from '#shared/mqtt/payloadText'
import { recordingReaders } from './recordingFormats'
import { bytesOf, messagesIn, readAll } from './recordingTesting'

const said = (content: Uint8Array | string) =>
  readAll(content).map((item) =>
    item.kind === 'message'
      ? [item.message.topic, decodeUtf8(item.message.payload), ...item.notes]
      : item.kind === 'refused'
        ? [item.place.number, item.reason]
        : [],
  )

const head = '{"tst":"2026-11-28T01:04:53.060203Z+0100","topic":"a/b","qos":1,"retain":0'

describe('mosquitto_sub', () => {
  it('-F %j: the time has a Z and an offset that counts; user properties of 2.0 repeat a key, of 2.1 they are a list', () => {
    const line = (properties: string) => `${head},"payloadlen":2,"mid":7,"properties":${properties},"payload":"ON"}\n`
    const old = line('{"user-properties":{"k":"v1","k":"v2"},"correlation-data":"r","subscription-identifier":7}')
    const [one, other] = messagesIn(readAll(old + line('{"user-properties":[{"k":"v1"},{"k":"v2"}]}')))
    expect(one).toMatchObject({ time: 1_795_824_293_060_203_000n, qos: 1, retain: false, packetId: 7 })
    expect(one?.properties).toEqual({
      userProperties: [
        ['k', 'v1'],
        ['k', 'v2'],
      ],
      correlationData: bytesOf('r'),
      subscriptionIdentifiers: [7],
    })
    expect(other?.properties.userProperties).toEqual(one?.properties.userProperties)
  })

  it.each([
    ['2026-11-28T01:04:53.060203Z+0100', 1_795_824_293_060_203_000n],
    ['2026-11-28T01:04:53.060203+0100', 1_795_824_293_060_203_000n],
    ['2026-11-28T00:04:53.060203Z', 1_795_824_293_060_203_000n],
    ['2026-11-27T19:04:53.5-0500', 1_795_824_293_500_000_000n],
  ])('tst %s', (tst, time) => {
    const [message] = messagesIn(readAll(`{"tst":"${tst}","topic":"a","qos":0,"payloadlen":0,"payload":null}\n`))
    expect(message?.time).toBe(time)
  })

  it('-F %j: what is no text is a list of bytes, raw bytes, or was ended at a NUL', () => {
    const raw = new Uint8Array([
      ...bytesOf(`${head},"payloadlen":4,"payload":"`),
      0xff,
      0xfe,
      0x41,
      0x0a,
      ...bytesOf('"}\n'),
    ])
    // A line feed ends the line, so the raw one has none.
    raw[raw.indexOf(0x41) + 1] = 0x42
    const items = readAll(raw)
    expect(messagesIn(items).map(({ payload }) => payload)).toEqual([Uint8Array.of(0xff, 0xfe, 0x41, 0x42)])
    const lines = [`${head},"payloadlen":3,"payload":[1,0,255]}`, `${head},"payloadlen":11,"payload":""}`]
    const listed = readAll(`${lines.join('\n')}\n`)
    expect(messagesIn(listed)[0]?.payload).toEqual(Uint8Array.of(1, 0, 255))
    expect(listed[1]).toMatchObject({ kind: 'refused', reason: 'lostBytes', detail: '0 of 11' })
  })

  it('-F %J: payloads are JSON; what was written anew is said, and an empty line is a payload that was no JSON', () => {
    const lines = [
      `${head},"payloadlen":9,"payload":{"t":23.5}}`,
      `${head},"payloadlen":10,"payload":{"t":23.5}}`,
      `${head},"payloadlen":4,"payload":"ON"}`,
      `${head},"payloadlen":2,"payload":"ON"}`,
      `${head},"payloadlen":4,"payload":null}`,
      `${head},"payloadlen":0,"payload":null}`,
      `${head},"payloadlen":5,"payload":127}`,
      `${head},"payloadlen":7,"payload":[1,2,3]}`,
      '',
      `${head},"payloadlen":4,"payload":true}`,
    ]
    expect(said(`${lines.join('\r\n')}\r\n`)).toEqual([
      ['a/b', '{"t":23.5}', 'rewritten'],
      ['a/b', '{"t":23.5}'],
      ['a/b', '"ON"'],
      ['a/b', 'ON'],
      ['a/b', 'null'],
      ['a/b', ''],
      ['a/b', '127', 'rewritten'],
      ['a/b', '[1,2,3]'],
      [9, 'emptyLine'],
      ['a/b', 'true'],
    ])
  })

  it('one bad line costs no other', () => {
    const good = `${head},"payloadlen":2,"payload":"ON"}`
    const bad = [
      '{"tst":',
      '[1]',
      `${head.replace('a/b', 'a/#')},"payload":"x"}`,
      `${head.replace('"qos":1', '"qos":3')},"payload":"x"}`,
      `${head},"payloadlen":2}`,
      `${head},"payloadlen":1,"payload":"ON"}`,
      `${head},"payload_base64":"*"}`,
      `${head},"properties":{"unknown":1},"payload":"x"}`,
    ]
    expect(said([good, ...bad, good].join('\n'))).toEqual([
      ['a/b', 'ON'],
      [2, 'notJson'],
      [3, 'notJson'],
      [4, 'badTopic'],
      [5, 'badQos'],
      [6, 'noPayload'],
      [7, 'otherLength'],
      [8, 'badPayload'],
      [9, 'badProperties'],
      ['a/b', 'ON'],
    ])
  })

  it('-v: topic, blank, payload, byte for byte', () => {
    const bytes = new Uint8Array([...bytesOf('a/b '), 0xff, 0x00, ...bytesOf('\na/c (null)\na/d two words\n')])
    const items = readAll(bytes)
    expect(messagesIn(items).map(({ topic, payload }) => [topic, [...payload].length])).toEqual([
      ['a/b', 2],
      ['a/c', 0],
      ['a/d', 9],
    ])
    expect(items[2]).toMatchObject({ notes: ['ambiguous', 'noTime'] })
  })
})

describe('other tools', () => {
  it('mqtt-spy: text, CDATA over several lines, Base64, an empty one, and lines that are none', () => {
    const lines = [
      '<MqttMessage id="1" timestamp="1416131327314" topic="a&amp;b" qos="2" retained="true">1 &lt; 2</MqttMessage>',
      '<MqttMessage id="2" timestamp="1416131327315" topic="b" qos="0" retained="false"><![CDATA[<t>1</t>',
      '</x>]]></MqttMessage>',
      `<MqttMessage id="3" timestamp="1416131327316" topic="c" qos="0" encoded="true">${formatBase64(bytesOf('\0x'))}</MqttMessage>`,
      '<MqttMessage id="4" timestamp="1416131327317" topic="d" qos="0"/>',
      'rubbish',
      '<MqttMessage id="5" timestamp="then" topic="e" qos="0"></MqttMessage>',
      '<MqttMessage id="6" timestamp="1" topic="f" qos="0">cut',
    ]
    expect(said(lines.join('\n'))).toEqual([
      ['a&b', '1 < 2'],
      ['b', '<t>1</t>\n</x>'],
      ['c', '\0x'],
      ['d', ''],
      [6, 'notXml'],
      [7, 'badTime'],
      [8, 'cutShort'],
    ])
    expect(messagesIn(readAll(lines.join('\n')))[0]).toMatchObject({
      time: 1_416_131_327_314_000_000n,
      qos: 2,
      retain: true,
    })
  })

  it('mqtt-recorder: quoted fields over lines, seconds with all digits; Base64 by name', () => {
    const text =
      'demo/json,"{""t"":23.5}",0,False,1767607620.1234567,0\r\n"demo/comma,quote""x","line 1\nline 2",1,True,1767607621.5,1.0\r\nbad,1\r\n'
    expect(said(text)).toEqual([
      ['demo/json', '{"t":23.5}'],
      ['demo/comma,quote"x', 'line 1\nline 2'],
      [3, 'notCsv'],
    ])
    expect(messagesIn(readAll(text))[0]?.time).toBe(1_767_607_620_123_456_700n)
    const reader = recordingReaders.find(({ name }) => name === 'mqtt-recorder-base64')
    const items = [...(reader?.read([bytesOf('a,AAEC,0,False,1.5,0\r\nb,*,0,False,2,0\r\n')]) ?? [])]
    expect(items).toMatchObject([{ message: { payload: Uint8Array.of(0, 1, 2) } }, { reason: 'badPayload' }])
  })

  it('LazyMQTT: milliseconds since the start; what cannot be read is said', () => {
    const lines = [
      '{"offset_ms":0,"topic":"a","payload":"1","qos":0,"retain":false}',
      '',
      'rubbish',
      '{"offset_ms":1500,"topic":"b","payload":"x","qos":2,"retain":true}',
    ]
    expect(said(lines.join('\n'))).toEqual([
      ['a', '1'],
      [3, 'notJson'],
      ['b', 'x'],
    ])
    expect(messagesIn(readAll(lines.join('\n')))[1]).toMatchObject({ time: 1_500_000_000n, qos: 2, retain: true })
  })

  it('MQTTLooter and Transmitron', () => {
    const looter = {
      recordingInfo: { connectionName: 'Plant' },
      messages: [
        { timestamp: '2026-11-20T13:03:08.120Z', topic: 'a', payload: '1', qos: 1, retain: true },
        { topic: 'b' },
      ],
    }
    expect(said(JSON.stringify(looter))).toEqual([
      ['a', '1'],
      [2, 'noPayload'],
    ])
    expect(messagesIn(readAll(JSON.stringify(looter)))[0]).toMatchObject({
      connection: 'Plant',
      qos: 1,
      retain: true,
      time: 1_795_179_788_120_000_000n,
    })
    const transmitron = {
      messages: [
        { payload: 'on', qos: 0, retained: true, subscription: 0, timestamp: '2026-11-20 14:03:07', topic: 'a' },
      ],
      subscriptions: [],
    }
    expect(said(JSON.stringify(transmitron))).toEqual([['a', 'on', 'zoneGuessed']])
  })

  it('MQTTX: Hex and Base64 are bytes, properties where its versions have them', () => {
    const message = (more: object) => ({
      createAt: '2026-01-05 10:07:00:010',
      out: true,
      payload: 'x',
      qos: 1,
      retain: false,
      topic: 'a',
      ...more,
    })
    const connections = [
      {
        name: 'Line 1',
        clientId: 'c',
        mqttVersion: '5.0',
        messages: [
          message({ payload: 'abcd ef', meta: '{"msgType":"Hex"}' }),
          message({ payload: 'AAE=', meta: '{"msgType":"Base64"}', out: false }),
          message({ payload: 'zz', meta: '{"msgType":"Hex"}' }),
          message({ properties: { contentType: 't', userProperties: { k: ['1', '2'], n: '3' }, topicAlias: null } }),
          message({ contentType: 'u', userProperties: '{"k":"1"}', properties: null }),
        ],
      },
    ]
    const items = readAll(JSON.stringify(connections))
    const [hex, base64, nested, flat] = messagesIn(items)
    expect(hex).toMatchObject({ payload: Uint8Array.of(0xab, 0xcd, 0xef), direction: 'out', connection: 'Line 1' })
    expect(base64).toMatchObject({ payload: Uint8Array.of(0, 1), direction: 'in' })
    expect(items[2]).toMatchObject({ reason: 'badPayload', place: { number: 3 } })
    expect(nested?.properties).toEqual({
      contentType: 't',
      userProperties: [
        ['k', '1'],
        ['k', '2'],
        ['n', '3'],
      ],
    })
    expect(flat?.properties).toEqual({ contentType: 'u', userProperties: [['k', '1']] })
  })

  it('MQTTX as CSV', () => {
    const text =
      'client_id,connection_name,topic,payload,qos,retain,direction,createAt,payload_format_indicator,user_properties\r\n' +
      '"c","Local","a","{""t"":1}",1,true,"received","2026-01-05 10:07:00:010",true,"{""k"":""1""}"\r\n' +
      '"c","Local","n","=""127.0""",0,false,"publish","2026-01-05 10:07:00:010",,""\r\n'
    expect(said(text)).toEqual([
      ['a', '{"t":1}', 'zoneGuessed'],
      ['n', '127.0', 'zoneGuessed'],
    ])
    expect(messagesIn(readAll(text))[0]).toMatchObject({
      qos: 1,
      retain: true,
      direction: 'in',
      connection: 'Local',
      properties: { payloadFormatIndicator: 1, userProperties: [['k', '1']] },
    })
  })
})
