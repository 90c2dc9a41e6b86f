import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { waitFor } from '../support/waitFor'
import { filesIn, keptAs, messageTo, readText, writeText } from './collectionHarness'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
beforeEach(() => void (harness = createCoreHarness('collections-core')))
afterEach(() => harness.stop())

const changes = () => harness.events.flatMap((event) => (event.name === 'collection.changed' ? [event.payload] : []))
/** What the window knows of a collection by what it was told. */
const told = (id: string) =>
  changes()
    .filter(({ facts }) => facts.id === id)
    .reduce<ReadonlyMap<string, string>>((names, { isWhole, put, removed }) => {
      const kept = [...(isWhole ? [] : names)].filter(([messageId]) => !removed.includes(messageId))
      return new Map([...kept, ...put.map(({ id: messageId, name }) => [messageId, name] as const)])
    }, new Map())
const names = (id: string) => [...told(id).values()].toSorted()

const savedMessages = ['Start', 'start', 'Stop / now'].map((name, index) => ({
  id: `m${index}`,
  name,
  folder: index === 2 ? 'Pump: 1' : '',
  message: { ...messageTo('pump', 'AP8='), format: index === 0 ? 'base64' : 'text' },
}))
const history = { p: [{ sentAt: 1, message: messageTo('sent') }] }

it('moves named messages of an older application into the shared collection once, and loses none', async () => {
  const old = { version: 1, content: { savedMessages, history, setAside: { savedMessages: [{ id: 'unread' }] } } }
  writeText(JSON.stringify(old), harness.dataFolder, 'messages.json')
  const first = await harness.start()
  await first.value('collection.load', undefined)
  await waitFor('the messages', () => names('shared').length === 3)
  const shared = join(harness.dataFolder, 'collections', 'shared')
  expect(filesIn(shared)).toEqual([
    'Pump%3A 1/Stop %2F now.message.json',
    'Start.bin',
    'Start.message.json',
    'start~2.message.json',
  ])
  expect(JSON.parse(readText(harness.dataFolder, 'messages.json'))).toMatchObject({
    content: { savedMessages: [], history, setAside: { savedMessages: [{ id: 'unread' }] } },
  })
  expect(JSON.parse(readText(harness.dataFolder, 'messages-before-collections.json'))).toEqual(old)
  await first.core.dispose()

  const second = await harness.start()
  harness.events.length = 0
  await second.value('collection.load', undefined)
  await waitFor('the messages', () => names('shared').length === 3)
  expect(
    changes()
      .flatMap(({ put }) => put.map(({ name, order }) => [order, name]))
      .toSorted(),
  ).toEqual([
    [1000, 'Start'],
    [2000, 'start'],
    [3000, 'Stop / now'],
  ])
})

it('keeps messages by connection, moves them between collections, and takes them elsewhere and back', async () => {
  const { value, invoke, core } = await harness.start()
  await value('collection.load', undefined)
  await waitFor('the shared collection', () => changes().length > 0)
  const own = 'connection:p/1'
  await value('collection.save', { collectionId: own, messages: [keptAs('a'), keptAs('b')] })
  await value('collection.move', {
    collectionId: own,
    messageId: 'id-a',
    to: { collectionId: 'shared', folder: '', beforeId: null },
  })
  expect([names(own), names('shared')]).toEqual([['b'], ['a']])

  const elsewhere = join(harness.folder.path, 'elsewhere')
  mkdirSync(elsewhere)
  harness.dialogs.choosePath = () => Promise.resolve(elsewhere)
  expect(await value('collection.saveElsewhere', { collectionId: own })).toBe(elsewhere)
  expect(readdirSync(elsewhere)).toEqual(['b.message.json'])
  const opened = await value('collection.openFolder', undefined)
  expect(opened).not.toBeNull()
  expect(names(opened ?? '')).toEqual(['b'])
  expect(await value('collection.openFolder', undefined)).toBe(opened)

  const file = join(harness.folder.path, 'all.json')
  harness.dialogs.savePath = () => Promise.resolve(file)
  expect(await value('collection.export', { collectionId: 'shared' })).toBe(file)
  harness.dialogs.choosePath = () => Promise.resolve(file)
  expect(await value('collection.import', { collectionId: own })).toBe(1)
  expect(names(own)).toEqual(['a', 'b'])
  writeText('[]', file)
  expect(await invoke('collection.import', { collectionId: own })).toMatchObject({ error: { code: 'notACollection' } })

  await value('collection.close', { collectionId: opened ?? '' })
  expect(readdirSync(elsewhere)).toEqual(['b.message.json'])
  expect(await invoke('collection.close', { collectionId: 'shared' })).toMatchObject({ error: { code: 'notFound' } })
  expect(await invoke('collection.save', { collectionId: 'x', messages: [keptAs('a')] })).toMatchObject({
    error: { code: 'notFound' },
  })
  await core.dispose()
  const again = await harness.start()
  harness.events.length = 0
  await again.value('collection.load', undefined)
  await waitFor('both collections', () => names(own).length === 2 && names('shared').length === 1)
})
