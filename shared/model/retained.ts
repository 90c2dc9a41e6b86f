import type { DiscoveryReading } from '#shared/homeAssistant/discovery'
import type { AppError } from '#shared/result'
import type { Qos } from './qos'

/** What one page carries at most, but always one entry; characters are those of the topics. */
export const retainedPageLimits = { entries: 5_000, characters: 2 ** 20 } as const
/** What a listing and all that can be put back keep at most, payloads, topics and properties included. */
export const retainedListLimits = { entries: 500_000, bytes: 256 * 2 ** 20 } as const

/** Bytes of a payload that a list shows. */
export const retainedPreviewBytes = 64

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
  /** Seconds it had left when it came; null = it does not expire. */
  readonly expirySeconds: number | null
  /** In milliseconds since 1970. */
  readonly receivedAt: number
  /** Of the payload, by `fingerprintOf`. */
  readonly fingerprint: number
  /** The first bytes of the payload, at most `retainedPreviewBytes`. */
  readonly preview: Uint8Array
  /** What it tells Home Assistant; null = its topic is none of discovery. */
  readonly discovery: DiscoveryReading | null
}

/**
 * What became of a message. Clearing: `cleared`, or it was not: it is another one by now (`changed`), somebody else was
 * first (`gone`), it is there as before although it was sent (`stayed`). Putting back: `restored`, or it was not: it has
 * run out (`expired`), there is a newer one (`newer`) or it was never away (`standing`), it is not there although it was
 * sent (`missing`). Either: `failed` = not done; `unknown` = sent, and nothing is known of what came of it.
 */
export const retainedFates = [
  ...(['cleared', 'changed', 'gone', 'stayed'] as const),
  ...(['restored', 'expired', 'newer', 'standing', 'missing'] as const),
  ...(['failed', 'unknown'] as const),
] as const
export type RetainedFate = (typeof retainedFates)[number]

/** The latest fate of a place counts. */
export interface RetainedChange {
  readonly place: number
  readonly fate: RetainedFate
}

export interface RetainedWork {
  readonly kind: 'clear' | 'undo'
  readonly total: number
  /** How many have been judged, sent and answered. */
  readonly done: number
  /** How many have which fate; together `total` in the end. */
  readonly counts: Readonly<Partial<Record<RetainedFate, number>>>
  /** Why some of it was not done; null = nothing in the way, or only what `counts` says. */
  readonly error: AppError | null
  readonly cancelled: boolean
  readonly stage: 'checking' | 'sending' | 'verifying' | 'ended'
}

/** Where a listing stands, with the entries and changes that were asked for. */
export interface RetainedPage {
  readonly phase: 'connecting' | 'listing' | 'listed' | 'cancelled' | 'failed'
  readonly error: AppError | null
  readonly total: number
  readonly bytes: number
  /** Which limit ended it early; null = none. */
  readonly cut: 'entries' | 'bytes' | null
  /** Topics whose message is too large to be taken: they are not among the entries. */
  readonly skipped: number
  /** How long nothing came when it was taken for complete, in milliseconds; null = another end, or none yet. */
  readonly quietMs: number | null
  readonly entries: readonly RetainedEntry[]
  readonly changes: readonly RetainedChange[]
  readonly work: RetainedWork | null
  /** How many messages `retained.undo` would put back. */
  readonly undoable: number
}
