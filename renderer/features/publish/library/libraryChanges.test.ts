import { describe, expect, it } from 'vitest'
import {
  emptyPublishLibrary,
  largestSavedPayload,
  publishLibrarySchema,
  type PublishLibrary,
} from '#shared/model/publish'
import { emptyMessage } from '#shared/model/publish'
import { historyLimit, savableMessage, withHistory, withoutHistory, withSent } from './libraryChanges'

const messageTo = (topic: string, payload = '') => ({ ...emptyMessage, topic, payload })
const sendAll = (topics: readonly string[], payload = '') =>
  topics.reduce<PublishLibrary>(
    (library, topic, index) => withSent(library, 'c', { sentAt: index, message: messageTo(topic, payload) }),
    emptyPublishLibrary,
  )
const topicsIn = (library: PublishLibrary) => library.history['c']?.map((entry) => entry.message.topic)

describe('history', () => {
  it('has the newest first and the last hundred', () => {
    const topics = Array.from({ length: 130 }, (_, index) => `t/${index}`)
    expect(topicsIn(sendAll(topics))).toEqual(topics.toReversed().slice(0, historyLimit))
  })

  it('shows a message sent many times in a row once, with its last time', () => {
    const library = sendAll(['a', 'b', 'b', 'b'])
    expect(topicsIn(library)).toEqual(['b', 'a'])
    expect(library.history['c']?.[0]?.sentAt).toBe(3)
  })

  it('has what was answered late where its time is, and once beside the same message', () => {
    const late = (topic: string, sentAt: number) =>
      topicsIn(withSent(sendAll(['a', 'b', 'c']), 'c', { sentAt, message: messageTo(topic) }))
    expect(late('x', 1.5)).toEqual(['c', 'x', 'b', 'a'])
    expect(late('x', -1)).toEqual(['c', 'b', 'a', 'x'])
    expect(late('c', 1.5)).toEqual(['c', 'b', 'a'])
    expect(late('b', 1.5)).toEqual(['c', 'b', 'a'])
  })

  it('lets the oldest go when payloads add up', () => {
    const payload = 'x'.repeat(largestSavedPayload)
    expect(topicsIn(sendAll(['a', 'b', 'c', 'd', 'e', 'f'], payload))).toEqual(['f', 'e', 'd', 'c'])
  })

  it('is kept per connection, and comes back after it was cleared', () => {
    const library = withSent(sendAll(['a']), 'other', { sentAt: 9, message: messageTo('z') })
    const cleared = withoutHistory(library, 'c')
    expect(Object.keys(cleared.history)).toEqual(['other'])
    expect(topicsIn(withHistory(cleared, 'c', library.history['c'] ?? []))).toEqual(['a'])
  })

  it('passes the schema it is stored under', () => {
    expect(publishLibrarySchema.safeParse(sendAll(['a', 'b'])).success).toBe(true)
  })
})

describe('savableMessage', () => {
  it('writes bytes as Base64', () => {
    expect(savableMessage({ message: messageTo('t', 'unused'), bytes: new Uint8Array([0, 255]) })).toEqual({
      ...messageTo('t', 'AP8='),
      format: 'base64',
    })
  })

  it('keeps no payload that is too large', () => {
    expect(savableMessage({ message: messageTo('t', 'x'.repeat(largestSavedPayload + 1)), bytes: null })).toBeNull()
    const bytes = new Uint8Array(largestSavedPayload + 1)
    expect(savableMessage({ message: messageTo('t', ''), bytes })).toBeNull()
  })
})
