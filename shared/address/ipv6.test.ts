import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isIpv6 } from './ipv6'

const isHostOfUrl = (text: string): boolean => {
  try {
    return new URL(`http://[${text}]/`).hostname !== ''
  } catch {
    return false
  }
}

it('agrees with the WHATWG parser, whatever is written', () => {
  const nearly = fc.string({ unit: fc.constantFrom(...Array.from('0f1:::.2')), maxLength: 24 })
  const groups = fc
    .array(fc.constantFrom('', '0', 'ff', 'FFFF', '10.0.0.7', '1.2.3.256', '12345'), { maxLength: 10 })
    .map((list) => list.join(':'))
  fc.assert(
    fc.property(fc.oneof(nearly, groups, fc.ipV6()), (text) => {
      expect(isIpv6(text)).toBe(isHostOfUrl(text))
    }),
    { numRuns: 2_000 },
  )
})

it('takes a zone, which a URL does not', () => {
  expect(isIpv6('fe80::1%eth0')).toBe(true)
  expect(isIpv6('fe80::1%')).toBe(false)
})
