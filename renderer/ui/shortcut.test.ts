import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acceleratorOf, isPressed, shortcutText } from './shortcut'

const press = (key: string, held: readonly ('ctrl' | 'meta' | 'alt' | 'shift')[] = []) => ({
  key,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
})

describe('a shortcut', () => {
  it.each([
    ['CmdOrCtrl+K', 'Ctrl+K', '⌘K'],
    ['CmdOrCtrl+Shift+P', 'Ctrl+Shift+P', '⇧⌘P'],
    ['CmdOrCtrl+,', 'Ctrl+,', '⌘,'],
    ['F2', 'F2', 'F2'],
    ['Ctrl+Alt+Shift+X', 'Ctrl+Alt+Shift+X', '⌃⌥⇧X'],
  ])('is written as its platform does: %s', (shortcut, other, mac) => {
    expect([shortcutText(shortcut, false), shortcutText(shortcut, true)]).toEqual([other, mac])
  })

  it('may be another one on a Mac', () => {
    const shortcut = { mac: 'Cmd+Backspace', other: 'Delete' }
    expect([acceleratorOf(shortcut, false), acceleratorOf(shortcut, true)]).toEqual(['Delete', 'Cmd+Backspace'])
  })

  it('is pressed with exactly its modifiers', () => {
    const modifiers = ['ctrl', 'meta', 'alt', 'shift'] as const
    const wanted = ['ctrl', 'shift']
    fc.assert(
      fc.property(fc.subarray([...modifiers]), (held) => {
        const isExact = held.length === wanted.length && wanted.every((name) => held.some((one) => one === name))
        expect(isPressed(press('P', held), 'CmdOrCtrl+Shift+P', false)).toBe(isExact)
      }),
    )
  })

  it('takes the command key on a Mac, and a letter in either case', () => {
    expect(isPressed(press('k', ['meta']), 'CmdOrCtrl+K', true)).toBe(true)
    expect(isPressed(press('k', ['ctrl']), 'CmdOrCtrl+K', true)).toBe(false)
    expect(isPressed(press('K', ['ctrl']), 'CmdOrCtrl+K', false)).toBe(true)
    expect(isPressed(press('j', ['ctrl']), 'CmdOrCtrl+K', false)).toBe(false)
  })
})
