import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentIn } from '../payloadViewTesting'
import { jsonView } from '../views/jsonView'
import { foldLines } from './foldedLines'

const outlineOf = (text: string) => {
  const { lines, outline } = contentIn(jsonView, text)
  if (!outline) throw new Error('This is no JSON.')
  return { lines, outline: outline() }
}

describe('folded lines', () => {
  it('are the lines that no fold takes away, in their order', () => {
    fc.assert(
      fc.property(fc.json(), fc.array(fc.nat(30)), (text, chosen) => {
        const { lines, outline } = outlineOf(text)
        const folded = chosen.flatMap((index) => outline.openings[index] ?? [])
        const isAway = (line: number) => folded.some((one) => line > one && line <= (outline.closingOf(one) ?? one))
        const left = Array.from({ length: lines.count }, (_, line) => line).filter((line) => !isAway(line))
        const shown = foldLines({ count: lines.count, folded, closingOf: outline.closingOf })
        expect(Array.from({ length: shown.count }, (_, place) => shown.lineAt(place))).toEqual(left)
        for (let line = 0; line < lines.count; line += 1) {
          const seen = left.findLast((one) => one <= line) ?? 0
          expect(shown.placeOf(line)).toBe(left.indexOf(seen))
        }
      }),
    )
  })
})
