import { decode as decodeWitness, encode as encodeWitness } from '@msgpack/msgpack'
import { decode as decodeCborWitness, encode as encodeCborWitness } from 'cbor2'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatHex, parseHex } from '#shared/mqtt/payloadText'
import { lineAndColumn } from '#shared/mqtt/prettyJson'
import { anyCharacter } from '#shared/text/anyTextTesting'
import { jsonSentAs } from './decodedJson'
import { encodeJson, type Encoding } from './encodedJson'

const text = fc.string({ unit: anyCharacter })
const float = fc.double({ noNaN: true, noDefaultInfinity: true })
/** What `JSON.stringify` writes without a loss. Of whole numbers only those that every encoder takes for integers. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    float.filter((value) => !Number.isInteger(value)),
    text,
    fc.array(tie('json')),
    fc.dictionary(text, tie('json')),
  ),
}))
const encodings: readonly Encoding[] = ['cbor', 'messagePack']
const anyEncoding = fc.constantFrom(...encodings)

const bytesOf = (source: string, encoding: Encoding): Uint8Array => {
  const encoded = encodeJson(source, encoding)
  if (!encoded.ok) throw new Error(`${encoded.detail} at ${encoded.position}`)
  return encoded.bytes
}
const hexOf = (source: string, encoding: Encoding) => formatHex(bytesOf(source, encoding)).replaceAll(' ', '')
const unhex = (hex: string): Uint8Array => {
  const parsed = parseHex(hex)
  if (!parsed.ok) throw new Error(hex)
  return parsed.bytes
}

describe('encodeJson', () => {
  it('writes CBOR that another decoder reads as the same values', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(decodeCborWitness(bytesOf(JSON.stringify(value), 'cbor'))).toEqual(value)
      }),
    )
  })

  it('writes floats of CBOR as short as another encoder does', () => {
    fc.assert(
      fc.property(fc.oneof(float, fc.float({ noNaN: true, noDefaultInfinity: true })), (value) => {
        fc.pre(!Number.isInteger(value))
        expect(bytesOf(String(value), 'cbor')).toEqual(encodeCborWitness(value))
      }),
    )
  })

  it('writes every half-precision number in two bytes', () => {
    const wrong: string[] = []
    for (let bits = 0; bits < 0x1_0000; bits++) {
      const bytes = Uint8Array.of(0xf9, bits >> 8, bits & 0xff)
      const read = jsonSentAs(bytes, 'cbor')
      // Infinity and what is no number have the highest exponent.
      if (read.ok !== ((bits & 0x7c00) !== 0x7c00)) wrong.push(formatHex(bytes))
    }
    expect(wrong).toEqual([])
  })

  it('writes integers of any size exactly in CBOR', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), (value) => {
        const read: unknown = decodeCborWitness(bytesOf(String(value), 'cbor'))
        expect(BigInt(read as number | bigint)).toBe(value)
      }),
    )
  })

  it('writes the MessagePack of another encoder', () => {
    fc.assert(
      fc.property(json, (value) => {
        const bytes = bytesOf(JSON.stringify(value), 'messagePack')
        expect(decodeWitness(bytes)).toEqual(value)
        expect(bytes).toEqual(encodeWitness(value))
      }),
    )
  })

  it('writes integers of 64 bits exactly in MessagePack, and refuses larger ones', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 66n), max: 2n ** 66n }), (value) => {
        const encoded = encodeJson(`[${value}]`, 'messagePack')
        if (value >= -(2n ** 63n) && value < 2n ** 64n) {
          const [read] = decodeWitness(encoded.ok ? encoded.bytes : [], { useBigInt64: true }) as [number | bigint]
          expect(BigInt(read)).toBe(value)
        } else expect(encoded).toMatchObject({ ok: false, problem: 'encoding', detail: 'integerRange', position: 1 })
      }),
    )
  })

  it.each([
    ['0', '00'],
    ['23', '17'],
    ['24', '1818'],
    ['18446744073709551615', '1bffffffffffffffff'],
    ['18446744073709551616', 'c249010000000000000000'],
    ['-18446744073709551616', '3bffffffffffffffff'],
    ['-18446744073709551617', 'c349010000000000000000'],
    ['0.0', 'f90000'],
    ['-0', 'f98000'],
    ['1.0', 'f93c00'],
    ['1.1', 'fb3ff199999999999a'],
    ['1.5', 'f93e00'],
    ['65504.0', 'f97bff'],
    ['100000.0', 'fa47c35000'],
    ['3.4028234663852886e+38', 'fa7f7fffff'],
    ['1.0e+300', 'fb7e37e43c8800759c'],
    ['5.960464477539063e-8', 'f90001'],
    ['0.00006103515625', 'f90400'],
    ['-4.1', 'fbc010666666666666'],
    ['"\\ud800\\udd51"', '64f0908591'],
    ['{"a": 1, "b": [2, 3]}', 'a26161016162820203'],
    ['{"$hex": "01 02 03 04"}', '4401020304'],
    ['{"$base64": "AQID"}', '43010203'],
    ['{"$hex": "", "b": 1}', 'a264246865786061' + '6201'],
  ])('writes %s as the CBOR %s (RFC 8949, appendix A)', (source, hex) => {
    expect(hexOf(source, 'cbor')).toBe(hex)
  })

  it.each([
    ['-33', 'd0df'],
    ['-32', 'e0'],
    ['127', '7f'],
    ['128', 'cc80'],
    ['1.5', 'cb3ff8000000000000'],
    ['{"$hex": "00ff"}', 'c40200ff'],
    ['{"compact":true,"schema":0}', '82a7636f6d70616374c3a6736368656d6100'],
  ])('writes %s as the MessagePack %s', (source, hex) => {
    expect(hexOf(source, 'messagePack')).toBe(hex)
  })

  it('keeps the order of members, and a key that stands twice', () => {
    expect(hexOf('{"b":1,"a":2,"b":3}', 'cbor')).toBe('a3616201616102616203')
  })

  it.each([
    ['{\n  "a": [1,\n  }', 'valueExpected', { line: 3, column: 3 }],
    ['', 'unexpectedEnd', { line: 1, column: 1 }],
    ['[1,\n 1e999]', 'numberTooLarge', { line: 2, column: 2 }],
    ['["\\ud800"]', 'loneSurrogate', { line: 1, column: 2 }],
    ['[{"$hex": "0g"}]', 'badHex', { line: 1, column: 13 }],
    ['{"$base64": "*"}', 'badBase64', { line: 1, column: 14 }],
    ['['.repeat(501), 'tooDeep', { line: 1, column: 501 }],
    ['9'.repeat(5_001), 'tooManyDigits', { line: 1, column: 1 }],
  ])('says of %.20j what is wrong and where', (source, detail, place) => {
    for (const encoding of encodings) {
      const encoded = encodeJson(source, encoding)
      expect(encoded).toMatchObject({ ok: false, detail })
      if (!encoded.ok) expect(lineAndColumn(source, encoded.position)).toEqual(place)
    }
  })

  it('tells of numbers that no double has', () => {
    const exact = '[0.1, 1.50, 1e3, 12.5e-1, 0.000, -0, 9007199254740993]'
    expect(encodeJson(exact, 'cbor')).toMatchObject({ ok: true, rounded: null })
    expect(encodeJson('[0.1, 0.12345678901234567890, 1e-400]', 'messagePack')).toMatchObject({
      ok: true,
      rounded: { count: 2, position: 6 },
    })
  })
})

describe('jsonSentAs', () => {
  it('gives JSON back that is sent as the same bytes', () => {
    fc.assert(
      fc.property(json, anyEncoding, (value, encoding) => {
        const bytes = bytesOf(JSON.stringify(value), encoding)
        const read = jsonSentAs(bytes, encoding)
        expect(read.ok).toBe(true)
        if (read.ok) expect(bytesOf(read.text, encoding)).toEqual(bytes)
      }),
    )
  })

  it('never says of any bytes what would be sent as others', () => {
    fc.assert(
      fc.property(fc.uint8Array(), anyEncoding, (bytes, encoding) => {
        const read = jsonSentAs(bytes, encoding)
        if (read.ok) expect(bytesOf(read.text, encoding)).toEqual(bytes)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['cbor', '', 'notEncoded'],
    ['cbor', '0000', 'notEncoded'],
    ['cbor', '9bffffffffffffffff', 'notEncoded'],
    ['cbor', '7bffffffffffffffff00', 'notEncoded'],
    ['cbor', '61ff', 'notEncoded'],
    ['cbor', '1c', 'notEncoded'],
    ['cbor', 'ff', 'notEncoded'],
    ['cbor', 'f7', 'beyondJson'],
    ['cbor', 'f97e00', 'beyondJson'],
    ['cbor', 'c11a514b67b0', 'beyondJson'],
    ['cbor', 'a10102', 'beyondJson'],
    ['cbor', '1801', 'otherBytes'],
    ['cbor', '9fff', 'otherBytes'],
    ['cbor', 'fb3ff8000000000000', 'otherBytes'],
    ['cbor', 'a1642468657862' + '3030', 'otherBytes'],
    ['cbor', '81'.repeat(501) + '00', 'tooMuch'],
    ['messagePack', 'c1', 'notEncoded'],
    ['messagePack', 'dd', 'notEncoded'],
    ['messagePack', 'ddffffffff', 'notEncoded'],
    ['messagePack', 'd6ff00000000', 'beyondJson'],
    ['messagePack', '8101c0', 'beyondJson'],
    ['messagePack', 'cc01', 'otherBytes'],
    ['messagePack', 'ca3fc00000', 'otherBytes'],
  ] as const)('says why %s %s stays as it is: %s', (encoding, hex, reason) => {
    expect(jsonSentAs(unhex(hex), encoding)).toEqual({ ok: false, reason })
  })

  it('does not read megabytes at once', () => {
    expect(jsonSentAs(new Uint8Array(2 ** 20 + 1), 'cbor')).toEqual({ ok: false, reason: 'tooMuch' })
  })

  it('lays it out, with bytes and with floats that stay floats', () => {
    expect(jsonSentAs(unhex('a261614201ff6162f93c00'), 'cbor')).toEqual({
      ok: true,
      text: '{\n  "a": {\n    "$hex": "01ff"\n  },\n  "b": 1.0\n}',
    })
  })
})
