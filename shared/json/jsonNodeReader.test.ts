import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonDecoder } from '#shared/decoding/jsonDecoder'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { createJsonNodeReader } from './jsonNodeReader'

const decompress = () => new Uint8Array()

const readAll = (bytes: Uint8Array) => {
  const reader = createJsonNodeReader(bytes)
  while (!reader.advance(7));
  return reader.root()
}

const decoded = (bytes: Uint8Array) => {
  const read = jsonDecoder.decode(bytes, { decompress })
  return read.ok ? (read.nodes[0] ?? null) : null
}

describe('JSON read as nodes piece by piece', () => {
  it('is what the decoder reads in one go: values, types and bytes', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'grapheme' }), fc.constantFrom('', ' ', '\r\n\t'), (json, white) => {
        const bytes = encodeUtf8(json.replaceAll(/(?<=[,:])(?=["[{\d])/g, white))
        expect(readAll(bytes)).toEqual(decoded(bytes))
      }),
    )
  })

  it('is refused where the decoder refuses it', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u00e9"',
      '1',
      '-0.50e+3',
      'true',
      'nul',
      ' ',
      '"',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 9 }), (parts) => {
        const bytes = encodeUtf8(parts.join(''))
        expect(readAll(bytes)).toEqual(decoded(bytes))
      }),
      { numRuns: 2_000 },
    )
  })

  it('keeps members of one name, and every digit', () => {
    const root = readAll(encodeUtf8('{"a":9007199254740993,"a":1.50}'))
    expect(root?.kind === 'map' ? root.members.map(({ name, value }) => [name, value]) : root).toMatchObject([
      ['a', { digits: '9007199254740993', offset: 5, length: 16 }],
      ['a', { digits: '1.50', offset: 26 }],
    ])
  })

  it('is not there before all is read, and gives up beyond its depth', () => {
    const reader = createJsonNodeReader(encodeUtf8(`[${'1,'.repeat(300_000)}1]`))
    expect(reader.advance(1_000)).toBe(false)
    expect(reader.root()).toBeNull()
    expect(readAll(encodeUtf8('['.repeat(501) + ']'.repeat(501)))).toBeNull()
  })
})
