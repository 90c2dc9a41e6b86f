import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from '#shared/text/anyTextTesting'
import { safeFileName } from './safeFileName'

describe('an offered file name', () => {
  it.each([
    ['plant.json', 'plant.json'],
    ['客廳/溫度.txt', '客廳_溫度.txt'],
    ['a\\b:c*d?e"f<g>h|i', 'a_b_c_d_e_f_g_h_i'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..', 'file'],
    [' . ', 'file'],
    ['', 'file'],
    ['\u0000\u001b[2J\u007f\u0085x', '__[2J__x'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['\u2066a\u2069\u200e\u200f\u061c', 'a'],
    ['\u200b\u2060\ufeffa\u00ad', 'a'],
    ['a\u2028b\u2029c', 'abc'],
    ['\ud800a\udc00', 'a'],
    ['name. . ', 'name'],
    ['می\u200cخواهم.txt', 'می\u200cخواهم.txt'],
    ['👩\u200d🔬.png', '👩\u200d🔬.png'],
    ['a\u200d', 'a'],
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['nul .tar.gz', '_nul .tar.gz'],
    ['COM1', '_COM1'],
    ['com¹.txt', '_com¹.txt'],
    ['LPT9.x', '_LPT9.x'],
    ['CONIN$', '_CONIN$'],
    ['C\u200bON', '_CON'],
    ['console', 'console'],
    ['COM10', 'COM10'],
    ['\u3164', 'file'],
  ])('%j becomes %j', (suggested, name) => {
    expect(safeFileName(suggested)).toBe(name)
  })

  it('is short enough for any file system, keeps its extension and no half of a character', () => {
    const name = safeFileName(`${'溫'.repeat(200)}.json`)
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200)
    expect(name).toMatch(/^溫+\.json$/)
    expect(safeFileName(`a.${'b'.repeat(300)}`)).toHaveLength(200)
    expect(safeFileName('😀'.repeat(100))).toMatch(/^(?:😀)+$/u)
  })

  it('is safe whatever comes, and stays what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (suggested) => {
        const name = safeFileName(suggested)
        expect(name).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}<>:"/\\|?*\u202a-\u202e\u2066-\u2069]|^[\s.]|[\s.]$|^$/u)
        expect(safeFileName(name)).toBe(name)
      }),
    )
  })
})
