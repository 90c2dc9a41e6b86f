import { describe, expect, it } from 'vitest'
import { contentIn } from '../payloadViewTesting'
import { hexView } from '../views/hexView'

/** What is marked of each line, by hit. */
const marked = (payload: string, text: string, { matchCase = false, width = Infinity } = {}) => {
  const content = contentIn(hexView, payload, width)
  const finder = content.find({ text, matchCase })
  while (!finder.advance(5));
  return Array.from({ length: content.lines.count }, (_, line) =>
    finder.spansIn(line).map(({ from, to }) => content.lines.at(line).text.slice(from, to)),
  )
}

describe('finding in hex', () => {
  it('marks bytes and characters of a text, in any case unless told', () => {
    expect(marked('xxabAB', 'Ab')).toEqual([['61 62', '41 42', 'ab', 'AB']])
    expect(marked('xxabAB', 'AB', { matchCase: true })).toEqual([['41 42', 'AB']])
  })

  it('takes pairs of hex digits as bytes too, whether they are apart or not', () => {
    expect(marked('{"a"', '7b 22')).toEqual([['7b 22', '{"']])
    expect(marked('{"a"', '7B22')).toEqual([['7b 22', '{"']])
    expect(marked('7b{', '7b')).toEqual([['37 62', '7b', '7b', '{']])
  })

  it('goes on in the next row, and over the gap in the middle of one', () => {
    expect(marked('0123456789abcdefXY', 'fXY')).toEqual([
      ['66', 'f'],
      ['58 59', 'XY'],
    ])
    expect(marked('0123456789', '789')).toEqual([['37  38 39', '789']])
    expect(marked('0123456789', '789', { width: 37 })).toEqual([
      ['37', '7'],
      ['38 39', '89'],
    ])
  })
})
