import { describe, expect, it } from 'vitest'
import type { PacketEntry, RecordedPacket } from '#shared/model/packets'
import { joinedBytes } from '#shared/encoding/joinedBytes'
import { captureReader } from '#shared/recording/capture/captureReader'
import { packetFormats, type PacketFormat } from './packetFormats'

const packet = (number: number, hex: string, given: Partial<RecordedPacket> = {}): RecordedPacket => {
  const bytes = Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
  const shared = { kind: 'packet', number, time: 1_764_547_200_000.25 + number, delta: 1.5, direction: 'out' } as const
  const none = { sequence: null, mark: null, violation: null, keptBytes: bytes.length }
  return { ...shared, ...none, version: '5', size: bytes.length, bytes, ...given }
}
const step: PacketEntry = {
  kind: 'step',
  number: 1,
  time: 1_764_547_200_000,
  delta: null,
  step: 'begin',
  detail: 'a\u001b[1m',
}

const entries: readonly PacketEntry[] = [
  step,
  packet(2, '10 10 0004 4d515454 05 02 003c 00 0003 616263'),
  packet(3, '20 03 00 00 00', { direction: 'in' }),
  packet(4, '30 06 0001 61 00 6869', { direction: 'in', sequence: 9 }),
  packet(5, '40 02 0000', { mark: 'unasked' }),
  packet(6, '30 0e 0001 62 00', { size: 16 }),
  packet(7, '30 06 0001 63 00 6869', { direction: 'in' }),
]

const written = (format: PacketFormat): Uint8Array => {
  const writer = packetFormats[format].create()
  return joinedBytes([writer.begin(), ...entries.map((entry) => writer.entry(entry))])
}

describe('packets that are exported', () => {
  it('are lines of JSON with their bytes and what is against them', () => {
    const lines = new TextDecoder()
      .decode(written('jsonLines'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(lines[0]).toMatchObject({ step: 'begin' })
    expect(lines[3]).toMatchObject({ type: 'PUBLISH', direction: 'in', message: 9, hex: '3006000161006869' })
    expect(lines[4]).toMatchObject({ mark: 'unasked', problems: [{ rule: 'packetIdZero', clause: 'MQTT 5 §2.2.1' }] })
    expect(lines[5]).toMatchObject({ size: 16, kept: 6 })
  })

  it('are a capture that is read again, also behind a packet of which not all was kept', () => {
    const messages = [...captureReader.read([written('pcapng')])].flatMap((item) =>
      item.kind === 'message' ? [[item.message.topic, item.message.direction]] : [item.kind],
    )
    expect(messages).toEqual([
      ['a', 'in'],
      ['b', 'out'],
      ['c', 'in'],
    ])
  })

  it('are visible text for people', () => {
    const text = new TextDecoder().decode(written('text'))
    expect(text).toContain('#4 2025-12-01T00:00:00.004250Z +1.500 ms <-- PUBLISH, 8 bytes: a, QoS 0, hi')
    expect(text).toContain('    ! packetIdZero MQTT 5 §2.2.1')
    expect(text).not.toContain('\u001b')
  })
})
