import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createCollectionFolder, type CollectionFolder } from '../../electron/core/collections/collectionFolder'
import type { CollectionChange, KeptMessage } from '../../shared/model/collection'
import { emptyMessage, type ComposedMessage } from '../../shared/model/publish'

export const messageTo = (topic: string, payload = 'x'): ComposedMessage => ({ ...emptyMessage, topic, payload })

export const keptAs = (name: string, more: Partial<KeptMessage> = {}): KeptMessage => ({
  id: `id-${name}`,
  name,
  folder: '',
  shortcut: '',
  message: messageTo(name),
  ...more,
})

const opened: CollectionFolder[] = []

/** A folder as a collection, with what it told. */
export const openCollection = async (path: string) => {
  const changes: CollectionChange[] = []
  let lastId = 0
  const collection = createCollectionFolder({
    place: { id: 'c', kind: 'opened', connectionId: null, path },
    newId: () => `new-${(lastId += 1)}`,
    onChange: (change) => changes.push(change),
  })
  opened.push(collection)
  await collection.check()
  return {
    ...collection,
    changes,
    /** Names with their folders, by what the collection says. */
    names: () =>
      collection
        .messages()
        .map(({ folder, name }) => (folder === '' ? name : `${folder}/${name}`))
        .toSorted(),
    damaged: () => collection.whole().facts.damaged.map(({ path: at, reason }) => [at, reason]),
  }
}

export const closeCollections = () => opened.splice(0).forEach((collection) => collection.close())

/** Files below a folder but for hidden ones, as paths with `/`. */
export const filesIn = (folder: string, below = ''): readonly string[] =>
  readdirSync(join(folder, below), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      return entry.isDirectory() ? filesIn(folder, path) : [path]
    })
    .toSorted()

export const readText = (...path: string[]) => readFileSync(join(...path), 'utf8')
export const writeText = (text: string, ...path: string[]) => {
  mkdirSync(dirname(join(...path)), { recursive: true })
  writeFileSync(join(...path), text)
}

export const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
