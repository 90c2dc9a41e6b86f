import { describe, expect, it } from 'vitest'
import type { RecordedPacket } from '#shared/model/packets'
import { createPacketLog } from './packetLog'
import { createPacketRecorder } from './packetRecorder'

const bytesOf = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

const recording = (budget = 2 ** 24, isOnAtFirst = true) => {
  const recorder = createPacketRecorder({ isOnAtFirst, budget: () => budget, now: () => 1_000_000 })
  const trace = recorder.begin('5', 'mqtt://test:1883')
  const log = createPacketLog(recorder)
  const all = () => {
    const { first, last } = log.status()
    const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index)
    return log.read(numbers, 65_536).filter((entry): entry is RecordedPacket => entry.kind === 'packet')
  }
  return {
    recorder,
    log,
    all,
    sent: (hex: string) => trace.sent(bytesOf(hex)),
    received: (hex: string) => trace.receivedControl(bytesOf(hex)),
    hexes: () => all().map(({ bytes }) => Buffer.from(bytes).toString('hex')),
    marks: () => all().map(({ mark }) => mark),
  }
}

describe('what is sent', () => {
  it('is recorded in whole packets, however it is written', () => {
    const { sent, hexes } = recording()
    sent('c000 40020001')
    sent('3205 0001')
    sent('61')
    sent('0007 c0')
    sent('00')
    expect(hexes()).toEqual(['c000', '40020001', '32050001610007', 'c000'])
  })

  it('is cut after 64 KiB, and its size is told', () => {
    const { sent, all } = recording()
    const payload = '00'.repeat(100_000)
    sent(`30 a38d06 0001 61 ${payload}`)
    expect(all()[0]).toMatchObject({ size: 100_007, keptBytes: 65_536 })
  })
})

describe('the memory of packets', () => {
  it('stays within its budget, and counts what it dropped', () => {
    const { received, log } = recording(2 ** 21)
    for (let index = 0; index < 60_000; index++) received('d000')
    const { first, last, dropped, bytes } = log.status()
    expect(bytes).toBeLessThanOrEqual(2 ** 21)
    expect([last, dropped]).toEqual([60_001, first - 1])
    expect(dropped).toBeGreaterThan(0)
    expect(log.read([first - 1, first, last], 10).map(({ number }) => number)).toEqual([first, last])
  })
})

describe('what the window gets of a packet', () => {
  it('are its own bytes, and not the memory of all others, which would be sent along', () => {
    const { received, all } = recording()
    for (let index = 0; index < 100; index++) received('d000')
    for (const { bytes } of all()) expect(bytes.buffer.byteLength).toBe(2)
  })

  it('stays what it was when its memory is filled with other packets', () => {
    const { received, all, log } = recording(2 ** 20)
    received('d000')
    const [before] = all()
    for (let index = 0; index < 20_000; index++) received('4002 0001')
    expect(log.status().dropped).toBeGreaterThan(0)
    expect(Buffer.from(before?.bytes ?? []).toString('hex')).toBe('d000')
    expect(new Set(all().map(({ bytes, sequence }) => `${Buffer.from(bytes).toString('hex')} ${sequence}`))).toEqual(
      new Set(['40020001 null']),
    )
  })
})

describe('secrets', () => {
  it('do not leave main, and are not found', () => {
    const { sent, all, log } = recording()
    const body = '0004 4d515454 05 c2 003c 00 0001 61 0003 616e6e 0006 67656865696d'
    sent(`10 ${(body.replaceAll(' ', '').length / 2).toString(16)} ${body}`)
    const auth = '18 0a 15 0001 6d 16 0003 78797a'
    sent(`f0 0c ${auth}`)
    const texts = all().map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
    expect(texts[0]).toContain('ann')
    expect(texts.join()).not.toMatch(/geheim|xyz/)
    expect(log.find([{ not: false, test: { kind: 'text', text: 'geheim' } }], 1).numbers).toEqual([])
    expect(log.find([{ not: false, test: { kind: 'text', text: 'ann' } }], 1).numbers).toEqual([2])
  })
})

describe('the order of packets', () => {
  it('is as it should be where a handshake is complete', () => {
    const { sent, received, marks, log } = recording()
    sent('34 06 0001 61 0001 00')
    received('50 02 0001')
    sent('62 02 0001')
    received('70 02 0001')
    sent('34 06 0001 61 0001 00')
    expect(marks()).toEqual([null, null, null, null, null])
    expect(log.handshake(3)).toMatchObject({
      awaited: null,
      legs: [{ number: 2 }, { number: 3 }, { number: 4 }, { number: 5 }],
    })
    expect(log.handshake(6)).toMatchObject({ awaited: 'PUBREC', legs: [{ number: 6 }] })
  })

  it('tells what comes again, twice, unasked or instead of another', () => {
    const { sent, received, marks, log } = recording()
    received('40 02 0009')
    sent('32 06 0001 61 0001 00')
    sent('3a 06 0001 61 0001 00')
    received('50 02 0001')
    received('40 02 0001')
    sent('34 06 0001 61 0002 00')
    received('50 02 0002')
    received('50 02 0002')
    sent('32 06 0001 61 0002 00')
    expect(marks()).toEqual(['unasked', null, 'again', 'wrongAnswer', null, null, null, 'twice', 'idInUse'])
    expect(log.find([{ not: false, test: { kind: 'errors' } }], 1).numbers).toEqual([2, 4, 5, 9, 10])
  })

  it('ends with a refusal', () => {
    const { sent, received, marks, log } = recording()
    sent('34 06 0001 61 0001 00')
    received('50 03 0001 87')
    sent('34 06 0001 61 0001 00')
    expect(marks()).toEqual([null, null, null])
    expect(log.handshake(2)?.awaited).toBeNull()
  })
})

it('packets that come while it is off are not recorded, and one that is cut by the switch is not', () => {
  const { sent, recorder, hexes } = recording(2 ** 24, false)
  sent('c000')
  sent('3205 0001')
  recorder.switchTo(true)
  sent('61 0007')
  sent('d000')
  expect(hexes()).toEqual(['32050001610007', 'd000'])
})

it('round trips of PINGREQ are told', () => {
  const { sent, received, log } = recording()
  sent('c000')
  received('d000')
  sent('c000')
  expect(log.pings()).toMatchObject([{ number: 2 }])
})
