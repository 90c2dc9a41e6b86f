import { describe, expect, it } from 'vitest'
import { logKeyAction } from './logKeys'

const key = (name: string, extra = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...extra,
})
const moveTo = (place: number, reaches = false) => ({ kind: 'move', place, extends: reaches })
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
    expect(logKeyAction(key(name), list)).toEqual(moveTo(place))
  })

  it('stays within the list, and starts at the newest row', () => {
    expect(logKeyAction(key('PageDown'), { ...list, selected: 9 })).toEqual(moveTo(9))
    expect(logKeyAction(key('ArrowUp'), { ...list, selected: null })).toEqual(moveTo(9))
    expect(logKeyAction(key('ArrowUp'), { count: 0, selected: null, page: 3 })).toBeNull()
  })

  it('copies on Ctrl+C and Cmd+C, opens on Enter, follows on Escape', () => {
    expect(logKeyAction(key('c', { ctrlKey: true }), list)).toEqual({ kind: 'copy' })
    expect(logKeyAction(key('C', { metaKey: true }), list)).toEqual({ kind: 'copy' })
    expect(logKeyAction(key('Enter'), list)).toEqual({ kind: 'open' })
    expect(logKeyAction(key('Escape'), list)).toEqual({ kind: 'follow' })
    expect(logKeyAction(key('x'), list)).toBeNull()
  })

  it('reaches further with Shift, and takes all or one more with the command key', () => {
    expect(logKeyAction(key('ArrowUp', { shiftKey: true }), list)).toEqual(moveTo(3, true))
    expect(logKeyAction(key('End', { shiftKey: true }), list)).toEqual(moveTo(9, true))
    expect(logKeyAction(key('a', { ctrlKey: true }), list)).toEqual({ kind: 'all' })
    expect(logKeyAction(key(' ', { metaKey: true }), list)).toEqual({ kind: 'toggle' })
    expect(logKeyAction(key('b'), list)).toEqual({ kind: 'bookmark' })
    expect(logKeyAction(key('b', { ctrlKey: true }), list)).toBeNull()
  })
})
