import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFileName, encodeFileName, fitsFileName, foldFileName, freeFileName } from './fileNames'

const anyName = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom('c', 'o', 'n', 'C', 'ſ', 'K', '.', ' ', '%', '~', '/', '1', 'é', 'e\u0301', 'ß', '\ud800'),
    minLength: 1,
  }),
)

/** What each system says of a name of a file. */
const refusedOnWindows = (name: string) =>
  /[<>:"/\\|?*\u0000-\u001f]|[. ]$/.test(name) ||
  /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i.test(name)
const refusedOnUnix = (name: string) => /[/\u0000]/.test(name) || name === '.' || name === '..'
const isWellFormed = (text: string) => !/\p{Cs}/u.test(text)

describe('a file name', () => {
  it.each([
    ['Start', 'Start'],
    ['pump/1', 'pump%2F1'],
    ['100 %', '100 %25'],
    ['..', '%2E%2E'],
    ['.git', '%2Egit'],
    ['a.', 'a%2E'],
    ['CON', '%43ON'],
    ['com1.txt', '%63om1.txt'],
    ['nul .x', '%6Eul .x'],
    ['console', 'console'],
    ['溫度 ✓', '溫度 ✓'],
    ['a\u202eb', 'a%E2%80%AEb'],
    ['\ud800x', '%uD800x'],
    ['e\u0301', 'é'],
  ])('of %j is %j', (name, fileName) => {
    expect(encodeFileName(name)).toBe(fileName)
    expect(decodeFileName(fileName)).toBe(name.normalize('NFC'))
  })

  it('gives back the name it was made of, and is taken by every system', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const fileName = encodeFileName(name)
        if (fitsFileName(name)) expect(decodeFileName(fileName)).toBe(name.normalize('NFC'))
        for (const whole of [fileName, `${fileName}.message.json`, `${fileName}.bin`]) {
          expect(refusedOnWindows(whole)).toBe(false)
          expect(refusedOnUnix(whole)).toBe(false)
        }
        expect(isWellFormed(fileName)).toBe(true)
        expect(fileName).toBe(fileName.normalize('NFC'))
        expect(fileName).not.toMatch(/^[.~]|^$/)
        expect(new TextEncoder().encode(fileName).length).toBeLessThanOrEqual(180)
        expect(fileName.length).toBeLessThanOrEqual(180)
      }),
    )
  })

  it('is a name of its own for each other name, long ones too', () => {
    fc.assert(
      fc.property(anyName, anyName, fc.nat(300), (one, other, length) => {
        const [first, second] = [one.normalize('NFC'), other.normalize('NFC')]
        fc.pre(first !== second)
        expect(encodeFileName(first)).not.toBe(encodeFileName(second))
        const start = 'x'.repeat(length)
        expect(encodeFileName(start + first)).not.toBe(encodeFileName(start + second))
      }),
    )
  })

  it('is never one file with another one, on systems that fold case and forms', () => {
    fc.assert(
      fc.property(fc.array(anyName, { maxLength: 40 }), (names) => {
        const taken = new Set<string>()
        for (const name of names) taken.add(foldFileName(freeFileName(name, (fold) => taken.has(fold))))
        expect(taken.size).toBe(names.length)
      }),
    )
    expect(freeFileName('start', (fold) => fold === foldFileName('START'))).toBe('start~2')
  })
})
