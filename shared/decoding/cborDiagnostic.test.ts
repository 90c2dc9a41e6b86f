import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import { cborDecoder } from './cborDecoder'
import { cborDiagnostic } from './cborDiagnostic'
import { decompress } from './decompress'

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

/** RFC 8949 appendix A; of floats that are longer than need be, with the width that they have. */
const examples: readonly (readonly [hex: string, text: string])[] = [
  ['00', '0'],
  ['17', '23'],
  ['1818', '24'],
  ['1903e8', '1000'],
  ['1a000f4240', '1000000'],
  ['1b000000e8d4a51000', '1000000000000'],
  ['1bffffffffffffffff', '18446744073709551615'],
  ['c249010000000000000000', '18446744073709551616'],
  ['3bffffffffffffffff', '-18446744073709551616'],
  ['c349010000000000000000', '-18446744073709551617'],
  ['20', '-1'],
  ['3903e7', '-1000'],
  ['f90000', '0.0'],
  ['f98000', '-0.0'],
  ['f93c00', '1.0'],
  ['fb3ff199999999999a', '1.1'],
  ['f93e00', '1.5'],
  ['f97bff', '65504.0'],
  ['fa47c35000', '100000.0'],
  ['fa7f7fffff', '3.4028234663852886e+38'],
  ['fb7e37e43c8800759c', '1.0e+300'],
  ['f90001', '5.960464477539063e-8'],
  ['f90400', '0.00006103515625'],
  ['f9c400', '-4.0'],
  ['fbc010666666666666', '-4.1'],
  ['f97c00', 'Infinity'],
  ['f97e00', 'NaN'],
  ['f9fc00', '-Infinity'],
  ['fa7f800000', 'Infinity_2'],
  ['fa7fc00000', 'NaN_2'],
  ['faff800000', '-Infinity_2'],
  ['fb7ff0000000000000', 'Infinity_3'],
  ['fb7ff8000000000000', 'NaN_3'],
  ['fbfff0000000000000', '-Infinity_3'],
  ['f4', 'false'],
  ['f5', 'true'],
  ['f6', 'null'],
  ['f7', 'undefined'],
  ['f0', 'simple(16)'],
  ['f8ff', 'simple(255)'],
  ['c074323031332d30332d32315432303a30343a30305a', '0("2013-03-21T20:04:00Z")'],
  ['c11a514b67b0', '1(1363896240)'],
  ['c1fb41d452d9ec200000', '1(1363896240.5)'],
  ['d74401020304', "23(h'01020304')"],
  ['d818456449455446', "24(h'6449455446')"],
  ['d82076687474703a2f2f7777772e6578616d706c652e636f6d', '32("http://www.example.com")'],
  ['40', "h''"],
  ['4401020304', "h'01020304'"],
  ['60', '""'],
  ['6449455446', '"IETF"'],
  ['62225c', String.raw`"\"\\"`],
  ['62c3bc', '"ü"'],
  ['63e6b0b4', '"水"'],
  ['64f0908591', '"𐅑"'],
  ['80', '[]'],
  ['8301820203820405', '[1, [2, 3], [4, 5]]'],
  [
    '98190102030405060708090a0b0c0d0e0f101112131415161718181819',
    `[\n${Array.from({ length: 25 }, (_, at) => `  ${at + 1}`).join(',\n')}\n]`,
  ],
  ['a0', '{}'],
  ['a201020304', '{1: 2, 3: 4}'],
  ['a26161016162820203', '{"a": 1, "b": [2, 3]}'],
  ['826161a161626163', '["a", {"b": "c"}]'],
  ['5f42010243030405ff', "(_ h'0102', h'030405')"],
  ['7f657374726561646d696e67ff', '(_ "strea", "ming")'],
  ['9fff', '[_ ]'],
  ['9f018202039f0405ffff', '[_ 1, [2, 3], [_ 4, 5]]'],
  ['83018202039f0405ff', '[1, [2, 3], [_ 4, 5]]'],
  ['83019f0203ff820405', '[1, [_ 2, 3], [4, 5]]'],
  ['bf61610161629f0203ffff', '{_ "a": 1, "b": [_ 2, 3]}'],
  ['826161bf61626163ff', '["a", {_ "b": "c"}]'],
  ['bf6346756ef563416d7421ff', '{_ "Fun": true, "Amt": -2}'],
]

describe('diagnostic notation', () => {
  it.each(examples)('of %s is as the specification has it', (hex, text) => {
    expect(cborDiagnostic(bytesOf(hex))).toBe(text)
  })

  it.each([
    ['1817', '23_0'],
    ['190018', '24_1'],
    ['1b0000000000000001', '1_3'],
    ['3800', '-1_0'],
    ['fb3ff8000000000000', '1.5_3'],
    ['fa3fc00000', '1.5_2'],
    ['fb40f86a0000000000', '100000.0_3'],
    ['580100', "h'00'_0"],
    ['9801f6', '[_0 null]'],
    ['b90001f6f5', '{_1 null: true}'],
    ['d80101', '1_0(1)'],
    ['5fff', "''_"],
    ['7fff', '""_'],
    ['bfff', '{_ }'],
    // Bignums that are longer than need be, or need not be any.
    ['c24100', "2(h'00')"],
    ['c24a00010000000000000000', "2(h'00010000000000000000')"],
    ['c2f6', '2(null)'],
    ['d9d9f7c1f93c00', '55799(1(1.0))'],
    ['0102', '1,\n2'],
  ])('of %s says how it is encoded', (hex, text) => {
    expect(cborDiagnostic(bytesOf(hex))).toBe(text)
  })

  it('is refused where the bytes are no CBOR, at the same byte as the decoder says', () => {
    const settings = { decompress }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const decoded = cborDecoder.decode(bytes, settings)
        const said = decodedPayload(() => {
          cborDiagnostic(bytes)
          return []
        })
        expect(said.ok).toBe(decoded.ok)
        if (!decoded.ok) expect(said).toMatchObject({ reason: decoded.reason, offset: decoded.offset })
      }),
      { numRuns: 2_000 },
    )
    expect(() => cborDiagnostic(new Uint8Array(2_000).fill(0x81))).toThrow(DecodingFault)
  })
})
