import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clampTop,
  isAtEnd,
  maximumSpacerHeight,
  maximumTop,
  scrollFromTop,
  spacerHeight,
  topFromScroll,
  topRevealing,
  visiblePlaces,
} from '../../ui/scrollModel'
import { logKeyAction } from './logKeys'
import { previewOf } from './preview'

const extent = fc.record({
  rows: fc.nat(50_000_000),
  rowHeight: fc.constantFrom(18, 24),
  viewport: fc.integer({ min: 0, max: 3_000 }),
})

describe('scroll model', () => {
  it('never asks for an element the engine cannot lay out, and reaches both ends', () => {
    fc.assert(
      fc.property(extent, (given) => {
        expect(spacerHeight(given)).toBeLessThanOrEqual(maximumSpacerHeight)
        expect(topFromScroll(0, given)).toBe(0)
        const last = Math.max(0, spacerHeight(given) - given.viewport)
        expect(isAtEnd(topFromScroll(last, given), given)).toBe(true)
      }),
    )
  })

  it('comes back to where it was through the scroll bar', () => {
    fc.assert(
      fc.property(extent, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        const top = maximumTop(given) * share
        expect(Math.abs(topFromScroll(scrollFromTop(top, given), given) - top)).toBeLessThan(0.01)
      }),
    )
  })

  it('reveals a row whole when the view has room for one', () => {
    fc.assert(
      fc.property(extent, fc.nat(), fc.nat(), (given, some, where) => {
        const { rowHeight } = given
        fc.pre(given.rows > 0 && given.viewport >= rowHeight)
        const place = some % given.rows
        const top = clampTop(topRevealing(place, clampTop(where * rowHeight, given), given), given)
        expect(place * rowHeight).toBeGreaterThanOrEqual(top)
        expect((place + 1) * rowHeight).toBeLessThanOrEqual(top + given.viewport)
        const { from, to } = visiblePlaces(top, given)
        expect(place >= from && place < to).toBe(true)
      }),
    )
  })
})

const key = (name: string, extra = {}) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...extra })
const list = { count: 10, selected: 4, page: 3 }

describe('keys of the log', () => {
  it.each([
    ['ArrowUp', 3],
    ['ArrowDown', 5],
    ['PageUp', 1],
    ['PageDown', 7],
    ['Home', 0],
    ['End', 9],
  ])('%s moves to %i', (name, place) => {
    expect(logKeyAction(key(name), list)).toEqual({ kind: 'move', place })
  })

  it('stays within the list, and starts at the newest row', () => {
    expect(logKeyAction(key('PageDown'), { ...list, selected: 9 })).toEqual({ kind: 'move', place: 9 })
    expect(logKeyAction(key('ArrowUp'), { ...list, selected: null })).toEqual({ kind: 'move', place: 9 })
    expect(logKeyAction(key('ArrowUp'), { count: 0, selected: null, page: 3 })).toBeNull()
  })

  it('copies on Ctrl+C and Cmd+C, opens on Enter, follows on Escape', () => {
    expect(logKeyAction(key('c', { ctrlKey: true }), list)).toEqual({ kind: 'copy' })
    expect(logKeyAction(key('C', { metaKey: true }), list)).toEqual({ kind: 'copy' })
    expect(logKeyAction(key('Enter'), list)).toEqual({ kind: 'open' })
    expect(logKeyAction(key('Escape'), list)).toEqual({ kind: 'follow' })
    expect(logKeyAction(key('x'), list)).toBeNull()
  })
})

describe('preview', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)

  it('is one line of text, of the start only', () => {
    expect(previewOf(bytes('{\n  "a": 1\n}'))).toEqual({ kind: 'text', text: '{ "a": 1 }', cut: false })
    expect(previewOf(bytes('溫'.repeat(5_000)))).toEqual({ kind: 'text', text: '溫'.repeat(100), cut: true })
    // The cut at 300 bytes falls into a character.
    expect(previewOf(bytes('a' + '溫'.repeat(200))).text).toBe('a' + '溫'.repeat(99))
  })

  it('is hex for what is no text', () => {
    expect(previewOf(Uint8Array.from([0xff, 0x00, 0x41]))).toEqual({ kind: 'hex', text: 'ff 00 41', cut: false })
    expect(previewOf(bytes('a\0b')).kind).toBe('hex')
    expect(previewOf(new Uint8Array())).toEqual({ kind: 'empty', text: '', cut: false })
  })
})
