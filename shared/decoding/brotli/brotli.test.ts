import fc from 'fast-check'
import { brotliCompressSync, constants } from 'node:zlib'
import { expect, it } from 'vitest'
import { DecodingFault } from '#shared/encoding/decodingFault'
import { decompressBrotli } from './brotli'

const limit = 2 ** 20

const faultOf = (run: () => unknown): DecodingFault | null => {
  try {
    run()
    return null
  } catch (error) {
    if (error instanceof DecodingFault) return error
    throw error
  }
}

const compressed = (bytes: Uint8Array | string, quality = 11, window = 22): Uint8Array =>
  new Uint8Array(
    brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: window },
    }),
  )

it('gives back whatever Node has compressed, of every quality and window', () => {
  // Words of the dictionary, also as it changes them, and bytes of every kind.
  const words = fc.constantFrom(
    '{"temperature":',
    ' the ',
    'Information',
    'WINDOWS',
    'ünïcode',
    '温度',
    ' http://www.',
    '21.5',
    '\n',
  )
  const texts = fc.array(words, { maxLength: 3_000 }).map((all) => new TextEncoder().encode(all.join('')))
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 3_000 }), texts)
  fc.assert(
    fc.property(bytes, fc.nat(11), fc.integer({ min: 10, max: 24 }), (given, quality, window) => {
      expect(Buffer.compare(decompressBrotli(compressed(given, quality, window), limit), given)).toBe(0)
    }),
  )
})

it('gives back long texts, of several meta-blocks', () => {
  const lines = Array.from({ length: 20_000 }, (_, at) =>
    JSON.stringify({ at, value: (at * 7919) % 1_009, unit: 'the time' }),
  )
  const text = lines.join('\n')
  for (const quality of [1, 5, 9]) {
    const given = compressed(text, quality)
    expect(new TextDecoder().decode(decompressBrotli(given, 4 * limit))).toBe(text)
  }
})

it('ends at the limit, and says what is cut short, damaged, or left over', () => {
  expect(faultOf(() => decompressBrotli(compressed(new Uint8Array(8 * limit)), limit))?.reason).toBe('tooLarge')
  const text = compressed('{"t":21.5,"unit":"°C","note":"the quick brown fox"}')
  expect(faultOf(() => decompressBrotli(text.subarray(0, -4), limit))).toMatchObject({ reason: 'cutShort' })
  expect(faultOf(() => decompressBrotli(new Uint8Array([...text, 0]), limit))).toMatchObject({
    reason: 'leftOver',
    offset: text.length,
  })
  expect(faultOf(() => decompressBrotli(new Uint8Array(), limit))).toMatchObject({ reason: 'cutShort', offset: 0 })
  // A reserved bit, and a window of another format.
  expect(faultOf(() => decompressBrotli(Uint8Array.from([0x11, 0]), limit))?.reason).toBe('badCompression')
})

it('never fails in another way, whatever the bytes are', () => {
  const given = compressed('{"temperature":21.5,"information":"the time of the day"}'.repeat(20))
  fc.assert(
    fc.property(fc.nat(given.length - 1), fc.nat(255), fc.nat(given.length - 1), (at, byte, other) => {
      const changed = given.slice()
      changed[at] = byte
      changed[other] = (changed[other] ?? 0) ^ byte
      faultOf(() => decompressBrotli(changed, limit))
    }),
    { numRuns: 1_000 },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void faultOf(() => decompressBrotli(bytes, limit))),
  )
})
