import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { afterAll, expect, it } from 'vitest'
import { createEntryListStore } from '../../electron/core/storage/entryListStore'
import { createTemporaryFolder } from '../support/temporaryFolder'

const folder = createTemporaryFolder('entry-lists')
afterAll(() => folder.remove())

const open = (fileName: string) =>
  createEntryListStore({
    dataDir: folder.path,
    now: () => 0,
    fileName,
    key: 'plans',
    schema: z.object({ id: z.string(), every: z.number() }),
    most: 3,
  })
const contentOf = (fileName: string): unknown => JSON.parse(readFileSync(join(folder.path, fileName), 'utf8'))
const written = (fileName: string, content: unknown) =>
  writeFileSync(join(folder.path, fileName), JSON.stringify({ version: 1, content }))

it('a list is there again after it was saved', async () => {
  const store = await open('saved.json')
  expect([store.current(), store.notices]).toEqual([[], []])
  await store.save([{ id: 'a', every: 1 }])
  expect((await open('saved.json')).current()).toEqual([{ id: 'a', every: 1 }])
})

it('an entry that cannot be read loses none of the others, is told once, and is kept as it stood', async () => {
  const foreign = { id: 'b', every: 'often' }
  written('foreign.json', { plans: [{ id: 'a', every: 1 }, foreign, { id: 'a', every: 2 }] })
  const store = await open('foreign.json')
  expect(store.current()).toEqual([{ id: 'a', every: 2 }])
  expect(store.notices).toHaveLength(1)
  await store.save([{ id: 'c', every: 3 }])
  expect(contentOf('foreign.json')).toEqual({
    version: 1,
    content: { plans: [{ id: 'c', every: 3 }], setAside: [foreign] },
  })
  expect((await open('foreign.json')).notices).toEqual([])
})

it('a file that holds no list is put aside, and the list is empty', async () => {
  written('none.json', { plans: 'none' })
  const store = await open('none.json')
  expect(store.current()).toEqual([])
  expect(store.notices).toHaveLength(1)
})
