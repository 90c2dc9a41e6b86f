import type { LeftOut, SavedDraft } from '#shared/model/drafts'
import { largestSavedPayload } from '#shared/model/publish'
import { emptyMessage } from '#shared/model/publish'
import { isOnDisk, newDraft, type Draft, type DraftTab } from '../composer/draft'
import { savableMessage } from '../library/libraryChanges'

/** What of a draft would not come back after a restart; null = all of it would. */
export const leftOutOf = (draft: Draft): LeftOut | null => {
  const { message, file } = draft
  if (file && isOnDisk(file)) return 'file'
  return (file?.bytes ?? message.payload).length > largestSavedPayload ? 'payload' : null
}

/** As it is written to disk: bytes become Base64, and what is too large or stands in a file is left out and said. */
export const savedDraft = (tab: DraftTab): SavedDraft => {
  const { id, name, everyMs, message, origin } = tab
  const leftOut = leftOutOf(tab) ?? tab.leftOut
  const saved = savableIn(tab) ?? { ...message, payload: emptyMessage.payload }
  return { id, name, everyMs, leftOut, message: saved, ...(origin && { origin }) }
}

/** As it comes back with the next run. */
export const restoredDraft = ({ id, name, everyMs, message, leftOut, origin = null }: SavedDraft): DraftTab => ({
  ...newDraft(),
  id,
  name,
  everyMs,
  message,
  leftOut,
  origin,
})

/** The message with all of its payload but for a file on disk, whose place the editor's text takes; null = it is too large. */
const savableIn = ({ message, file }: Draft) =>
  savableMessage({ message, bytes: file && !isOnDisk(file) ? file.bytes : null })
