import { EditorState, Text } from '@codemirror/state'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTelling } from './telling'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const short = Text.of(['a', '\rb', ''])
const line = 'x'.repeat(1_000)
const long = EditorState.create({ doc: Array.from({ length: 300 }, () => line).join('\n') }).doc

describe('telling what an editor holds', () => {
  it('tells a short text with every key', () => {
    const tell = vi.fn<(text: string) => void>()
    createTelling(tell).changed(short)
    expect(tell).toHaveBeenCalledExactlyOnceWith('a\n\rb\n')
  })

  it('tells a long text once, when nothing was typed for a moment', () => {
    const tell = vi.fn<(text: string) => void>()
    const telling = createTelling(tell)
    telling.changed(long)
    telling.changed(long.replace(0, 0, Text.of(['y'])))
    expect(tell).not.toHaveBeenCalled()
    vi.runAllTimers()
    expect(tell).toHaveBeenCalledExactlyOnceWith(`y${long.toString()}`)
  })

  it('tells a long text when it is needed, and then not again', () => {
    const tell = vi.fn<(text: string) => void>()
    const telling = createTelling(tell)
    telling.changed(long)
    telling.flush()
    telling.flush()
    vi.runAllTimers()
    expect(tell).toHaveBeenCalledExactlyOnceWith(long.toString())
  })

  it('tells nothing of a text that was taken away, or is short again', () => {
    const tell = vi.fn<(text: string) => void>()
    const telling = createTelling(tell)
    telling.changed(long)
    telling.drop()
    telling.changed(long)
    telling.changed(short)
    vi.runAllTimers()
    expect(tell).toHaveBeenCalledExactlyOnceWith('a\n\rb\n')
  })
})
