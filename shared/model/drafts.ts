import { z } from 'zod'
import { collectionIdSchema, messageIdSchema } from './collection'
import { composedMessageSchema } from './publish'

/** So many the window makes: in more tabs nobody finds anything, and the drafts are one file that is written whole. */
export const mostDrafts = 100

export const draftIdSchema = z.string().min(1).max(64)

/** What of a draft is not written to disk: a file on disk, which the next run may not read unasked, or a payload that is too large. */
const leftOutSchema = z.enum(['file', 'payload'])
export type LeftOut = z.infer<typeof leftOutSchema>

const draftOriginSchema = z.object({
  collectionId: collectionIdSchema,
  messageId: messageIdSchema,
  message: composedMessageSchema,
})
export type DraftOrigin = z.infer<typeof draftOriginSchema>

/** A draft as it is kept over a restart. */
export const savedDraftSchema = z.object({
  id: draftIdSchema,
  /** '' = it is called by its topic. */
  name: z.string().max(200),
  message: composedMessageSchema,
  /** Milliseconds between its messages when it is repeated, as typed. */
  everyMs: z.string().max(100),
  leftOut: leftOutSchema.nullable(),
  /** The kept message it was taken from, as that was then. */
  origin: draftOriginSchema.nullable().optional(),
})
export type SavedDraft = z.infer<typeof savedDraftSchema>

/** The drafts of all connections in the order of their tabs, and which of them each connection shows. */
export const savedDraftsSchema = z.object({
  drafts: z.array(savedDraftSchema),
  shownIn: z.record(z.string(), draftIdSchema),
})
export type SavedDrafts = z.infer<typeof savedDraftsSchema>

export const noSavedDrafts: SavedDrafts = { drafts: [], shownIn: {} }
