import type { AppError } from '#shared/result'
import type { Qos } from './qos'

/** Most entries one page carries. */
export const retainedPageEntries = 5_000
/** What a listing keeps at most, payloads included, so that clearing can be undone. */
export const retainedListLimits = { entries: 500_000, bytes: 256 * 2 ** 20 } as const

/** Bytes of a payload that its fingerprint speaks of. */
export const fingerprintBytes = 256

/** FNV-1a with 32 bits, of the first `fingerprintBytes`: other bytes have another one, but for one case in 4 billion. */
export const fingerprintOf = (payload: Uint8Array): number => {
  let hash = 0x811c9dc5
  const end = Math.min(payload.length, fingerprintBytes)
  for (let at = 0; at < end; at++) hash = Math.imul(hash ^ (payload[at] ?? 0), 0x01000193)
  return hash >>> 0
}

/** One retained message of a listing; its place in the list is its number. */
export interface RetainedEntry {
  readonly topic: string
  /** Bytes of the payload. */
  readonly size: number
  /** As it was published; null = the broker did not tell. */
  readonly qos: Qos | null
  /** Seconds it had left when it was listed; null = it does not expire. */
  readonly expirySeconds: number | null
  /** Of the payload, by `fingerprintOf`. */
  readonly fingerprint: number
}

export type RetainedFate = 'cleared' | 'restored' | 'expired' | 'failed'

/** A message that was cleared, or put back; `failed` = it stands as before. */
export interface RetainedChange {
  readonly place: number
  readonly fate: RetainedFate
}

export interface RetainedWork {
  readonly kind: 'clear' | 'undo'
  readonly total: number
  readonly done: number
  readonly failed: number
  /** What had expired meanwhile is not put back. */
  readonly expired: number
  readonly cancelled: boolean
  readonly running: boolean
}

/** Where a listing stands, with the entries and changes that were asked for. */
export interface RetainedPage {
  readonly phase: 'connecting' | 'listing' | 'listed' | 'cancelled' | 'failed'
  readonly error: AppError | null
  readonly total: number
  readonly bytes: number
  /** Which limit ended it early; null = none. */
  readonly cut: 'entries' | 'bytes' | null
  readonly entries: readonly RetainedEntry[]
  readonly changes: readonly RetainedChange[]
  readonly work: RetainedWork | null
  /** How many messages `retained.undo` would put back. */
  readonly undoable: number
}
