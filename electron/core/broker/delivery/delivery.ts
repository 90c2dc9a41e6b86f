import { flags } from '#shared/model/frame'
import { readSubscriptionIdentifiers } from '#shared/mqtt/publishProperties'
import type { FilterOf, SubscriptionMatching } from '../matching/subscriptionMatching'
import type { MessageMarks, WireMessage } from '../message/wireMessage'
import { createOverlapCopies, type OverlapCopies, type OverlapServer } from './overlapCopies'
import { createRedeliveries, type Redeliveries } from './redeliveries'
import { createRepeats } from './repeats'
import { createStoredCopies } from './storedCopies'
import { createStoredMessages, type StoredMessages } from './storedMessages'

export interface DeliveryParts extends OverlapServer {
  readonly matching: SubscriptionMatching
}

/** Judges the messages of one session; what becomes of its subscriptions is told to `copies` and `stored`. */
export interface Delivery {
  /**
   * What a PUBLISH is, counted for its subscriptions: a message of its own, a repeat of the one before, a further copy, or a
   * redelivery. The answer is filled anew for the next message.
   */
  judge(message: WireMessage): MessageMarks
  readonly redeliveries: Redeliveries
  readonly copies: Omit<OverlapCopies, 'isCopy'>
  readonly stored: Pick<StoredMessages, 'subscribing' | 'subscribed'>
}

/**
 * The one place that tells messages apart that come more than once: a copy for another subscription, a redelivery (DUP, or
 * a QoS 2 packet identifier that is not released), and a repeat, which equals the message before it on its topic.
 */
export const createDelivery = ({ matching, ...server }: DeliveryParts): Delivery => {
  const { filterOf } = server
  const copies = createOverlapCopies(server)
  const stored = createStoredMessages(filterOf)
  const storedCopies = createStoredCopies({ ...server, askFor: stored.askFor })
  const repeats = createRepeats()
  const redeliveries = createRedeliveries()
  const marks = { kind: 'own' as MessageMarks['kind'], matchSetId: 0, flags: 0 }

  const marked = (kind: MessageMarks['kind'], matchSetId: number, bits: number): MessageMarks => {
    marks.kind = kind
    marks.matchSetId = matchSetId
    marks.flags = bits
    return marks
  }

  return {
    judge: (message) => {
      if (redeliveries.isRedelivery(message)) return marked('redelivery', 0, 0)
      const identifiers = knownIdentifiers(message, filterOf)
      const filters = matching.filtersFor(message.topic)
      if (copies.isCopy(message, identifiers, filters))
        return marked('copy', matching.countCopy(message, identifiers, false), flags.copy)
      const isStored = stored.isStored(message, identifiers, filters)
      if (isStored && storedCopies.isCopy(message, identifiers, filters))
        return marked('copy', matching.countCopy(message, identifiers, true), flags.copy | flags.stored)
      const isRepeat = repeats.isRepeat(message)
      const matchSetId = matching.count(message, identifiers, isStored)
      return marked('own', matchSetId, (isRepeat ? flags.repeat : 0) | (isStored ? flags.stored : 0))
    },
    redeliveries,
    copies: {
      ...copies,
      reset: () => {
        copies.reset()
        storedCopies.reset()
      },
    },
    stored,
  }
}

const none: readonly number[] = []

/**
 * The Subscription Identifiers of a message that we gave out, each once. A server may name half a million more, also ones of
 * an earlier run of the application.
 */
const knownIdentifiers = ({ source, start, payloadStart }: WireMessage, filterOf: FilterOf): readonly number[] => {
  if (payloadStart === start) return none
  const found = readSubscriptionIdentifiers(source, { start, end: payloadStart })
  const [first] = found
  if (first === undefined) return none
  if (found.length === 1) return filterOf(first) === undefined ? none : found
  return [...new Set(found)].filter((identifier) => filterOf(identifier) !== undefined)
}
