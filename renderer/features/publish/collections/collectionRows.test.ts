import { expect, it } from 'vitest'
import type { CollectionMessage } from '#shared/model/collection'
import { emptyMessage } from '#shared/model/publish'
import { collectionRows, folderKey } from './collectionRows'
import type { Collection } from './collectionsState'

const message = (name: string, folder: string, order: number | null = null): CollectionMessage => ({
  id: name,
  name,
  folder,
  order,
  shortcut: '',
  message: { ...emptyMessage, topic: `topic/${name}` },
  unsaved: null,
})
const all = [message('b', ''), message('a', ''), message('first', '', 1), message('deep', 'x/y'), message('in', 'x')]
const collection: Collection = {
  facts: {
    id: 'shared',
    kind: 'shared',
    connectionId: null,
    name: 'shared',
    path: '/shared',
    problem: null,
    folders: ['x', 'x/y', 'empty'].map((path) => ({ path, name: path.split('/').at(-1) ?? '' })),
    damaged: [{ path: 'x/bad', folder: 'x', fileName: 'bad', reason: 'conflict', detail: '' }],
  },
  messages: new Map(all.map((one) => [one.id, one])),
}
const shown = (closed: readonly string[], search = '') =>
  collectionRows([collection], { closed: new Set(closed), search }).map((row) => {
    const name =
      row.kind === 'message' ? row.message.name : row.kind === 'damaged' ? row.file.fileName : `${row.folder}/`
    return `${'.'.repeat(row.level)}${name}${'count' in row ? ` ${row.count}` : ''}`
  })

it('shows folders by their names, then messages in their order, then what is damaged', () => {
  expect(shown([])).toEqual([
    './ 5',
    '..empty/ 0',
    '..x/ 2',
    '...x/y/ 1',
    '....deep',
    '...in',
    '...bad',
    '..first',
    '..a',
    '..b',
  ])
})

it('shows nothing below what is closed', () => {
  expect(shown([folderKey('shared', 'x')])).toEqual(['./ 5', '..empty/ 0', '..x/ 2', '..first', '..a', '..b'])
  expect(shown([folderKey('shared', '')])).toEqual(['./ 5'])
})

it('shows what is looked for, and the way to it, also below what is closed', () => {
  expect(shown([folderKey('shared', 'x')], 'topic/deep')).toEqual(['./ 1', '..x/ 1', '...x/y/ 1', '....deep'])
  expect(shown([], 'nowhere')).toEqual([])
})
