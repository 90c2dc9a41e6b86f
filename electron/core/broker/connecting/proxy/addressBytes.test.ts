import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addressBytes } from './addressBytes'

it('reads an IPv4 address as four bytes', () => {
  expect([...addressBytes('192.0.2.255')]).toEqual([192, 0, 2, 255])
})

it.each([
  ['::', '00000000000000000000000000000000'],
  ['::1', '00000000000000000000000000000001'],
  ['2001:db8::ff00:42:8329', '20010db8000000000000ff0000428329'],
  ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
  ['fe80::1%eth0', 'fe800000000000000000000000000001'],
])('reads %s', (address, hex) => {
  expect(Buffer.from(addressBytes(address)).toString('hex')).toBe(hex)
})

it('reads what is written of any sixteen bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const groups = Array.from(
        { length: 8 },
        (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0),
      )
      expect(addressBytes(groups.map((group) => group.toString(16)).join(':'))).toEqual(bytes)
    }),
  )
})
