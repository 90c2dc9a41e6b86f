import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonPathOf } from './jsonPath'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { createJsonValueReader } from './jsonValue'

const at = (path: string, text: string) => createJsonValueReader(jsonPathOf(path) ?? ['no path'])(encodeUtf8(text))

describe('a value of a JSON payload', () => {
  it('is as it is written, white space aside', () => {
    expect(at('$.n', '{"n" : 9007199254740993.10}')).toBe('9007199254740993.10')
    expect(at('$.a', '{ "a" : [ 1,\n2, {"b":null, "c , :" : [ ]} ] }')).toBe('[1, 2, {"b": null, "c , :": []}]')
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

  it('is what a reader of the whole text finds, containers on one line', () => {
    const parsed = (text: string) => JSON.parse(text) as unknown
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = at('$.a', JSON.stringify({ a: value }, null, indent)) ?? ''
        if (typeof value === 'string') expect(text).toBe(value)
        else expect(parsed(text)).toEqual(parsed(JSON.stringify(value)))
        if (typeof value === 'object') expect(text).toBe(at('$.a', JSON.stringify({ a: value })))
      }),
    )
  })
})
