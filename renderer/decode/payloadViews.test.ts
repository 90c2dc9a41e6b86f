import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wholePayloadBytes } from '#shared/model/frame'
import { languages } from '#shared/model/settings'
import { catalogues } from '#shared/i18n/catalogues'
import { payloadViewOf, payloadViews, viewFor } from './payloadViews'
import { contentIn } from './payloadViewTesting'

const bytes = (text: string) => new TextEncoder().encode(text)
const whole = (payload: Uint8Array | string, contentType = '') => {
  const all = typeof payload === 'string' ? bytes(payload) : payload
  return { bytes: all, payloadBytes: all.length, contentType }
}

describe('the view by rule', () => {
  it.each([
    ['{"a":1}', '', 'json'],
    [' [1,2]', '', 'json'],
    ['21.5', '', 'text'],
    ['21.5', 'application/json', 'json'],
    ['{"a":', 'application/json', 'text'],
    ['住家', '', 'text'],
    ['', 'application/json', 'text'],
    ['a\0b', '', 'hex'],
    ['\ufeff{"a":1}', '', 'json'],
    ['[1]\0', '', 'json'],
    ['\ufeff{}\0\0', '', 'json'],
    ['23.5\0', '', 'text'],
    ['\u001b[31mred', '', 'text'],
    ['{"a":1}\0old bytes', '', 'hex'],
  ])('of %j with content type %j is %s', (text, contentType, view) => {
    expect(viewFor(whole(text, contentType)).id).toBe(view)
  })

  it('is hex for what is not UTF-8', () => {
    expect(viewFor(whole(Uint8Array.from([0x61, 0xff]))).id).toBe('hex')
  })

  it('goes by the head of a payload that is too large to be looked through, and is never JSON', () => {
    const of = (head: string) => viewFor({ bytes: bytes(head), payloadBytes: wholePayloadBytes + 1 }).id
    expect([of('{"a":1}'), of('a\0b')]).toEqual(['text', 'hex'])
  })

  it('of several payloads is one that fits them all', () => {
    const of = (...texts: readonly string[]) => viewFor(...texts.map((text) => whole(text))).id
    expect(of('{}', '[1]')).toBe('json')
    expect(of('{}', 'on')).toBe('text')
    expect(of('', '{}')).toBe('text')
    expect(of('{}', 'a\0b')).toBe('hex')
    expect(of('', 'a\0b')).toBe('hex')
  })
})

describe('every payload view', () => {
  it('is found by its id, and has a label in every language', () => {
    for (const view of payloadViews) {
      expect(payloadViewOf(view.id)).toBe(view)
      for (const language of languages) expect(catalogues[language].inspector.views[view.id]).toMatch(/./)
    }
  })

  it('shows any payload, and says the same each time it is asked', () => {
    fc.assert(
      fc.property(fc.constantFrom(...payloadViews), fc.uint8Array({ maxLength: 300 }), (view, payload) => {
        const { lines, copyText, comparedText } = contentIn(view, payload)
        const read = () => Array.from({ length: lines.count }, (_, index) => lines.at(index))
        expect(read()).toEqual(read())
        expect([copyText(), comparedText()]).toEqual([copyText(), comparedText()])
      }),
    )
  })
})

describe('text as programs write it', () => {
  it.each([
    ['a C string', '23.5\0'],
    ['an escape sequence', '\u001b[31mred'],
  ])('is read and nothing of it is left out: %s', (_what, text) => {
    const content = contentIn(viewFor(whole(text)), text)
    expect(content.notes).toEqual([])
    expect(content.copyText()).toBe(text)
  })
})
