import { describe, expect, it } from 'vitest'
import { cborDecoder } from '#shared/decoding/cborDecoder'
import { DecodingFault } from '#shared/encoding/decodingFault'
import { parseHex } from '#shared/mqtt/payloadText'
import { cborDiagnostic } from './cborDiagnostic'

const said = (hex: string): string => {
  const parsed = parseHex(hex)
  if (!parsed.ok) throw new Error(hex)
  const decompress = () => {
    throw new DecodingFault('badCompression', 0)
  }
  const decoded = cborDecoder.decode(parsed.bytes, { decompress })
  return decoded.ok ? decoded.nodes.map(cborDiagnostic).join(', ') : decoded.reason
}

describe('cborDiagnostic', () => {
  // RFC 8949, appendix A
  it.each([
    ['00', '0'],
    ['3863', '-100'],
    ['1bffffffffffffffff', '18446744073709551615'],
    ['c249010000000000000000', '18446744073709551616'],
    ['f97e00', 'NaN'],
    ['f9fc00', '-Infinity'],
    ['f6', 'null'],
    ['f7', 'undefined'],
    ['f0', 'simple(16)'],
    ['f8ff', 'simple(255)'],
    ['c11a514b67b0', '1(1363896240)'],
    ['4401020304', "h'01020304'"],
    ['62225c', '"\\"\\\\"'],
    ['8301820203820405', '[1, [2, 3], [4, 5]]'],
    ['a201020304', '{1: 2, 3: 4}'],
    ['a26161016162820203', '{"a": 1, "b": [2, 3]}'],
  ])('says %s as %s', (hex, text) => {
    expect(said(hex)).toBe(text)
  })
})
