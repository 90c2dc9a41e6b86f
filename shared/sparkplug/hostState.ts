import { decodeUtf8 } from '#shared/mqtt/utf8'

/** What a host application says of itself. */
export interface HostState {
  readonly isOnline: boolean
  /** Milliseconds since 1970; null = it says none, as before 3.0. */
  readonly sentAt: number | null
}

/**
 * The payload of a STATE message: `{"online": true, "timestamp": …}` of Sparkplug 3.0, or `ONLINE` and `OFFLINE` of 2.2.
 * Null = neither.
 */
export const readHostState = (bytes: Uint8Array): HostState | null => {
  const text = decodeUtf8(bytes)
  const word = text.trim()
  if (word === 'ONLINE' || word === 'OFFLINE') return { isOnline: word === 'ONLINE', sentAt: null }
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof read !== 'object' || read === null || !('online' in read) || typeof read.online !== 'boolean') return null
  const sentAt = 'timestamp' in read && typeof read.timestamp === 'number' ? read.timestamp : null
  return { isOnline: read.online, sentAt }
}
