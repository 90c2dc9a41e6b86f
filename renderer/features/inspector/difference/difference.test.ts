import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestLine } from '../../../decode/textLines'
import { differenceOf } from './difference'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('difference', () => {
  it('is found in JSON line by line', () => {
    const difference = differenceOf(bytes('{"a":1,"b":2}'), bytes('{"a":1,"b":3}'))
    expect(difference).toMatchObject({ kind: 'lines', added: 1, removed: 1 })
    expect(difference.kind === 'lines' && difference.lines.map(({ sign, text }) => sign + text)).toEqual([
      ' {',
      '   "a": 1,',
      '-  "b": 2',
      '+  "b": 3',
      ' }',
    ])
  })

  it('says what is the same', () => {
    expect(differenceOf(bytes('x'), bytes('x')).kind).toBe('identical')
    expect(differenceOf(bytes('{"a":1}'), bytes('{ "a": 1 }')).kind).toBe('whiteSpaceOnly')
    expect(differenceOf(bytes('x'.repeat(300_000)), bytes('y')).kind).toBe('tooLarge')
  })

  it('compares binary payloads by their dump', () => {
    expect(differenceOf(Uint8Array.from([0xff]), Uint8Array.from([0xfe]))).toMatchObject({ added: 1, removed: 1 })
  })

  it('keeps every line of both sides', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', ''), { maxLength: 8 }).map((list) => list.join('\n'))
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const difference = differenceOf(bytes(before), bytes(after))
        if (difference.kind !== 'lines') {
          expect(before).toBe(after)
          return
        }
        const side = (left: string) =>
          difference.lines
            .filter(({ sign }) => sign === ' ' || sign === left)
            .map(({ text }) => text)
            .join('\n')
        expect([side('-'), side('+')]).toEqual([before, after])
      }),
    )
  })
})

describe('the difference of long lines', () => {
  it('is shown in parts, each line counted once', () => {
    const before = 'x'.repeat(10_000)
    const difference = differenceOf(bytes(before), bytes(`${before}y`))
    expect(difference).toMatchObject({ added: 1, removed: 1 })
    if (difference.kind !== 'lines') return
    expect(Math.max(...difference.lines.map((line) => line.text.length))).toBeLessThanOrEqual(longestLine)
    const added = difference.lines.filter(({ sign }) => sign === '+')
    expect(added.map((line) => line.text).join('')).toBe(`${before}y`)
    expect(added.map((line) => line.continues)).toEqual([true, true, true, true, true, false])
  })

  it('shows a NUL or a byte order mark as a difference', () => {
    expect(differenceOf(bytes('23.5'), bytes('23.5\0'))).toMatchObject({ kind: 'lines', added: 1, removed: 1 })
    expect(differenceOf(bytes('{}'), bytes('\ufeff{}'))).toMatchObject({ kind: 'lines', added: 1, removed: 1 })
  })
})
