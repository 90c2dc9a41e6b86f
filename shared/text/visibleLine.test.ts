import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visibleLine } from './visibleLine'

const hostile = fc.string({
  unit: fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\r',
    '\u001b',
    '\u009b',
    '\u202e',
    '\u2028',
    '\u0000',
    '🌡',
    '\ud800',
    '\u200d',
  ),
  maxLength: 900,
})

describe('a line for a terminal or a log', () => {
  it.each([
    ['refused', 'refused'],
    ['red \u001b[31m', 'red \\u001b[31m'],
    ['one\r\n2026-01-01 forged line', 'one\\r\\n2026-01-01 forged line'],
    ['\u009b2J\u0007', '\\u009b2J\\u0007'],
    ['gnp.\u202eexe', 'gnp.\\u202eexe'],
    ['住家 é 🌡', '住家 é 🌡'],
  ])('of %j is %j', (text, line) => {
    expect(visibleLine(text)).toBe(line)
  })

  it('is cut at the limit and says how much is left out', () => {
    const line = visibleLine('x'.repeat(65_535))
    expect(line).toMatch(/^x+… \(\d+ more characters\)$/)
    expect(line.length).toBeLessThanOrEqual(300)
    const shown = line.indexOf('…')
    expect(line).toContain(`(${65_535 - shown} more characters)`)
    expect(visibleLine('x'.repeat(300))).toBe('x'.repeat(300))
  })

  it('never holds a control or a format character and never more characters than allowed', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 40, max: 400 }), (text, limit) => {
        const line = visibleLine(text, limit)
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]/u)
        expect(Array.from(line).length).toBeLessThanOrEqual(limit)
      }),
    )
  })
})
