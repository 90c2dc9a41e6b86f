import { describe, expect, it } from 'vitest'
import { defaultSettings } from '#shared/model/settings'
import { settingsState } from '../../../state/settings'
import { openTestWindow } from '../../../testing/testWindow'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { bookmarksState } from './bookmarks'

const payload = encodeUtf8('{"celsius": 21.4}')
const messageOf = (sequence: number) => ({
  sequence,
  topic: `plant/${sequence}`,
  time: sequence * 1_000,
  payload,
  payloadBytes: payload.length,
})

const open = (bookmarks = {}) => {
  const window = openTestWindow({ snapshot: { settings: { ...defaultSettings, bookmarks } } })
  const { connection, app } = window
  return {
    marks: () => connection.get(bookmarksState),
    kept: () => app.get(settingsState).settings.bookmarks[connection.id],
    id: connection.id,
  }
}

describe('bookmarks', () => {
  it('are kept with every change, in the order of the log, with what was seen of the message', () => {
    const { marks, kept } = open()
    marks().toggle(messageOf(2))
    marks().add(messageOf(1))
    marks().setNote(2, 'began here')
    expect(kept()).toEqual([
      { topic: 'plant/1', time: 1_000, note: '', payload: '{"celsius": 21.4}' },
      { topic: 'plant/2', time: 2_000, note: 'began here', payload: '{"celsius": 21.4}' },
    ])
    marks().toggle(messageOf(1))
    expect(kept()?.map(({ topic }) => topic)).toEqual(['plant/2'])
    marks().remove(2)
    expect(kept()).toBeUndefined()
  })

  it('of windows before stand beside those of this one, and are changed and taken off like them', () => {
    const { id } = open()
    const before = [
      { topic: 'a', time: 1, note: 'one', payload: 'x' },
      { topic: 'b', time: 2, note: 'two', payload: '' },
    ]
    const { marks, kept } = open({ [id]: before })
    expect(marks().earlier).toEqual(before)
    marks().add(messageOf(1))
    expect(kept()?.map(({ topic }) => topic)).toEqual(['a', 'b', 'plant/1'])
    marks().changeEarlier(1, 'second')
    marks().changeEarlier(0, null)
    expect(kept()?.map(({ topic, note }) => [topic, note])).toEqual([
      ['b', 'second'],
      ['plant/1', ''],
    ])
    expect(marks().all.has(1)).toBe(true)
  })
})
