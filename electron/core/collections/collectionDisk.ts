// Why it is so: build/docs/decisions/44-a-message-is-a-file.md
import { basename } from 'node:path'
import { fail, type AppError } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import type { Entry } from './collectionEntry'
import { foldersTo, type CollectionMemory } from './collectionMemory'
import { readMessages } from './readMessages'
import { pathIn, scanFolder } from './scanFolder'
import { watchFolder, type FolderWatch } from './watchFolder'
import { ChangedOutside, removeFiles, writeEntry, type WritePlace } from './writeMessage'

/** Brings a collection to the disk, and what is new on the disk to the collection: one thing after the other. */
export interface CollectionDisk {
  inTurn<Answer>(job: () => Promise<Answer>): Promise<Answer>
  /** Within a turn. */
  writeAll(): Promise<void>
  removeDoomed(): Promise<void>
  look(): Promise<void>
  /** A look in its turn. */
  check(): Promise<void>
  settled(): Promise<void>
  close(): void
}

export const writeFailure = (file: string, error: unknown): AppError => {
  const detail = messageOf(error)
  const cause = (error as NodeJS.ErrnoException).code ?? ''
  return fail('storageFailed', `${file} could not be written: ${detail}`, { values: { file, detail, cause } }).error
}

export const createCollectionDisk = (memory: CollectionMemory, newId: () => string): CollectionDisk => {
  const { entries, unwritten, doomed, put, tell } = memory
  const root = memory.place.path
  // A folder of the data folder is for one person alone; another one may be shared, as a text editor would leave it.
  const mode = memory.place.kind === 'opened' ? 0o644 : 0o600
  const isShared = (payloadPath: string, messagePath: string) => hasPayload(memory, payloadPath, messagePath)
  const files = { root, names: memory.names, mode, isShared }
  let watch: FolderWatch | null = null
  let isClosed = false
  let queue: Promise<unknown> = Promise.resolve()
  let isCheckWaiting = false

  const inTurn = <Answer>(job: () => Promise<Answer>): Promise<Answer> => {
    const done = queue.then(job)
    queue = done.catch(() => undefined)
    return done
  }

  const failed = ({ id, filed }: Entry, writtenName: string | null, error: unknown) => {
    const now = entries.get(id)
    if (!now) return
    // It stays to be written, so that a look at the disk does not take it for removed there.
    unwritten.set(id, writtenName)
    tell([put({ ...now, unsaved: writeFailure(filed.name, error) })])
  }

  /** Ours becomes a message of its own beside the one that was changed outside. */
  const keepBoth = async (entry: Entry): Promise<void> => {
    const name = `${entry.filed.name} (2)`.slice(-200)
    const ours: Entry = { ...entry, id: newId(), filed: { ...entry.filed, name }, file: null }
    memory.drop(entry.id)
    unwritten.delete(entry.id)
    tell([put(ours)], [entry.id])
    await look()
    await writeOne(ours, null)
  }

  const writeOne = async (entry: Entry, writtenName: string | null): Promise<void> => {
    try {
      const file = await writeEntry(files, entry, writtenName)
      const now = entries.get(entry.id)
      const removed = doomed.get(entry.id)
      // It may have been changed or removed while it was being written.
      if (now) put({ ...now, file, unsaved: null })
      else if (removed) doomed.set(entry.id, { ...removed, file })
      if (now?.unsaved) tell([{ ...now, unsaved: null }])
    } catch (error) {
      if (error instanceof ChangedOutside) await keepBoth(entry)
      else failed(entry, writtenName, error)
    }
  }

  const writeAll = async (): Promise<void> => {
    // A list of its own: what fails is put back.
    const due = Array.from(unwritten)
    for (const [id, writtenName] of due) {
      const entry = entries.get(id)
      unwritten.delete(id)
      if (entry) await writeOne(entry, writtenName)
    }
    startWatching()
  }

  const startWatching = () => {
    if (isClosed) return
    watch ??= watchFolder(root, () => void check())
    watch.follow(memory.folders())
  }

  const look = async (): Promise<void> => {
    await lookAtDisk(memory)
    startWatching()
  }

  const check = (): Promise<void> => {
    // One that waits sees everything that happened up to its turn.
    if (isCheckWaiting) return queue.then(() => undefined)
    isCheckWaiting = true
    return inTurn(async () => {
      isCheckWaiting = false
      if (!isClosed) await look().catch((error: unknown) => noteMissing(memory, error))
    })
  }

  return {
    inTurn,
    writeAll,
    removeDoomed: () => removeDoomed(memory, files, look),
    look,
    check,
    settled: async () => {
      await queue
    },
    close: () => {
      isClosed = true
      watch?.close()
    },
  }
}

