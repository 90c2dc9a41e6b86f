import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visiblePieces, visibleText } from './visibleText'

describe('visibleText', () => {
  it('shows a right-to-left override instead of obeying it', () => {
    expect(visibleText('a\u202eb')).toBe('a\\u202eb')
  })

  it('leaves letters of any language and emoji alone', () => {
    expect(visibleText('住家/客廳/溫度 é 🌡')).toBe('住家/客廳/溫度 é 🌡')
  })

  it('escapes line breaks, controls and lone surrogates', () => {
    expect(visibleText('a\nb\u0007\ud800')).toBe('a\\nb\\u0007\\ud800')
  })

  it('cuts into pieces that join to the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(
          visiblePieces(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(visibleText(text))
      }),
    )
  })
})
