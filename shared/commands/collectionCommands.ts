import { z } from 'zod'
import {
  byCollectionSchema,
  collectionLimits,
  folderNameSchema,
  folderPathSchema,
  keptMessageSchema,
  messageIdSchema,
} from '../model/collection'
import { isWithinBytes } from '../model/size'
import { answers, nothing } from './answers'

/** Messages that are kept in files. */
export const collectionCommands = {
  /** Tells all of each collection by `collection.changed` as soon as it is read. */
  'collection.load': answers<null>()(nothing),
  /** Looks for what was changed outside, where the system tells nothing of it. */
  'collection.check': answers<null>()(nothing),
  /**
   * Adds messages, or changes those with their ids. It is so at once, which `collection.changed` tells, and on disk soon after;
   * where that fails the message says so. Fails with `notFound` where there is no such folder.
   */
  'collection.save': answers<null>()(
    byCollectionSchema
      .extend({ messages: z.array(keptMessageSchema).min(1).max(collectionLimits.messages) })
      .refine(isWithinBytes(64 * 2 ** 20), 'tooLong'),
  ),
  /** Puts a message before another one (null = at the end) of a folder, of another collection too. */
  'collection.move': answers<null>()(
    byCollectionSchema.extend({
      messageId: messageIdSchema,
      to: byCollectionSchema.extend({ folder: folderPathSchema, beforeId: messageIdSchema.nullable() }),
    }),
  ),
  'collection.remove': answers<null>()(
    byCollectionSchema.extend({ messageIds: z.array(messageIdSchema).max(collectionLimits.messages) }),
  ),
  /** Writes again what could not be written. */
  'collection.retry': answers<null>()(byCollectionSchema),
  /** Answers the path of the folder. Fails with `nameTaken`, `storageFailed`. */
  'collection.addFolder': answers<string>()(
    byCollectionSchema.extend({ parent: folderPathSchema, name: folderNameSchema }),
  ),
  /** Another name, or another parent; answers the new path. Fails as `collection.addFolder` does. */
  'collection.moveFolder': answers<string>()(
    byCollectionSchema.extend({ folder: folderPathSchema, parent: folderPathSchema, name: folderNameSchema }),
  ),
  /** With the messages in it; files that are none of ours stay, and so does the folder then. */
  'collection.removeFolder': answers<null>()(byCollectionSchema.extend({ folder: folderPathSchema })),
  /** The system's dialog for a folder, which is a collection from now on; answers its id, null = cancelled. */
  'collection.openFolder': answers<string | null>()(nothing),
  /** Takes such a folder off the list; nothing on disk is touched. */
  'collection.close': answers<null>()(byCollectionSchema),
  /** Asks for a folder and writes a copy of all messages into it; answers its path, null = cancelled. */
  'collection.saveElsewhere': answers<string | null>()(byCollectionSchema),
  /** Asks where to and writes all messages into one file; answers its path, null = cancelled. */
  'collection.export': answers<string | null>()(byCollectionSchema),
  /** Asks for such a file and adds its messages; answers how many, null = cancelled. Fails with `notACollection`. */
  'collection.import': answers<number | null>()(byCollectionSchema),
}
