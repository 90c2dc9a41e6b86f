import { expect, it } from 'vitest'
import { faultScenarioSchema, faultSchema, hexBytes, scenarioMs, withFault, withoutFault } from './fault'

it.each<[string, number[] | null]>([
  ['c0 00', [0xc0, 0]],
  ['0xC0, 0x00', [0xc0, 0]],
  ['c0:00\nff', [0xc0, 0, 0xff]],
  ['c000FF', [0xc0, 0, 0xff]],
  ['', null],
  ['   ', null],
  ['c', null],
  ['c0 0', null],
  ['xx', null],
  ['0x', null],
])('reads the bytes of %j', (text, bytes) => {
  expect(hexBytes(text)).toEqual(bytes && Uint8Array.from(bytes))
})

it('takes one fault of a kind for each packet and direction', () => {
  const one = { kind: 'delay', packet: 'PUBACK', milliseconds: 1 } as const
  const other = { kind: 'delay', packet: 'PUBREC', milliseconds: 1 } as const
  const slower = { ...one, milliseconds: 5 }
  expect(withFault([one, other], slower)).toEqual([other, slower])
  expect(withoutFault([other, slower], one)).toEqual([other])
})

it('refuses what is out of range', () => {
  expect(faultSchema.safeParse({ kind: 'delay', packet: 'PUBACK', milliseconds: 0 }).success).toBe(false)
  expect(faultSchema.safeParse({ kind: 'delay', packet: 'PUBLISH', milliseconds: 5 }).success).toBe(false)
  expect(faultSchema.safeParse({ kind: 'reasonCode', packet: 'PUBACK', code: 256 }).success).toBe(false)
  expect(faultSchema.safeParse({ kind: 'rawBytes', hex: 'no' }).success).toBe(false)
  expect(faultScenarioSchema.safeParse({ id: 'a', name: ' ', steps: [] }).success).toBe(false)
})

it('a scenario lasts until the last of its steps is over', () => {
  const fault = { kind: 'byteWise' } as const
  expect(
    scenarioMs({
      steps: [
        { atMs: 5, fault, forMs: 10 },
        { atMs: 12, fault, forMs: null },
      ],
    }),
  ).toBe(15)
})
