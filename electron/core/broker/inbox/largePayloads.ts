// Why it is so: build/docs/decisions/14-large-payloads-cross-as-their-head.md
import type { HeldMemory } from '#shared/model/memory'
import type { ProfileId } from '#shared/model/profile'
import type { WireMessage } from '../message/wireMessage'

/** Identifies a message among those of all connections. */
export interface MessagePlace {
  readonly connectionId: ProfileId
  readonly sequence: number
}

interface KeptPayload extends MessagePlace {
  readonly bytes: Uint8Array
  /** Bytes of the buffer it keeps in memory. */
  readonly size: number
}

/**
 * A view keeps its whole buffer in memory. Where no more than this share of it is not payload, a view is cheaper than a
 * copy.
 */
const spareShare = 1 / 16

/**
 * Payloads of which the window has only the head, within a budget that all connections share: the oldest are removed
 * first, and the newest is kept whatever its size.
 */
export interface LargePayloads {
  /** A message of this place must not be kept twice. */
  keep(place: MessagePlace, message: Pick<WireMessage, 'source' | 'payloadStart' | 'end'>): void
  /** The whole payload, not a copy; null = it is no longer kept. */
  find(place: MessagePlace): Uint8Array | null
  /** The window no longer shows the connection's messages up to this one. */
  release(request: MessagePlace): void
  remove(connectionId: ProfileId): void
  setBudget(bytes: number): void
  memory(): HeldMemory
}

export const createLargePayloads = (initialBudgetBytes: number): LargePayloads => {
  // A Map keeps the order in which they came.
  const kept = new Map<string, KeptPayload>()
  let budgetBytes = initialBudgetBytes
  let heldBytes = 0

  const forget = (payload: KeptPayload) => {
    kept.delete(keyOf(payload))
    heldBytes -= payload.size
  }
  const forgetWhere = (isGone: (payload: KeptPayload) => boolean) => {
    for (const payload of kept.values()) if (isGone(payload)) forget(payload)
  }
  const evict = () => {
    for (const payload of kept.values()) {
      if (heldBytes <= budgetBytes || kept.size <= 1) return
      forget(payload)
    }
  }

  return {
    keep: (place, message) => {
      const bytes = ownBytes(message)
      const payload = { ...place, bytes, size: bytes.buffer.byteLength }
      kept.set(keyOf(payload), payload)
      heldBytes += payload.size
      evict()
    },
    find: (place) => kept.get(keyOf(place))?.bytes ?? null,
    release: ({ connectionId, sequence }) =>
      forgetWhere((payload) => payload.connectionId === connectionId && payload.sequence <= sequence),
    remove: (connectionId) => forgetWhere((payload) => payload.connectionId === connectionId),
    setBudget: (bytes) => {
      budgetBytes = bytes
      evict()
    },
    memory: () => ({ bytes: heldBytes, limitBytes: budgetBytes }),
  }
}

const keyOf = ({ connectionId, sequence }: MessagePlace) => `${connectionId}:${sequence}`

/**
 * The payload as a view or a copy. A large packet lies in a buffer that holds little else, because it was joined from
 * its chunks or encoded there, and nothing writes to it later: then a view is enough.
 */
const ownBytes = ({ source, payloadStart, end }: Pick<WireMessage, 'source' | 'payloadStart' | 'end'>): Uint8Array => {
  const length = end - payloadStart
  const payload = new Uint8Array(source.buffer, source.byteOffset + payloadStart, length)
  return source.buffer.byteLength - length <= length * spareShare ? payload : payload.slice()
}
