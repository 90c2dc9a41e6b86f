import { describe, expect, it } from 'vitest'
import { linePreviewOf } from './preview'

describe('preview', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)

  it('is one line of text, of the start only', () => {
    expect(linePreviewOf(bytes('{\n  "a": 1\n}'))).toEqual({ kind: 'text', text: '{ "a": 1 }', cut: false, from: 0 })
    expect(linePreviewOf(bytes('溫'.repeat(5_000)))).toEqual({
      kind: 'text',
      text: '溫'.repeat(100),
      cut: true,
      from: 0,
    })
    // The cut at 300 bytes falls into a character.
    expect(linePreviewOf(bytes('a' + '溫'.repeat(200))).text).toBe('a' + '溫'.repeat(99))
  })

  it('stands around a place that would be out of sight', () => {
    const payload = bytes(`${'溫'.repeat(40)}needle`)
    expect(linePreviewOf(payload, payload.length, () => 120)).toEqual({
      kind: 'text',
      text: `${'溫'.repeat(4)}needle`,
      cut: false,
      from: 108,
    })
    expect(linePreviewOf(payload, payload.length, () => 20).from).toBe(0)
    expect(linePreviewOf(payload, payload.length, () => -1).from).toBe(0)
  })

  it('is hex for what is no text', () => {
    expect(linePreviewOf(Uint8Array.from([0xff, 0x00, 0x41]))).toEqual({
      kind: 'hex',
      text: 'ff 00 41',
      cut: false,
      from: 0,
    })
    expect(linePreviewOf(bytes('a\0b')).kind).toBe('hex')
    expect(linePreviewOf(new Uint8Array())).toEqual({ kind: 'empty', text: '', cut: false, from: 0 })
  })
})
