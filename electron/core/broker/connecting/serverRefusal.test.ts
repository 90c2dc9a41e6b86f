import { describe, expect, it } from 'vitest'
import { createMessageInbox } from '../inbox/messageInbox'
import { PacketFailure } from '../packets/packetFailure'
import { packetsFrom, plainReceiver } from '../receiverTesting'

const text = (value: string) => [0, value.length, ...Buffer.from(value)]
const packet = (first: number, ...body: number[]) => [first, body.length, ...body]
const properties = (...section: number[]) => [section.length, ...section]
const method = (name: string) => [0x15, ...text(name)]
const reason = (words: string) => [0x1f, ...text(words)]
const data = [0x16, 0, 2, 1, 2]

/** What comes of a server's first bytes. */
const failureOf = (bytes: readonly number[], level: 3 | 4 | 5 = 5) => {
  const packets = packetsFrom(plainReceiver(createMessageInbox().connection('a')), { level })
  try {
    packets.read(Buffer.from(bytes))
    // What stands behind CONNACK waits for the session to begin.
    packets.goOn()
  } catch (error) {
    if (error instanceof PacketFailure) return error.failure
    throw error
  }
  return null
}

describe('a server that authenticates in steps', () => {
  it.each<[string, number[], string]>([
    ['AUTH with a method', packet(0xf0, 0x18, ...properties(...method('SCRAM-SHA-1'))), 'SCRAM-SHA-1'],
    ['AUTH with data and words', packet(0xf0, 0x18, ...properties(...method('GS2'), ...data, ...reason('go'))), 'GS2'],
    ['AUTH without a body', packet(0xf0), ''],
    ['AUTH with a code and nothing else', packet(0xf0, 0x18), ''],
    ['AUTH without properties', packet(0xf0, 0x18, 0), ''],
    ['0x8C with a method', packet(0x20, 0, 0x8c, ...properties(...method('SCRAM-SHA-256'))), 'SCRAM-SHA-256'],
    ['0x8C without one', packet(0x20, 0, 0x8c, 0), ''],
  ])('%s says what it wants', (_kind, bytes, wanted) => {
    expect(failureOf(bytes)).toMatchObject({
      code: 'enhancedAuthenticationWanted',
      values: { method: wanted, detail: wanted === '' ? 'unnamed' : 'named' },
    })
  })

  it('says so to whatever version was asked for', () => {
    expect(failureOf(packet(0x20, 0, 0x8c), 4)).toMatchObject({ code: 'enhancedAuthenticationWanted' })
  })

  it('may say so later, where it ends the connection', () => {
    const bytes = [...packet(0x20, 0, 0, 0), ...packet(0xe0, 0x8c, 0)]
    expect(failureOf(bytes)).toMatchObject({ code: 'enhancedAuthenticationWanted', reasonCode: 0x8c })
  })

  it('tells the code of a refusal, and its words', () => {
    const bytes = packet(0x20, 0, 0x8c, ...properties(...reason('use K8S-SAT')))
    expect(failureOf(bytes)).toMatchObject({ reasonCode: 0x8c, values: { reason: 'use K8S-SAT' } })
  })

  it('is none where its AUTH is broken, or where MQTT 5 was not spoken', () => {
    expect(failureOf(packet(0xf0, 0x18, 9, 0x15))).toMatchObject({ code: 'malformedPacket' })
    expect(failureOf(packet(0xf0, 0x18, ...properties(0x01, 1)))).toMatchObject({ code: 'malformedPacket' })
    for (const level of [3, 4] as const) expect(failureOf(packet(0xf0), level)).toMatchObject({ code: 'notMqtt' })
  })

  it('does not begin once the connection is accepted', () => {
    expect(failureOf([...packet(0x20, 0, 0, 0), ...packet(0xf0, 0x18)])).toMatchObject({ code: 'malformedPacket' })
  })
})

describe('a refusal that credentials may mend', () => {
  it.each<[number, 3 | 4 | 5]>([
    [4, 3],
    [4, 4],
    [5, 4],
    [0x86, 5],
    [0x87, 5],
    // A server of 3.1.1 answers version 5 in its own codes.
    [5, 5],
  ])('code %i to protocol level %i', (code, level) => {
    const bytes = level === 5 && code >= 0x80 ? packet(0x20, 0, code, 0) : packet(0x20, 0, code)
    expect(failureOf(bytes, level)).toMatchObject({ code: 'connectRefused', values: { detail: 'credentials' } })
  })
})
