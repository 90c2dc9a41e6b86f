import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Lines } from '../lines'
import { findInLines } from './findInLines'
import type { Finder } from './finder'

/** Texts cut into pieces, as a view cuts them. */
const linesOf = (texts: readonly (readonly string[])[]): Lines => {
  const all = texts.flatMap((pieces) => pieces.map((text, index) => ({ text, continues: index < pieces.length - 1 })))
  return { count: all.length, at: (index) => all[index] ?? { text: '', continues: false } }
}

/** Each hit, put together from its parts. */
const hitsOf = (finder: Finder, lines: Lines): readonly string[] => {
  while (!finder.advance(5));
  const hits = Array.from({ length: finder.count() }, () => '')
  for (let line = 0; line < lines.count; line += 1)
    for (const { from, to, hit } of finder.spansIn(line))
      hits[hit] = `${hits[hit]}${lines.at(line).text.slice(from, to)}`
  return hits
}

const find = (texts: readonly (readonly string[])[], text: string, matchCase = false) => {
  const lines = linesOf(texts)
  return hitsOf(findInLines(lines, { text, matchCase }), lines)
}

describe('finding in lines', () => {
  it('takes the text as it is, in any case unless told', () => {
    expect(find([['a.b A.B axb']], 'a.b')).toEqual(['a.b', 'A.B'])
    expect(find([['a.b A.B axb']], 'a.b', true)).toEqual(['a.b'])
    expect(find([['a']], '')).toEqual([])
  })

  it('finds as often as in the lines before they were cut', () => {
    const piece = fc.array(fc.constantFrom('a', 'b', 'A'), { maxLength: 4 }).map((letters) => letters.join(''))
    const texts = fc.array(fc.array(piece, { minLength: 1, maxLength: 5 }), { maxLength: 5 })
    const wanted = fc
      .array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 6 })
      .map((letters) => letters.join(''))
    fc.assert(
      fc.property(texts, wanted, (given, text) => {
        const whole = given.flatMap((pieces) => pieces.join('').match(new RegExp(text, 'gi')) ?? [])
        expect(find(given, text)).toEqual(whole)
      }),
    )
  })
})
