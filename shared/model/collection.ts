import { z } from 'zod'
import type { AppError } from '../result'
import { profileIdSchema, type ProfileId } from './profile'
import { composedMessageSchema, largestSavedPayload, type ComposedMessage } from './publish'

/** What a collection holds at most. A folder of someone else's may hold anything. */
export const collectionLimits = {
  messages: 20_000,
  /** Folders inside each other. */
  depth: 16,
  /** Bytes of one message file: the longest text that is kept, each character of which may be escaped. */
  fileBytes: 32 * largestSavedPayload,
  /** Bytes of all files that are read. */
  totalBytes: 128 * 2 ** 20,
} as const

export const collectionIdSchema = z.string().min(1).max(100)
export const messageIdSchema = z.string().min(1).max(100)
/** The path of a folder below its collection, as it is on disk, with `/` between; '' = the collection itself. */
export const folderPathSchema = z.string().max(4_000)
export const folderNameSchema = z.string().trim().min(1).max(200)
const shortcutSchema = z.string().max(100)

/** A message as it is kept in a collection. */
const collectionMessageSchema = z.object({
  id: messageIdSchema,
  name: z.string().trim().min(1).max(200),
  folder: folderPathSchema,
  /** Its place among its siblings, lowest first; null = after those that have one, by its name. */
  order: z.number().nullable(),
  /** Keys that send it, as `CmdOrCtrl+Alt+1`; '' = none. */
  shortcut: shortcutSchema,
  message: composedMessageSchema,
})

/** What the window hands over to be kept: without `order` it stays where it is, or comes to the end. */
export const keptMessageSchema = collectionMessageSchema.extend({ order: z.number().nullable().optional() })
export type KeptMessage = z.infer<typeof keptMessageSchema>

export interface CollectionMessage {
  readonly id: string
  readonly name: string
  readonly folder: string
  readonly order: number | null
  readonly shortcut: string
  readonly message: ComposedMessage
  /** Why it is not on disk as it is here; null = it is, or is about to be. */
  readonly unsaved: AppError | null
}

/**
 * Why a file is not read: `conflict` = the markers of an unfinished merge stand in it, `link` = it leads elsewhere, `newer` = a
 * newer application wrote it, `payload` = the file with its payload is missing or cannot be read.
 */
export type DamageReason =
  | 'conflict'
  | 'notJson'
  | 'invalid'
  | 'newer'
  | 'tooLarge'
  | 'tooMany'
  | 'tooDeep'
  | 'link'
  | 'payload'
  | 'unreadable'

/** A file, or a folder, that is left as it is because it cannot be read. */
export interface DamagedFile {
  /** Below its collection. */
  readonly path: string
  readonly folder: string
  readonly fileName: string
  readonly reason: DamageReason
  /** The key that is to blame, or what the system said. */
  readonly detail: string
}

interface CollectionFolder {
  readonly path: string
  readonly name: string
}

type CollectionKind = 'shared' | 'connection' | 'opened'

/** A collection without its messages. */
export interface CollectionFacts {
  readonly id: string
  readonly kind: CollectionKind
  /** Of the kind `connection`: whose it is. */
  readonly connectionId: ProfileId | null
  /** The name of its folder. */
  readonly name: string
  /** Where it is on disk. */
  readonly path: string
  readonly folders: readonly CollectionFolder[]
  readonly damaged: readonly DamagedFile[]
  /** Why the folder itself cannot be read; null = it can. */
  readonly problem: AppError | null
}

/** What has changed of a collection. */
export interface CollectionChange {
  readonly facts: CollectionFacts
  /** It holds exactly what `put` has; else that is added or replaced. */
  readonly isWhole: boolean
  readonly put: readonly CollectionMessage[]
  readonly removed: readonly string[]
}

export const byCollectionSchema = z.object({ collectionId: collectionIdSchema })

export const sharedCollectionId = 'shared'
/** The collection of a connection. */
export const collectionIdOf = (connectionId: ProfileId): string => `connection:${connectionId}`
export const connectionOfCollection = (collectionId: string): ProfileId | null => {
  const [kind, ...rest] = collectionId.split(':')
  const id = profileIdSchema.safeParse(rest.join(':'))
  return kind === 'connection' && id.success ? id.data : null
}
