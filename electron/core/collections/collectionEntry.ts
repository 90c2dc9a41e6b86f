import { createHash } from 'node:crypto'
import type { CollectionMessage } from '#shared/model/collection'
import type { AppError } from '#shared/result'
import type { FiledMessage } from './messageFile'

/** Where an entry stands on disk. */
export interface EntryFile {
  /** Below the collection. */
  readonly path: string
  readonly stamp: string
  /** The name of the file with its payload, and its stamp; null = its payload stands in the file itself. */
  readonly payloadFile: string | null
  readonly payloadStamp: string | null
}

/** A message of a collection in memory. */
export interface Entry {
  readonly id: string
  readonly folder: string
  readonly filed: FiledMessage
  /** As it was seen last; null = it was never on disk. */
  readonly file: EntryFile | null
  readonly unsaved: AppError | null
}

/** A file without an id is known by its path, and so by the same id at the next start. */
export const idByPath = (path: string): string => `path-${createHash('sha256').update(path).digest('hex').slice(0, 24)}`

export const messageOf = ({ id, folder, filed, unsaved }: Entry): CollectionMessage => {
  const { name, order, shortcut, message } = filed
  return { id, folder, name, order, shortcut, message, unsaved }
}
