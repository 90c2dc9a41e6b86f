import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJsonFieldReader } from './jsonFields'

type Path = readonly (string | number)[]

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** The values of the paths as they are written; null = the text is no JSON. */
const readAll = (text: string, paths: readonly Path[]) => {
  const bytes = bytesOf(`xx${text}yy`)
  const reader = createJsonFieldReader(paths)
  if (!reader.read(bytes, 2, bytes.length - 2)) return null
  return paths.map((_, slot) => {
    const start = reader.starts[slot] ?? -1
    return start < 0 ? undefined : new TextDecoder().decode(bytes.subarray(start, reader.ends[slot]))
  })
}

const parsed = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}
const at = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>((from, step) => {
    if (typeof from !== 'object' || from === null || Array.isArray(from) !== (typeof step === 'number'))
      return undefined
    return Object.hasOwn(from, step) ? (from as Record<string | number, unknown>)[step] : undefined
  }, root)

describe('values in JSON', () => {
  it('are found where JSON.parse finds them, and only in what it takes for JSON', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '"\\u0061"',
      '"é\\n"',
      '1',
      '-0.5e+3',
      '01',
      '-',
      'true',
      'nul',
      ' ',
      '\n',
    ]
    const loose = fc
      .array(fc.constantFrom(...pieces, '"', '\\', '\t', '\u0001', '\ufeff'), { maxLength: 12 })
      .map((list) => list.join(''))
    const sound = fc
      .json({ maxDepth: 4, stringUnit: 'grapheme' })
      .map((text) => text.replaceAll(/"[^"\\]*":/g, (key) => (key.length % 2 === 0 ? '"a":' : '"b":')))
    const step = fc.constantFrom<string | number>('a', 'b', 0, 1)
    const paths = fc.uniqueArray(fc.array(step, { maxLength: 3 }), { maxLength: 4, selector: (path) => path.join('/') })
    fc.assert(
      fc.property(fc.oneof(sound, loose), paths, (text, wanted) => {
        const whole = parsed(text)
        const found = readAll(text, wanted)
        expect(found === null).toBe(whole === null)
        if (!whole || !found) return
        expect(found.map((one) => (one === undefined ? undefined : (JSON.parse(one) as unknown)))).toEqual(
          wanted.map((path) => at(whole.value, path)),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('are those of the last of equal keys', () => {
    expect(readAll('{"a":{"b":1},"a":2}', [['a', 'b'], ['a']])).toEqual([undefined, '2'])
    expect(readAll('{"a":{"b":1},"\\u0061":{"b": 3 }}', [['a', 'b']])).toEqual(['3'])
  })

  it('are found at any depth', () => {
    const deep = 100_000
    expect(readAll(`${'['.repeat(deep)}${']'.repeat(deep)}`, [[0]])).toEqual([
      '['.repeat(deep - 1) + ']'.repeat(deep - 1),
    ])
    expect(readAll('['.repeat(deep), [[0]])).toBeNull()
  })
})
