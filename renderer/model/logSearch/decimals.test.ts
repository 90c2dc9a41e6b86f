import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDecimals, shortNumber, shortNumberIn } from './decimals'

const bytesOf = (text: string) => new TextEncoder().encode(text)

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
        const inTexts = shortNumberIn(one) - shortNumberIn(second)
        if (!Number.isNaN(inTexts)) expect(Math.sign(inTexts) + 0).toBe(signOf(scaled(one) - scaled(second)))
        // 0 is -0 less 0.
        if (!Number.isNaN(difference)) expect(Math.sign(difference) + 0).toBe(signOf(scaled(one) - scaled(second)))
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([short, shortNumberIn])('are read where they are short', (read) => {
    expect(['-21.50', '0', '123456789012345', '1234567890123456', '1e3', '"5"', 'true'].map(read)).toEqual([
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
