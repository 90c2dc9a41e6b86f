import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDecimals, shortNumber } from './decimals'
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

describe('numbers', () => {
  const digits = fc
    .array(fc.nat(9), { minLength: 1, maxLength: 18 })
    .map((list) => list.join('').replace(/^0+(?=\d)/, ''))
  const decimal = fc
    .tuple(fc.constantFrom('', '-'), digits, fc.oneof(fc.constant(''), digits), fc.integer({ min: -30, max: 30 }))
    .map(([sign, whole, fraction, power]) => {
      const point = fraction === '' ? '' : `.${fraction}`
      return `${sign}${whole}${point}${power > 20 ? `e${power}` : power < -20 ? `E${power}` : ''}`
    })
  const scaled = (text: string) => {
    const [mantissa = '', power = '0'] = text.toLowerCase().split('e')
    const [whole = '', fraction = ''] = mantissa.split('.')
    return BigInt(whole + fraction) * 10n ** BigInt(60 + Number(power) - fraction.length)
  }
  const signOf = (difference: bigint) => (difference > 0n ? 1 : difference < 0n ? -1 : 0)
  const short = (text: string) => shortNumber(bytesOf(text), 0, text.length)

  it('compare by all their digits', () => {
    expect(compareDecimals('9007199254740993', '9007199254740992')).toBeGreaterThan(0)
    fc.assert(
      fc.property(decimal, decimal, fc.boolean(), (one, other, isNear) => {
        const second = isNear ? `${one.slice(0, -1)}${(Number(one.at(-1)) + 1) % 10}` : other
        expect(Math.sign(compareDecimals(one, second))).toBe(signOf(scaled(one) - scaled(second)))
        const difference = short(one) - short(second)
        if (!Number.isNaN(difference)) expect(Math.sign(difference)).toBe(signOf(scaled(one) - scaled(second)))
      }),
      { numRuns: 2_000 },
    )
  })

  it('are read from their bytes where they are short', () => {
    expect(['-21.50', '0', '123456789012345', '1234567890123456', '1e3', '"5"', 'true'].map(short)).toEqual([
      -21.5,
      0,
      123_456_789_012_345,
      NaN,
      NaN,
      NaN,
      NaN,
    ])
  })
})
