import { expect, it } from 'vitest'
import { contentIn, linesIn } from '../payloadViewTesting'
import { hexView } from './hexView'

it('shows offset, hex and ASCII', () => {
  const payload = Uint8Array.from({ length: 18 }, (_, index) => index + 0x41)
  expect(linesIn(hexView, payload)).toEqual([
    '00000000  41 42 43 44 45 46 47 48  49 4a 4b 4c 4d 4e 4f 50  ABCDEFGHIJKLMNOP',
    '00000010  51 52                                             QR',
  ])
})

it.each([
  [75, 8],
  [76, 16],
  [37, 8],
  [36, 4],
  [10, 4],
])('lays out rows that fit into %s characters: %s bytes each', (width, length) => {
  const payload = Uint8Array.from({ length: 40 }, (_, index) => index + 0x41)
  const lines = linesIn(hexView, payload, width)
  const characters = lines.map((line) => line.slice((lines[0] ?? '').length - length))
  expect(characters.join('')).toBe(String.fromCharCode(...payload))
  expect(characters).toHaveLength(Math.ceil(40 / length))
  expect(hexView.widths?.(payload.length)).toEqual([27, 37, 41, 43, 76])
})

it('writes offsets in as many digits as the payload needs where there is little room', () => {
  const large = new Uint8Array(0x1_0001)
  expect(linesIn(hexView, large, 38).at(-1)).toMatch(/^10000 00 +·$/)
  expect(linesIn(hexView, large.subarray(1), 37).at(-1)).toBe('fff8 00 00 00 00 00 00 00 00 ········')
  expect(linesIn(hexView, large, 43).at(-1)).toMatch(/^00010000 {2}00 +·$/)
})

it('knows which byte stands at a column, as hex and as a character', () => {
  const payload = Uint8Array.from({ length: 32 }, (_, index) => index + 0x41)
  for (const width of [30, 37, 76]) {
    const grid = contentIn(hexView, payload, width).byteGrid
    for (let offset = 0; offset < payload.length; offset += 1)
      for (const { line, from, to } of grid?.placesOf(offset, offset + 1) ?? [])
        for (let column = from; column < to; column += 1)
          expect(line * (grid?.length ?? 0) + (grid?.byteAt(column) ?? -1)).toBe(offset)
    expect([grid?.byteAt(0), grid?.byteAt(1_000)]).toEqual([null, null])
  }
})
