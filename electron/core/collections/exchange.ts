import { mkdir } from 'node:fs/promises'
import { z } from 'zod'
import { collectionLimits, type CollectionMessage, type KeptMessage } from '#shared/model/collection'
import { composedMessageSchema } from '#shared/model/publish'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { fail, ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import type { Dialogs } from '../files/dialogs'
import type { FileWriting } from '../files/fileWriting'
import { readRegularFile, type RegularFile } from '../files/readRegularFile'
import { createCollectionFolder, type CollectionFolder } from './collectionFolder'
import { decodeFileName, encodeFileName } from './fileNames'

export interface CollectionExchange {
  /** Asks for a folder and writes a copy of all messages there; answers its path, null = cancelled. */
  saveElsewhere(collectionId: string): Promise<Result<string | null>>
  /** Asks where to and writes all messages as one file; answers its path, null = cancelled. */
  exportFile(collectionId: string): Promise<Result<string | null>>
  /** Asks for such a file and adds its messages; answers how many, null = cancelled. */
  importFile(collectionId: string): Promise<Result<number | null>>
}

export interface ExchangeParts {
  readonly find: (collectionId: string) => Result<CollectionFolder>
  readonly dialogs: Dialogs
  readonly files: Pick<FileWriting, 'save'>
  readonly newId: () => string
}

/** One file of all messages may be as large as all their files. */
const importLimitBytes = collectionLimits.totalBytes

/** Collections to and from elsewhere. */
export const createCollectionExchange = ({ find, dialogs, files, newId }: ExchangeParts): CollectionExchange => ({
  saveElsewhere: async (collectionId) => {
    const found = find(collectionId)
    if (!found.ok) return found
    const folder = found.value
    const path = await dialogs.choosePath('collection')
    return path === null ? ok(null) : copyCollection({ messages: folder.messages(), path, newId })
  },

  exportFile: async (collectionId) => {
    const found = find(collectionId)
    if (!found.ok) return found
    const folder = found.value
    const { facts } = folder.whole()
    const bytes = new TextEncoder().encode(exportedText(folder.messages()))
    return files.save({ suggestedName: `${facts.name}.collection.json`, bytes })
  },

  importFile: async (collectionId) => {
    const folder = find(collectionId)
    if (!folder.ok) return folder
    const path = await dialogs.choosePath('collectionFile')
    if (path === null) return ok(null)
    const read = await readRegularFile(path, { limitBytes: importLimitBytes })
    if (!read.ok) return read
    const messages = importedMessages(read.value, newId)
    if (!messages.ok) return messages
    const saved = folder.value.save(messages.value)
    return saved.ok ? ok(messages.value.length) : saved
  },
})

/** All messages of a collection as one file. */
const exchangeSchema = z.object({
  version: z.literal(1),
  messages: z
    .array(
      z.object({
        name: z.string().trim().min(1).max(200),
        /** The names of its folders, from the outside. */
        folders: z.array(z.string().min(1).max(200)).max(collectionLimits.depth).default([]),
        order: z.number().optional(),
        shortcut: z.string().max(100).default(''),
        message: composedMessageSchema,
      }),
    )
    .max(collectionLimits.messages),
})

const exportedText = (messages: readonly CollectionMessage[]): string => {
  const exported = messages.map(({ name, folder, order, shortcut, message }) => ({
    name,
    folders: folder === '' ? [] : folder.split('/').map(decodeFileName),
    ...(order !== null && { order }),
    ...(shortcut !== '' && { shortcut }),
    message,
  }))
  return `${JSON.stringify({ version: 1, messages: exported }, null, 2)}\n`
}

/** The messages of such a file, as new ones. */
const importedMessages = (
  { name, bytes }: Pick<RegularFile, 'name' | 'bytes'>,
  newId: () => string,
): Result<readonly KeptMessage[]> => {
  const parsed = exchangeSchema.safeParse(parsedJson(decodeUtf8(bytes)))
  if (!parsed.success) {
    const detail = parsed.error.issues[0]?.path.join('.') ?? ''
    return fail('notACollection', `${name} is no collection: ${detail}`, { values: { name, detail } })
  }
  return ok(
    parsed.data.messages.map(({ folders, order, ...rest }, index) => ({
      ...rest,
      id: newId(),
      order: order ?? 1000 * (index + 1),
      folder: folders.map(encodeFileName).join('/'),
    })),
  )
}

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

interface CollectionCopy {
  readonly messages: readonly CollectionMessage[]
  /** Made when it is missing; what is in it stays. */
  readonly path: string
  readonly newId: () => string
}

/** Writes a copy of all messages, as new ones, into a folder; answers its path. Fails with `storageFailed`. */
const copyCollection = async ({ messages, path, newId }: CollectionCopy): Promise<Result<string>> => {
  try {
    await mkdir(path, { recursive: true })
  } catch (error) {
    const detail = messageOf(error)
    return fail('storageFailed', `${path} could not be made: ${detail}`, { values: { file: path, detail } })
  }
  const copy = createCollectionFolder({
    place: { id: 'copy', kind: 'opened', connectionId: null, path },
    newId,
    onChange: () => undefined,
  })
  // What is in the folder is read first, so that no name is taken twice.
  await copy.check()
  const saved = copy.save(messages.map(({ unsaved: _unsaved, ...message }) => ({ ...message, id: newId() })))
  await copy.settled()
  copy.close()
  const failure = copy.messages().find(({ unsaved }) => unsaved !== null)?.unsaved
  if (!saved.ok) return saved
  return failure ? { ok: false, error: failure } : ok(path)
}
