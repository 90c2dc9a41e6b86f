import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { interpretBytes, type ByteType } from './interpretBytes'

const at = (bytes: Uint8Array, offset = 0) =>
  new Map(interpretBytes(bytes, offset).map(({ type, little, big }) => [type, [little, big] as const]))
const read = (bytes: readonly number[], type: ByteType) => at(Uint8Array.from(bytes)).get(type)

/** Eight bytes that hold a value, lowest byte first, and the same the other way round. */
const both = (length: number, write: (view: DataView) => void): readonly (readonly number[])[] => {
  const view = new DataView(new ArrayBuffer(length))
  write(view)
  const bytes = [...new Uint8Array(view.buffer)]
  return [bytes, bytes.toReversed()]
}

describe('bytes as whatever they may be', () => {
  it.each<[ByteType, readonly number[], readonly [string | null, string | null]]>([
    ['bits', [0xa5], ['10100101', '10100101']],
    ['int8', [0x80], ['-128', '-128']],
    ['uint16', [0x01, 0x02], ['513', '258']],
    ['int16', [0xfe, 0xff], ['-2', '-257']],
    ['uint64', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], ['18446744073709551615', '18446744073709551615']],
    ['int64', [0, 0, 0, 0, 0, 0, 0, 0x80], ['-9223372036854775808', '128']],
    // RFC 8949, appendix A.
    ['float16', [0x3c, 0x00], ['0.0000035762786865234375', '1.0']],
    ['float16', [0x7b, 0xff], ['NaN', '65504.0']],
    ['float16', [0x00, 0x01], ['0.0000152587890625', '5.960464477539063e-8']],
    ['float32', [0x47, 0xc3, 0x50, 0x00], ['7.416892e-39', '100000.0']],
    ['float64', [0x3f, 0xf1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a], ['-1.5423487136706484e-180', '1.1']],
    ['unixS', [0x51, 0x4b, 0x67, 0xb0], ['2063-10-14T03:51:45Z', '2013-03-21T20:04:00Z']],
    ['unixMs', [0, 0, 0, 0, 0, 0, 0, 1], [null, '1970-01-01T00:00:00.001Z']],
    [
      'unixNs',
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      ['1969-12-31T23:59:59.999999999Z', '1969-12-31T23:59:59.999999999Z'],
    ],
    ['utf8', [0xe6, 0xb0, 0xb4], ['水 U+6C34', '水 U+6C34']],
    ['utf8', [0xff], [null, null]],
    ['uint32', [1, 2, 3], [null, null]],
  ])('as %s of %j are %j', (type, bytes, orders) => {
    expect(read(bytes, type)).toEqual(orders)
  })

  it('are every integer exactly, in both orders', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const [little, big] = both(8, (view) => view.setBigInt64(0, value, true))
        expect(read(little ?? [], 'int64')?.[0]).toBe(String(value))
        expect(read(big ?? [], 'int64')?.[1]).toBe(String(value))
        expect(read(little ?? [], 'uint64')?.[0]).toBe(String(BigInt.asUintN(64, value)))
      }),
    )
  })

  it('are floats that read back as they were', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        (double, single) => {
          const [little] = both(8, (view) => view.setFloat64(0, double, true))
          expect(Number(read(little ?? [], 'float64')?.[0])).toBe(double)
          const [, big] = both(4, (view) => view.setFloat32(0, single, true))
          expect(Math.fround(Number(read(big ?? [], 'float32')?.[1]))).toBe(single)
        },
      ),
    )
  })

  it('are the character that begins there, and never throw wherever they are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }).filter((text) => text.isWellFormed()),
        (text) => {
          const first = String.fromCodePoint(text.codePointAt(0) ?? 0)
          expect(at(encodeUtf8(text)).get('utf8')?.[0]?.startsWith(first)).toBe(true)
        },
      ),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.integer({ min: -2, max: 14 }), (bytes, offset) => {
        for (const { little, length } of interpretBytes(bytes, offset))
          if (offset < 0 || offset + length > bytes.length) expect(little).toBeNull()
      }),
    )
  })
})
