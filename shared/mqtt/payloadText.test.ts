import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBase64, formatHex, parseBase64, parseHex } from './payloadText'

const anyBytes = fc.uint8Array({ maxLength: 300 })

describe('hex', () => {
  it('comes back byte for byte', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(formatHex(bytes)).toBe(
          Buffer.from(bytes)
            .toString('hex')
            .replace(/..(?=.)/g, '$& '),
        )
        expect(parseHex(formatHex(bytes))).toEqual({ ok: true, bytes })
      }),
    )
  })

  it('reads the groups Buffer reads when they are joined', () => {
    const separator = fc.constantFrom('', ' ', '\n', ':', ', ', '-', ' 0x')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 255 }), separator)), (pairs) => {
        const text = pairs.map(([byte, between]) => byte.toString(16).toUpperCase().padStart(2, '0') + between).join('')
        const trimmed = text.endsWith('0x') ? text.slice(0, -2) : text
        expect(parseHex(trimmed)).toEqual({ ok: true, bytes: Uint8Array.from(pairs, ([byte]) => byte) })
      }),
    )
  })

  it.each([
    ['4g', 'hexDigit', 1, 'g'],
    ['41 4', 'hexOdd', 3, '4'],
    ['414 42', 'hexOdd', 2, '4'],
    ['x41', 'hexDigit', 0, 'x'],
    ['4x', 'hexDigit', 1, 'x'],
    ['41 温', 'hexDigit', 3, '温'],
  ])('says where %j is wrong', (text, ...[problem, position, detail]) => {
    expect(parseHex(text)).toEqual({ ok: false, problem, position, detail })
  })
})

describe('Base64', () => {
  it('is written as Buffer writes it and comes back byte for byte', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(formatBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
        expect(parseBase64(formatBase64(bytes))).toEqual({ ok: true, bytes })
        expect(parseBase64(Buffer.from(bytes).toString('base64url'))).toEqual({ ok: true, bytes })
      }),
    )
  })

  it('lets white space stand anywhere', () => {
    expect(parseBase64(' aG\nk = ')).toEqual({ ok: true, bytes: Uint8Array.from([104, 105]) })
  })

  it.each([
    ['aGk*', 3, '*'],
    ['aGk==', 5, undefined],
    ['aGk=a', 4, 'a'],
    ['aGVsb', 5, undefined],
    ['=', 1, undefined],
    ['====', 2, '='],
    ['aé', 1, 'é'],
  ])('says where %j is wrong', (text, position, detail) => {
    const given = detail === undefined ? {} : { detail }
    expect(parseBase64(text)).toEqual({ ok: false, problem: 'base64', position, ...given })
  })
})
