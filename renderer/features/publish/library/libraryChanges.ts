import { largestSavedPayload, type SentMessage, type PublishLibrary } from '#shared/model/publish'
import { formatBase64 } from '#shared/mqtt/payloadText'
import type { Composed } from '../../../state/composerRequest'

export const historyLimit = 100
const historyBudget = 1024 * 1024

/** A message with these bytes, as text that can be saved. */
export const messageWith = (message: Composed, bytes: Uint8Array): Composed => ({
  ...message,
  format: 'base64',
  payload: formatBase64(bytes),
})

/** A draft as text that can be saved: bytes become Base64. Null where its payload is too large to be saved. */
export const savableMessage = ({
  message,
  bytes,
}: {
  message: Composed
  bytes: Uint8Array | null
}): Composed | null => {
  if ((bytes ?? message.payload).length > largestSavedPayload) return null
  return bytes ? messageWith(message, bytes) : message
}

const isSameMessage = (one: Composed, other: Composed) => JSON.stringify(one) === JSON.stringify(other)

const withinBudget = (entries: readonly SentMessage[]): SentMessage[] => {
  let size = 0
  const fits = entries.findIndex((entry) => (size += entry.message.payload.length) > historyBudget)
  return entries.slice(0, Math.min(historyLimit, fits < 0 ? historyLimit : fits))
}

/**
 * Puts an entry where its time is, which is first unless a later one was answered before it. The same message sent again in a row
 * stands once, with its last time, instead of pushing others out.
 */
export const withSent = (library: PublishLibrary, connectionId: string, entry: SentMessage): PublishLibrary => {
  const entries = library.history[connectionId] ?? []
  const found = entries.findIndex(({ sentAt }) => sentAt <= entry.sentAt)
  const place = found < 0 ? entries.length : found
  const [after, before] = [entries[place - 1], entries[place]]
  if (after && isSameMessage(after.message, entry.message)) return library
  const replaced = before && isSameMessage(before.message, entry.message) ? 1 : 0
  const next = withinBudget(entries.toSpliced(place, replaced, entry))
  return { ...library, history: { ...library.history, [connectionId]: next } }
}

export const withoutHistory = (library: PublishLibrary, connectionId: string): PublishLibrary => ({
  ...library,
  history: Object.fromEntries(Object.entries(library.history).filter(([id]) => id !== connectionId)),
})

export const withHistory = (
  library: PublishLibrary,
  connectionId: string,
  entries: readonly SentMessage[],
): PublishLibrary => ({
  ...library,
  history: {
    ...library.history,
    [connectionId]: withinBudget([...(library.history[connectionId] ?? []), ...entries]),
  },
})
