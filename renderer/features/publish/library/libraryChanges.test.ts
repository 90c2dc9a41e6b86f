import { describe, expect, it } from 'vitest'
import {
  emptyPublishLibrary,
  largestSavedPayload,
  publishLibrarySchema,
  type PublishLibrary,
  type SavedMessage,
} from '#shared/model/publish'
import { emptyMessage } from '../composer/draft'
import {
  messageFoldersOf,
  historyLimit,
  savableMessage,
  withHistory,
  withoutHistory,
  withoutSaved,
  withRestored,
  withSaved,
  withSent,
} from './libraryChanges'

const messageTo = (topic: string, payload = '') => ({ ...emptyMessage, topic, payload })
const sendAll = (topics: readonly string[], payload = '') =>
  topics.reduce<PublishLibrary>(
    (library, topic, index) => withSent(library, 'c', { sentAt: index, message: messageTo(topic, payload) }),
    emptyPublishLibrary,
  )
const topicsIn = (library: PublishLibrary) => library.history['c']?.map((entry) => entry.message.topic)
const saved = (id: string, folder = ''): SavedMessage => ({ id, name: id, folder, message: messageTo(id) })

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
    expect(publishLibrarySchema.safeParse(withSaved(sendAll(['a', 'b']), saved('s'))).success).toBe(true)
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

describe('saved messages', () => {
  it('replace the one with the same id in its place', () => {
    const library = withSaved(withSaved(emptyPublishLibrary, saved('a')), saved('b'))
    expect(withSaved(library, { ...saved('a'), name: 'new' }).savedMessages.map((one) => one.name)).toEqual([
      'new',
      'b',
    ])
  })

  it('come back to their place', () => {
    const library = ['a', 'b', 'c'].map((id) => saved(id)).reduce(withSaved, emptyPublishLibrary)
    expect(withRestored(withoutSaved(library, 'b'), saved('b'), 1)).toEqual(library)
  })

  it('stand in their folders, those without one first', () => {
    const folders = messageFoldersOf([saved('1', 'z'), saved('2'), saved('3', 'a'), saved('4', 'z')])
    expect(folders.map(({ name, messages }) => [name, messages.map((one) => one.id)])).toEqual([
      ['', ['2']],
      ['a', ['3']],
      ['z', ['1', '4']],
    ])
  })
})
