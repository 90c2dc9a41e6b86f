import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from '../text/anyTextTesting'
import { jsonPathOf, printJsonPath, readJsonPath } from './jsonPath'

describe('the path to a value in JSON', () => {
  it.each([
    ['$', []],
    ['$.temp', ['temp']],
    ['$.a.b[0].c', ['a', 'b', 0, 'c']],
    ['$["any name"].溫度', ['any name', '溫度']],
    ['$["a\\"]"]["\\u0061\\n"]', ['a"]', 'a\n']],
    ['$["\\d"]["\\u12"]', ['\\d', '\\u12']],
    ['$.a$.b-c', ['a$', 'b-c']],
  ])('%s is read', (text, path) => {
    expect(jsonPathOf(text)).toEqual(path)
  })

  it.each(['', 'temp', '$temp', '$.', '$..a', '$.a b', '$.a=1', '$[x]', '$[0', '$["a', '$["a"', '$[1234567890123456]'])(
    '%s is none',
    (text) => {
      expect(jsonPathOf(text)).toBeNull()
    },
  )

  it('ends where something else begins, or says which step is wrong', () => {
    expect(readJsonPath('x $.a[1] > 3', 2)).toEqual({ path: ['a', 1], end: 8 })
    expect(readJsonPath('$.a[x]', 0)).toEqual({ badAt: 3, isQuoteOpen: false })
    expect(readJsonPath('$.a["x', 0)).toEqual({ badAt: 3, isQuoteOpen: true })
    expect(readJsonPath('$.a["x"y]', 0)).toEqual({ badAt: 3, isQuoteOpen: false })
  })

  it('is read as it was printed', () => {
    const step = fc.oneof(fc.string({ unit: anyCharacter }), fc.constantFrom('a', '"', '\\', '\n', 'a b'), fc.nat(99))
    fc.assert(
      fc.property(fc.array(step), (path) => {
        expect(jsonPathOf(printJsonPath(path))).toEqual(path)
      }),
    )
  })
})
