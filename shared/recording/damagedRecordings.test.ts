import { describe, expect, it } from 'vitest'
import type { RecordingItem } from './recordedMessage'
import { recordingReaders, recordingWriters } from './recordingFormats'
import { bytesOf, messagesIn, piecesOf, written } from './recordingTesting'

const message = (number: number) =>
  ({
    time: BigInt(1_764_000_000 + number) * 1_000_000_000n,
    topic: `plant/${number}`,
    payload: bytesOf(`{"value":${number},"名":"溫度"}`),
    qos: 1,
    retain: false,
    dup: false,
    direction: 'in',
    connection: 'c',
    packetId: 7,
    properties: { userProperties: [['k', 'v']] as [string, string][] },
  }) as const
const numbers = [1, 2, 3, 4, 5, 6]
const messages = numbers.map(message)
const ofWriter = (format: keyof typeof recordingWriters) =>
  written(
    recordingWriters[format](),
    messages.map((one) => ({ ...one, properties: { ...one.properties } })),
  )
const lines = (lineOf: (number: number) => string) => bytesOf(numbers.map((number) => `${lineOf(number)}\n`).join(''))
const listed = (entry: (number: number) => object) => numbers.map(entry)

/** A recording of each kind, with six messages. */
const recordings: readonly (readonly [string, Uint8Array])[] = [
  ['pcap', ofWriter('pcapng')],
  ['recording', ofWriter('recording')],
  ['mosquitto-json', ofWriter('jsonl')],
  ['mqttx-csv', ofWriter('csv')],
  [
    'lazymqtt',
    lines((number) => `{"offset_ms":${number}0,"topic":"a/${number}","payload":"x","qos":0,"retain":false}`),
  ],
  [
    'mqttlooter',
    bytesOf(
      JSON.stringify({
        recordingInfo: { connectionName: 'c' },
        messages: listed((number) => ({
          topic: `a/${number}`,
          payload: 'x',
          qos: 0,
          timestamp: '2026-11-28T00:00:00Z',
        })),
      }),
    ),
  ],
  [
    'mqttx-json',
    bytesOf(
      JSON.stringify([
        {
          clientId: 'c',
          name: 'c',
          messages: listed((number) => ({
            topic: `a/${number}`,
            payload: '{"a":[1]}',
            qos: 0,
            createAt: '2026-11-28 00:00:00:000',
          })),
        },
      ]),
    ),
  ],
  [
    'transmitron',
    bytesOf(
      JSON.stringify({
        messages: listed((number) => ({
          topic: `a/${number}`,
          payload: 'x',
          qos: 0,
          retained: false,
          timestamp: '2026-11-28 00:00:00',
        })),
      }),
    ),
  ],
  [
    'mqtt-spy',
    lines(
      (number) =>
        `<MqttMessage id="${number}" timestamp="176400000000${number}" topic="a/${number}" qos="0" retained="false">x${number}</MqttMessage>`,
    ),
  ],
  ['mqtt-recorder', lines((number) => `a/${number},"x ""y"", z",0,False,176400000${number}.5,0.1`)],
  ['mqtt-recorder-base64', lines((number) => `a/${number},AAEC,0,False,176400000${number}.5,0.1`)],
  ['mosquitto-v', lines((number) => `a/${number} value`)],
]

const readWith = (name: string, bytes: Uint8Array): readonly RecordingItem[] => {
  const reader = recordingReaders.find((one) => one.name === name)
  if (!reader) throw new Error(`There is no reader ${name}.`)
  return [...reader.read(piecesOf(bytes, 97))]
}

it('is a recording of each kind', () => {
  expect(recordings.map(([name]) => name).toSorted()).toEqual(recordingReaders.map(({ name }) => name).toSorted())
})

describe.each(recordings)('a damaged recording of %s', (name, bytes) => {
  const whole = messagesIn(readWith(name, bytes))

  it('is whole with its six messages', () => {
    expect(whole).toHaveLength(6)
  })

  it('cut off anywhere, has the messages before that place as they were, and says that something is missing', () => {
    for (let length = 0; length < bytes.length; length += 7) {
      const items = readWith(name, bytes.subarray(0, length))
      const found = messagesIn(items)
      // The one that is cut may be a shorter message, where a format has no end of one.
      expect(whole.slice(0, Math.max(0, found.length - 1))).toEqual(found.slice(0, -1))
      const isAtEnd = bytes[length - 1] === 0x0a || bytes[length] === 0x0a || length === 0
      const isSaid = items.some(({ kind }) => kind === 'refused')
      if (found.length < 5 && !isAtEnd && !hasNoEnd.has(name) && length > headLength(name)) expect(isSaid).toBe(true)
    }
  })

  it('with a byte that is another one, has most messages and never throws', () => {
    for (let at = 0; at < bytes.length; at += 5) {
      const damaged = bytes.slice()
      damaged[at] = 0x00
      expect(messagesIn(readWith(name, damaged)).length).toBeLessThanOrEqual(6)
    }
  })

  it('with CR LF in the place of LF, has the same messages', () => {
    if (name === 'pcap') return
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    const withReturns = bytesOf(text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'))
    expect(messagesIn(readWith(name, withReturns))).toEqual(whole)
  })
})

/** Where a line ends, a cut cannot be seen there: a shorter payload, or fewer digits of a number, are as good. */
const hasNoEnd: ReadonlySet<string> = new Set([
  'mosquitto-v',
  'mqtt-recorder',
  'mqtt-recorder-base64',
  'mqttx-csv',
  'pcap',
])
/** What comes before the first message says nothing of one that is missing. */
const headLength = (name: string): number => (name === 'recording' ? 60 : 20)
