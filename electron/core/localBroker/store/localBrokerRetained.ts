import type { PublishPacket } from 'aedes'
import { createFilterTrie } from '#shared/mqtt/filterTrie'
import { bytesOfMessage } from '../localBrokerLedger'
import { keptMessage } from './localBrokerMessage'
import type { StoreParts } from '../localBrokerLimits'

interface Retained {
  readonly packet: PublishPacket
  readonly bytes: number
}

/** The retained messages by topic, within their limits. */
export const createRetainedMessages = ({ ledger, limits, onRefused }: StoreParts) => {
  const messages = new Map<string, Retained>()
  const account = ledger.open()
  /** Bytes reserved for messages that were acknowledged and that aedes has not stored yet. */
  let reserved = 0
  const bytesBefore = (topic: string) => messages.get(topic)?.bytes ?? 0
  const fits = (packet: PublishPacket): boolean => {
    const more = bytesOfMessage(packet) - bytesBefore(packet.topic)
    return (
      packet.payload.length <= limits.retainedMessageBytes &&
      account.held() + reserved + more <= limits.retainedBytes &&
      ledger.fits(reserved + more)
    )
  }
  const drop = (topic: string) => {
    account.give(bytesBefore(topic))
    messages.delete(topic)
  }
  return {
    count: () => messages.size,
    bytes: () => account.held(),
    /**
     * Keeps room for a message until the answered function is called, right before it is kept; null = there is none.
     * One without a payload needs none: it clears its topic's place (§3.3.1.3).
     */
    reserve: (packet: PublishPacket): (() => void) | null => {
      if (packet.payload.length === 0) return () => undefined
      if (!fits(packet)) return null
      let bytes = Math.max(0, bytesOfMessage(packet) - bytesBefore(packet.topic))
      reserved += bytes
      return () => {
        reserved -= bytes
        bytes = 0
      }
    },
    keep: (packet: PublishPacket): void => {
      if (packet.payload.length === 0) return drop(packet.topic)
      if (!fits(packet)) return onRefused('retained')
      drop(packet.topic)
      const bytes = bytesOfMessage(packet)
      account.take(bytes)
      messages.set(packet.topic, { packet: keptMessage(packet), bytes })
    },
    /** Those that one of the filters matches, each once. */
    *matching(filters: readonly string[]): Generator<PublishPacket> {
      const trie = createFilterTrie(filters.map((filter) => [filter, true] as const))
      for (const { packet } of messages.values())
        if (trie.matching(packet.topic.split('/')).length > 0) yield { ...packet }
    },
  }
}
