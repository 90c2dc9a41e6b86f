import fc from 'fast-check'
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { DecodingFault } from '#shared/encoding/decodingFault'
import { decompress } from './decompress'

const limit = 2 ** 20
const compressors = { gzip: gzipSync, zlib: deflateSync, deflate: deflateRawSync } as const
const kinds = ['gzip', 'zlib', 'deflate'] as const

const faultOf = (run: () => unknown): DecodingFault | null => {
  try {
    run()
    return null
  } catch (error) {
    if (error instanceof DecodingFault) return error
    throw error
  }
}

it('gives back whatever Node has compressed', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .array(fc.constantFrom('{"t":', '21.5', '}', 'plant/line', '\n'), { maxLength: 2_000 })
      .map((words) => new TextEncoder().encode(words.join(''))),
  )
  fc.assert(
    fc.property(bytes, fc.constantFrom(...kinds), fc.nat(9), (given, kind, level) => {
      const compressed = new Uint8Array(compressors[kind](given, { level }))
      expect(Buffer.compare(decompress(kind, compressed, limit), given)).toBe(0)
    }),
  )
})

it('reads members of gzip one behind the other', () => {
  const two = new Uint8Array([...gzipSync('one '), ...gzipSync('two')])
  expect(new TextDecoder().decode(decompress('gzip', two, limit))).toBe('one two')
})

it('ends at the limit, and says what is cut short, damaged, or left over', () => {
  const bomb = new Uint8Array(gzipSync(new Uint8Array(8 * limit)))
  expect(faultOf(() => decompress('gzip', bomb, limit))?.reason).toBe('tooLarge')
  const text = new Uint8Array(gzipSync('{"t":21.5,"unit":"°C"}'))
  expect(faultOf(() => decompress('gzip', text.subarray(0, 20), limit))).toMatchObject({
    reason: 'cutShort',
    offset: 20,
  })
  expect(faultOf(() => decompress('gzip', new Uint8Array([...text, 0]), limit))).toMatchObject({
    reason: 'leftOver',
    offset: text.length,
  })
  const wrongSum = text.slice()
  wrongSum[text.length - 8] = (wrongSum[text.length - 8] ?? 0) ^ 1
  expect(faultOf(() => decompress('gzip', wrongSum, limit))).toMatchObject({
    reason: 'badCompression',
    offset: text.length - 8,
  })
})

it('never fails in another way, whatever the bytes are', () => {
  const given = new Uint8Array(gzipSync('{"temperature":21.5}'.repeat(20)))
  fc.assert(
    fc.property(fc.nat(given.length - 1), fc.nat(255), fc.constantFrom(...kinds), (at, byte, kind) => {
      const changed = kind === 'gzip' ? given.slice() : given.slice(10)
      changed[at % changed.length] = byte
      faultOf(() => decompress(kind, changed, limit))
    }),
  )
})
