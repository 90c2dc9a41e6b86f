import { isInForce } from '#shared/model/subscription'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import type { DeliveryHistory, LikeMessage } from './deliveryHistory'
import { grantedSince, type Arrival } from './deliveryTruth'

/** What can be said about a message that equals the one before it on its topic. */
export interface RepeatStory {
  readonly kind: 'deliveredTwice' | 'perhapsCopy' | 'unknown' | 'gone'
  /** Of the message it equals. */
  readonly sequence: number
  readonly milliseconds: number
  /** How often we published it, and how often it has come, this time included, as far as that was looked at. */
  readonly sent: number
  readonly received: number
  /** How many filters in force match: several entries with one filter are one subscription to the server. */
  readonly matching: number
}

/** A repeat comes at most half a second after what it equals; a little more, for clocks that were set right. */
const repeatMs = 600
/** How long a message may be under way and still be taken for the delivery of a publish. */
const latencyMs = 30_000

interface Counts {
  readonly sent: number
  readonly received: number
}

const isInOrder = ({ arrivedAt }: MessageView, like: readonly LikeMessage[]) =>
  like.every(({ time }, index) => time <= (like[index - 1]?.time ?? arrivedAt))

/**
 * The fewest deliveries, this one the last, that outnumber the publishes which may have brought them; null where every
 * delivery may have had a publish of its own (Hall's theorem), or where a publish may be out of view.
 */
const surplusOf = (message: MessageView, { like, completeSince }: DeliveryHistory, connectedSince: number) => {
  // One that came before all that we sent was published by somebody else, or before what is known.
  if (like.at(-1)?.kind !== 'sent' || !isInOrder(message, like)) return null
  const publishes = like.filter(({ kind }) => kind === 'sent')
  const deliveries = [{ time: message.arrivedAt }, ...like.filter(({ kind }) => kind === 'received')]
  let sent = 0
  for (const [index, { time }] of deliveries.entries()) {
    const from = time - latencyMs
    if (from < completeSince) return null
    for (; (publishes[sent]?.time ?? -Infinity) >= from; sent += 1);
    // What was not answered before the connection ended is sent again, and is still one message of the log.
    if ((publishes[sent - 1]?.time ?? -Infinity) < connectedSince) return null
    if (index + 1 > sent) return { sent, received: index + 1 } satisfies Counts
  }
  return null
}

const countsOf = ({ like }: DeliveryHistory): Counts => {
  const sent = like.filter(({ kind }) => kind === 'sent').length
  return { sent, received: like.length - sent + 1 }
}

const matchingFilters = ({ statuses, source }: Arrival): number =>
  new Set(
    statuses
      .filter((status) => isInForce(status) && source.subscriptionIds.includes(status.subscription.id))
      .map(({ subscription }) => subscription.filter),
  ).size

/**
 * Why a message may have come again; null where it is no repeat. `gone` = what it equals was not found in the log. The
 * broker is blamed only where our own publishes cannot have brought all that came.
 */
export const repeatStoryOf = (arrival: Arrival, history: DeliveryHistory): RepeatStory | null => {
  const { message, source } = arrival
  if (!message.repeat) return null
  const matching = matchingFilters(arrival)
  const known = { ...countsOf(history), matching }
  const before = history.like.find(({ kind, time }) => kind === 'received' && message.arrivedAt - time <= repeatMs)
  if (!before) return { kind: 'gone', sequence: 0, milliseconds: 0, ...known }
  const milliseconds = Math.max(0, Math.round(message.arrivedAt - before.time))
  const told = { ...known, sequence: before.sequence, milliseconds }
  if (source.by === 'inferred' && matching > 1) return { kind: 'perhapsCopy', ...told }
  const connectedSince = grantedSince(arrival)
  const surplus = connectedSince === null ? null : surplusOf(message, history, connectedSince)
  return surplus ? { kind: 'deliveredTwice', ...told, ...surplus } : { kind: 'unknown', ...told }
}
