import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginJson, jsonProblem, lineAndColumn, prettyJson } from './prettyJson'

/** The tokens of a valid text by a definition of its own: white space outside strings removed. */
const withoutWhite = (text: string) =>
  text.replace(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/gs, (_, string?: string) => string ?? '')

const parses = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Texts near JSON: JSON with one character changed, and strings of its own characters. */
const nearJson = fc.oneof(
  fc.json(),
  fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '0', '-', '.', 'e', ' ', '\n'),
    )
    .map(([text, at, character]) => {
      const position = at % (text.length + 1)
      return text.slice(0, position) + character + text.slice(position + 1)
    }),
  fc.string({ unit: fc.constantFrom(...'{ } [ ] : , " \\ u t 0 1 - . e E + f a l s n r'.split(' '), ' ', '\n', '\t') }),
)

describe('prettyJson', () => {
  it('keeps big integers, key order, duplicate keys and escapes', () => {
    expect(prettyJson('{"b":12345678901234567890.10,"a":"\\u00e9\\/","b":[],"c":{}}')).toEqual({
      ok: true,
      text: '{\n  "b": 12345678901234567890.10,\n  "a": "\\u00e9\\/",\n  "b": [],\n  "c": {}\n}',
    })
  })

  it('lays out as JSON.stringify does where nothing is special', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        expect(prettyJson(text)).toEqual({ ok: true, text: JSON.stringify(JSON.parse(text), null, 2) })
      }),
    )
  })

  it('accepts exactly what JSON.parse accepts, and changes nothing but white space', () => {
    fc.assert(
      fc.property(nearJson, (text) => {
        const pretty = prettyJson(text)
        expect(pretty.ok).toBe(parses(text))
        expect(jsonProblem(text) === null).toBe(pretty.ok)
        if (!pretty.ok) return
        expect(withoutWhite(pretty.text)).toBe(withoutWhite(text))
        expect(JSON.parse(pretty.text)).toEqual(JSON.parse(text))
        expect(prettyJson(pretty.text)).toEqual(pretty)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['', 0, 'unexpectedEnd'],
    ['{"a":1', 6, 'unexpectedEnd'],
    ['{"a" 1}', 5, 'colonExpected'],
    ['{"a":1,}', 7, 'keyExpected'],
    ['[1 2]', 3, 'commaExpected'],
    ['[1,]', 3, 'valueExpected'],
    ['01', 0, 'badNumber'],
    ['1.', 0, 'badNumber'],
    ['"\\x"', 1, 'badEscape'],
    ['"\\u12"', 1, 'badEscape'],
    ['"a\nb"', 2, 'controlCharacter'],
    ['"abc', 0, 'stringNotClosed'],
    ['{} x', 3, 'textAfterEnd'],
    ['[}', 1, 'valueExpected'],
    ["{'a':1}", 1, 'keyExpected'],
  ])('says where %j is wrong', (text, position, detail) => {
    expect(prettyJson(text)).toEqual({ ok: false, position, detail })
  })

  it('survives a hundred thousand open brackets without filling memory', () => {
    const depth = 100_000
    const pretty = prettyJson('['.repeat(depth) + ']'.repeat(depth))
    expect(pretty.ok && pretty.text.length).toBeLessThan(depth * 2 * 90)
  })
})

describe('lineAndColumn', () => {
  it('counts both from one', () => {
    expect(lineAndColumn('{\n  "a": x\n}', 9)).toEqual({ line: 2, column: 8 })
    expect(lineAndColumn('', 0)).toEqual({ line: 1, column: 1 })
  })
})

describe('beginJson', () => {
  it('finds a part at a time what is found at once', () => {
    fc.assert(
      fc.property(nearJson, fc.integer({ min: 1, max: 5 }), (text, tokens) => {
        const check = beginJson(text)
        let found = check.advance(tokens)
        while (found === 'more') found = check.advance(tokens)
        expect(found).toEqual(jsonProblem(text))
      }),
    )
  })
})
