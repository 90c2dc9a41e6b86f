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

/** Puts an entry first. The same message sent again moves up instead of pushing others out. */
export const withSent = (library: PublishLibrary, connectionId: string, entry: SentMessage): PublishLibrary => {
  const earlier = library.history[connectionId] ?? []
  const others = earlier[0] && isSameMessage(earlier[0].message, entry.message) ? earlier.slice(1) : earlier
  return { ...library, history: { ...library.history, [connectionId]: withinBudget([entry, ...others]) } }
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
