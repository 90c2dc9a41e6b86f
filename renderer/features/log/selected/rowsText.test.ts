import { describe, expect, it } from 'vitest'
import { messageOf } from './messageTesting'
import { payloadsText, rowsText, topicsText } from './rowsText'

describe('messages as text', () => {
  const several = [messageOf('a\tb\nc'), messageOf(Uint8Array.of(0xff, 1), { topic: 'plant/b' }), messageOf('d')]

  it('are a line each with time, topic and payload', () => {
    expect(rowsText(several, 1_000)?.split('\n')).toEqual([
      '2026-11-30T12:00:00.005Z\tplant/a\ta\\tb\\nc',
      '2026-11-30T12:00:00.005Z\tplant/b\tff 01',
      '2026-11-30T12:00:00.005Z\tplant/a\td',
    ])
  })

  it('are their payloads, or each topic once', () => {
    expect(payloadsText(several, 1_000)).toBe('a\tb\nc\nff 01\nd')
    expect(topicsText(several, 1_000)).toBe('plant/a\nplant/b')
  })

  it('are none where a clipboard would have too much of them', () => {
    expect(rowsText(several, 60)).toBeNull()
  })
})
