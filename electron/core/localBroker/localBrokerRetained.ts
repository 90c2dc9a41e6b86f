import type { PublishPacket } from 'aedes'
import { createFilterTrie } from '#shared/mqtt/filterTrie'
import { bytesOfMessage } from './localBrokerLedger'
import { keptMessage } from './localBrokerMessage'
import type { StoreParts } from './localBrokerStore'

interface Retained {
  readonly packet: PublishPacket
  readonly bytes: number
}

/** The retained messages by topic, within their limits. */
export const createRetainedMessages = ({ ledger, limits, onRefused }: StoreParts) => {
  const messages = new Map<string, Retained>()
  const account = ledger.open()
  const bytesBefore = (topic: string) => messages.get(topic)?.bytes ?? 0
  const fits = (packet: PublishPacket): boolean => {
    const more = bytesOfMessage(packet) - bytesBefore(packet.topic)
    return (
      packet.payload.length <= limits.retainedMessageBytes &&
      account.held() + more <= limits.retainedBytes &&
      ledger.fits(more)
    )
  }
  const drop = (topic: string) => {
    account.give(bytesBefore(topic))
    messages.delete(topic)
  }
  return {
    count: () => messages.size,
    bytes: () => account.held(),
    /** Whether a message can take its topic's place. One without a payload always can: it clears the place (§3.3.1.3). */
    fits: (packet: PublishPacket) => packet.payload.length === 0 || fits(packet),
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
