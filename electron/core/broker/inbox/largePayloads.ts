import type { HeldMemory } from '#shared/model/memory'
import type { ProfileId } from '#shared/model/profile'
import type { WireMessage } from '../message/wireMessage'

/** Names a message over all connections. */
export interface MessagePlace {
  readonly connectionId: ProfileId
  readonly sequence: number
}

interface KeptPayload extends MessagePlace {
  readonly bytes: Uint8Array
  /** What it holds in memory. */
  readonly size: number
}

const keyOf = ({ connectionId, sequence }: MessagePlace) => `${connectionId}:${sequence}`

/** A view keeps its whole buffer alive; up to this share of the payload that costs less than a copy. */
const spareShare = 1 / 16

/**
 * A payload in memory of its own. A large packet was joined from its chunks into a buffer that holds little else, and
 * one we publish was encoded into such a buffer: there a view is enough. Nothing writes to a payload's bytes later.
 */
const ownBytes = ({ source, payloadStart, end }: Pick<WireMessage, 'source' | 'payloadStart' | 'end'>): Uint8Array => {
  const length = end - payloadStart
  const payload = new Uint8Array(source.buffer, source.byteOffset + payloadStart, length)
  return source.buffer.byteLength - length <= length * spareShare ? payload : payload.slice()
}

/**
 * Payloads of which the window has only the head, within a budget that all connections share: the oldest go first, and
 * the newest stays whatever its size.
 */
export const createLargePayloads = (initialBudgetBytes: number) => {
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
    /** A message of this place must not be kept twice. */
    keep: (place: MessagePlace, message: Pick<WireMessage, 'source' | 'payloadStart' | 'end'>): void => {
      const bytes = ownBytes(message)
      const payload = { ...place, bytes, size: bytes.buffer.byteLength }
      kept.set(keyOf(payload), payload)
      heldBytes += payload.size
      evict()
    },
    /** The whole payload, not a copy; null = it is no longer kept. */
    find: (place: MessagePlace): Uint8Array | null => kept.get(keyOf(place))?.bytes ?? null,
    /** The window no longer shows the connection's messages up to this one. */
    release: ({ connectionId, sequence }: MessagePlace): void =>
      forgetWhere((payload) => payload.connectionId === connectionId && payload.sequence <= sequence),
    remove: (connectionId: ProfileId): void => forgetWhere((payload) => payload.connectionId === connectionId),
    setBudget: (bytes: number): void => {
      budgetBytes = bytes
      evict()
    },
    memory: (): HeldMemory => ({ bytes: heldBytes, limitBytes: budgetBytes }),
  }
}
export type LargePayloads = ReturnType<typeof createLargePayloads>