/** Whether another message than the one of this file has its payload there. */
const hasPayload = ({ entries }: CollectionMemory, payloadPath: string, messagePath: string): boolean =>
  [...entries.values()].some(({ folder, file }) => {
    const payloadFile = file?.payloadFile ?? null
    return payloadFile !== null && file?.path !== messagePath && pathIn(folder, payloadFile) === payloadPath
  })

const removeDoomed = async (memory: CollectionMemory, files: WritePlace, look: () => Promise<void>): Promise<void> => {
  const { entries, doomed, put, tell } = memory
  for (const [id, entry] of doomed) {
    doomed.delete(id)
    // It was never written, or it was brought back meanwhile and has its file.
    if (!entry.file || entries.has(id)) continue
    try {
      await removeFiles(files, entry.file)
    } catch (error) {
      // It is still there, so it is shown.
      if (error instanceof ChangedOutside) await look()
      else tell([put({ ...entry, unsaved: writeFailure(entry.filed.name, error) })])
    }
  }
}

/** Takes over what is new on the disk. */
const lookAtDisk = async (memory: CollectionMemory): Promise<void> => {
  const { place, entries, unwritten, doomed, names, put, tell } = memory
  const before = new Map(entries)
  const byPath = new Map([...entries.values()].flatMap((entry) => (entry.file ? [[entry.file.path, entry]] : [])))
  const scanned = await scanFolder(place.path)
  const read = await readMessages(place.path, scanned.files, { entryAt: (path) => byPath.get(path) })
  const seen = new Set(read.entries.map(({ id }) => id))
  // What was changed here meanwhile is written next, which sees what became of its file.
  const isOurs = (id: string) => unwritten.has(id) || doomed.has(id) || entries.get(id) !== before.get(id)
  const changed = read.entries.filter((entry) => entries.get(entry.id) !== entry && !isOurs(entry.id))
  const gone = [...entries.values()].filter(({ id, file }) => file && !seen.has(id) && !isOurs(id)).map(({ id }) => id)
  gone.forEach(memory.drop)
  changed.forEach(put)
  names.clear()
  for (const [folder, taken] of scanned.names) names.set(folder, taken)
  const kept = [...unwritten.keys()].flatMap((id) => foldersTo(entries.get(id)?.folder ?? ''))
  const folders = [...new Set([...scanned.folders, ...kept])]
  const isNews = memory.setFacts({ folders, damaged: [...scanned.damaged, ...read.damaged], problem: null })
  if (changed.length > 0 || gone.length > 0 || isNews) tell(changed, gone)
}

/** A folder of ours is made with its first message; one that was opened should be there, and may come back. */
const noteMissing = ({ place, setFacts, tell }: CollectionMemory, error: unknown) => {
  const isMissing = (error as NodeJS.ErrnoException | null)?.code === 'ENOENT'
  if (place.kind !== 'opened' && isMissing) return
  const values = { name: basename(place.path), detail: messageOf(error) }
  const problem = fail(isMissing ? 'fileMissing' : 'fileUnreadable', messageOf(error), { values }).error
  if (setFacts({ problem })) tell([])
}
