import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldPathOf, isFieldPath, jsonFieldText } from './jsonField'

const at = (path: string, text: string) => jsonFieldText(text, fieldPathOf(path) ?? ['no path'])

describe('the path to a field', () => {
  it.each([
    ['$', []],
    ['$.temp', ['temp']],
    ['$.a.b[0].c', ['a', 'b', 0, 'c']],
    ['$["any name"].溫度', ['any name', '溫度']],
    ['$["a\\"]"]', ['a"]']],
  ])('%s is read', (text, path) => {
    expect(fieldPathOf(text)).toEqual(path)
  })

  it.each(['', 'temp', '$temp', '$.', '$..a', '$.a b', '$[x]', '$[0', '$["a', '$.a$'])('%s is none', (text) => {
    expect(isFieldPath(text)).toBe(text === '$.a$')
  })
})

describe('a field of a JSON text', () => {
  it('is as it is written, white space aside', () => {
    expect(at('$.n', '{"n" : 9007199254740993.10}')).toBe('9007199254740993.10')
    expect(at('$.a', '{ "a" : [ 1,\n2, {"b":null} ] }')).toBe('[1, 2, {"b": null}]')
    expect(at('$', ' true ')).toBe('true')
    expect(at('$.a[1]', '{"a":["x","y\\n"]}')).toBe('y\n')
  })

  it('is the last one of its name', () => {
    expect(at('$.a', '{"a":1,"b":{"a":3},"\\u0061":2}')).toBe('2')
    expect(at('$.a.b', '{"a":{"b":1},"a":{}}')).toBeNull()
  })

  it('is missing where the text is no JSON, or goes another way', () => {
    for (const text of ['', '{"a":', '{"a":1} x', '[1]', '{"b":1}', '{"a":{}}']) expect(at('$.a.c', text)).toBeNull()
    expect(at('$[0]', '{"0":1}')).toBeNull()
  })

  it('is what a reader of the whole text finds', () => {
    const found = (value: unknown, path: readonly (string | number)[]): unknown =>
      path.reduce<unknown>((inside, key) => {
        const isThere = typeof inside === 'object' && inside !== null && Object.hasOwn(inside, key)
        const isFitting = Array.isArray(inside) === (typeof key === 'number')
        return isThere && isFitting ? (inside as Record<string | number, unknown>)[key] : undefined
      }, value)
    const path = fc.array(fc.oneof(fc.constantFrom('a', 'b', '__proto__'), fc.nat(2)), { maxLength: 3 })
    const json = fc
      .jsonValue({ maxDepth: 4 })
      .chain((any) => fc.constantFrom<unknown>(any, { a: any }, { a: { b: any } }, [any, { b: [any] }]))
    fc.assert(
      fc.property(json, path, (value, way) => {
        const wanted = found(JSON.parse(JSON.stringify(value)), way)
        const text = jsonFieldText(JSON.stringify(value), way)
        if (wanted === undefined) expect(text).toBeNull()
        else if (typeof wanted === 'string') expect(text).toBe(wanted)
        else expect(JSON.parse(text ?? '')).toEqual(wanted)
      }),
    )
  })
})
