// Why it is so: build/docs/decisions/31-messages-that-come-more-than-once.md
import { flags } from '#shared/model/frame'
import type { ToldStored } from '../message/topicTable'
import type { WireMessage } from '../message/wireMessage'
import { contentKeyOf } from './contentMemory'
import type { OverlapServer } from './overlapCopies'
import type { Ask } from './storedMessages'

export interface StoredCopies {
  /**
   * Whether a stored message was told before, for another subscription. `identifiers` = those of ours that it names, `matching` =
   * the filters that match its topic.
   */
  isCopy(message: WireMessage, identifiers: readonly number[], matching: readonly string[]): boolean
  /** A new connection begins: what the server keeps may have changed in between. */
  reset(): void
}

interface StoredCopiesParts extends Omit<OverlapServer, 'isSettled'> {
  /** The newest SUBSCRIBE for a filter. */
  readonly askFor: (filter: string) => Ask | undefined
}

/**
 * Recognizes a stored message that the server sends once for each SUBSCRIBE it answers (MQTT 5 §3.8.3.1, Retain Handling), where
 * filters overlap. It is a copy, and not another message with the same payload, where all of this is so:
 *
 * - it names the subscriptions it came for, and was told before on this connection, with the same payload, for others;
 * - their SUBSCRIBEs had all gone out when it was told first: who asks later wants to see what is kept;
 * - nothing was published on the topic since, as one of the others tells, which is in force and brings every message.
 */
export const createStoredCopies = ({ filterOf, bringsAll, askFor }: StoredCopiesParts): StoredCopies => {
  let run = 0

  const asksBehind = (identifiers: readonly number[]): Ask[] =>
    identifiers.flatMap((identifier) => askFor(filterOf(identifier) ?? '') ?? [])
  const isInForce = (ask: { readonly filter: string }) => bringsAll(ask.filter) && askFor(ask.filter) === ask
  const isTold = (told: ToldStored, { topic }: WireMessage, content: string): boolean =>
    told.run === run && told.content === content && topic.heardAt < told.at
  const isForOthers = (told: ToldStored, asks: readonly Ask[]): boolean =>
    asks.every(({ filter, at }) => at <= told.at && !told.asks.some((before) => before.filter === filter))

  return {
    isCopy: (message, identifiers, matching) => {
      if (matching.length < 2 || (message.flags & flags.dup) !== 0) return false
      const asks = asksBehind(identifiers)
      if (asks.length === 0 || asks.length < identifiers.length) return false
      const { topic } = message
      const content = contentKeyOf(message)
      const told = topic.toldStored
      if (told && isTold(told, message, content) && isForOthers(told, asks) && told.asks.some(isInForce)) {
        told.asks.push(...asks)
        return true
      }
      topic.toldStored = { content, at: message.time - message.clockShift, run, asks }
      return false
    },
    reset: () => void (run += 1),
  }
}
