import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ComposedMessage } from '#shared/model/publish'
import type { LeftoverReason } from './connectionReading'
import { readConnection } from './readConnection'

const messageOf = (text: string) => readConnection(text)?.message
const plain: ComposedMessage = {
  topic: 'a',
  payload: 'b',
  format: 'text',
  qos: 0,
  retain: false,
  contentType: '',
  responseTopic: '',
  correlationData: '',
  messageExpiry: '',
  userProperties: [],
}

describe('the message of a mosquitto command', () => {
  it.each<readonly [string, Partial<ComposedMessage>]>([
    ['mosquitto_pub -t a -m b', {}],
    ['mosquitto_pub --topic a --message b -q 2 --retain', { qos: 2, retain: true }],
    [`mosquitto_pub -t a -m '{"on": true}'`, { payload: '{"on": true}', format: 'json' }],
    [`mosquitto_pub -t a -m "{\\"on\\": \\"it's\\"}"`, { payload: `{"on": "it's"}`, format: 'json' }],
    [`mosquitto_pub -t a -m 'it'\\''s \\n'`, { payload: "it's \\n" }],
    ['mosquitto_pub -t a\\ b -m a\\"b', { topic: 'a b', payload: 'a"b' }],
    [`mosquitto_pub -t a \\\n  -m 'one\ntwo'`, { payload: 'one\ntwo' }],
    ['C:\\mosquitto\\mosquitto_pub.exe -t a ^\r\n -m "{\\"on\\": 1}"', { payload: '{"on": 1}', format: 'json' }],
    [`mosquitto_pub -t a -m 'b\r'`, { payload: '62 0d', format: 'hex' }],
    ['mosquitto_pub -t a -n -r', { payload: '', retain: true }],
    ['mosquitto_pub -L mqtt://ann:pw@broker/plant/1/cmd -m b', { topic: 'plant/1/cmd' }],
    ['mosquitto_pub -t a -f reading.bin', { payload: '' }],
    ['cd /tmp && mosquitto_pub -t a -m b', {}],
    [`echo '{"on": true}' | mosquitto_pub -t a -l`, { payload: '' }],
    ['#!/bin/sh\n# says it\nexport A=b\nmosquitto_pub -t a -m b\n', {}],
    ['mosquitto_pub -t first -t a -m b', {}],
    ['mosquitto_rr -t a -e answers/1 -m b -q 1', { responseTopic: 'answers/1', qos: 1 }],
    ['mosquitto_pub -t a -m b -D PUBLISH content-type application/json', { contentType: 'application/json' }],
    [
      'mosquitto_pub -t a -m b -D publish response-topic r -D publish message-expiry-interval 60',
      { responseTopic: 'r', messageExpiry: '60' },
    ],
    [
      `mosquitto_pub -t a -m b -D publish user-property 'the key' "the value" -D publish user-property x y`,
      {
        userProperties: [
          ['the key', 'the value'],
          ['x', 'y'],
        ],
      },
    ],
    ['mosquitto_pub -t a -m b -D publish correlation-data 0xzz', { correlationData: '0x30787a7a' }],
    ['mosquitto_pub -t a -m b -D publish payload-format-indicator 1', { payloadFormatIndicator: true }],
  ])('%s', (text, message) => {
    expect(messageOf(text)).toEqual({ ...plain, ...message })
  })

  it.each(['mosquitto_sub -t a -q 1', 'mosquitto_pub -h broker', 'mqtt://host/a'])('%s has none', (text) => {
    expect(messageOf(text)).toBeNull()
  })

  it.each<readonly [string, string, LeftoverReason]>([
    ['mosquitto_pub -t a -f reading.bin', '-f reading.bin', 'file'],
    ['mosquitto_pub -t a -s', '-s', 'standardInput'],
    ['mosquitto_pub -t a --stdin-line', '--stdin-line', 'standardInput'],
    ['mosquitto_pub -t a -m b --repeat 5', '--repeat 5', 'repeat'],
    ['mosquitto_pub -t a/# -m b', '-t a/#', 'invalid'],
    ['mosquitto_pub -t a -m b -q 3', '-q 3', 'invalid'],
    ['mosquitto_pub -t a -m $PAYLOAD', '-m $PAYLOAD', 'variable'],
    ['mosquitto_pub -t a -m b -n', '-n', 'repeated'],
    ['mosquitto_pub -t first -t a -m b', '-t first', 'repeated'],
    ['mosquitto_pub -t a -L mqtt://h/b -m c', 'b', 'repeated'],
    ['mosquitto_pub -t a -m b -D publish topic-alias 1', '-D publish topic-alias 1', 'noSetting'],
    ['mosquitto_pub -t a -m b -D publish message-expiry-interval x', '-D publish message-expiry-interval x', 'invalid'],
    ['mosquitto_pub -t a -m b -V 311 -D publish content-type x', '-D publish content-type x', 'needsVersion5'],
    ['mosquitto_sub -t a -m b', '-m b', 'message'],
    ['echo on | mosquitto_pub -t a -l', 'echo', 'behind'],
    ['PASSWORD=geheim; mosquitto_pub -t a -m b', 'PASSWORD=…', 'behind'],
  ])('%s: says of %s that it is not in it', (text, left, why) => {
    expect(readConnection(text)?.left).toContainEqual({ text: left, why })
  })

  it('is of MQTT 5 where it has properties, as the client makes it', () => {
    expect(readConnection('mosquitto_pub -t a -m b -D publish content-type x')?.settings.protocolVersion).toBe('5')
    expect(readConnection('mosquitto_rr -t a -e b -m c')?.settings.protocolVersion).toBe('5')
  })

  it('has the very characters of its topic and payload, however they were quoted', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('ab /\\"\'$~=-;|&<>()*`ü溫\t\n{}[]')), minLength: 1 })
    const quotings: readonly ((word: string) => string)[] = [
      (word) => `'${word.replaceAll("'", `'\\''`)}'`,
      (word) => `"${word.replace(/[$`"\\]/g, '\\$&')}"`,
    ]
    fc.assert(
      fc.property(text, fc.constantFrom(...quotings), (payload, quote) => {
        expect(messageOf(`mosquitto_pub -t ${quote('a b')} -m ${quote(payload)}`)).toMatchObject({
          topic: 'a b',
          payload,
        })
      }),
    )
  })
})
