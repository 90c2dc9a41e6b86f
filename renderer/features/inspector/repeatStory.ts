import type { DeliveryHistory } from './deliveryHistory'
import type { Arrival } from './deliveryTruth'

/** What can be said about a message that equals the one before it on its topic. */
export interface RepeatStory {
  readonly kind: 'deliveredTwice' | 'perhapsCopy' | 'unknown' | 'gone'
  /** Of the message it equals. */
  readonly sequence: number
  readonly milliseconds: number
  /** How often we published it, and how often it has come, this time included. */
  readonly sent: number
  readonly received: number
  /** How many subscriptions match. */
  readonly matching: number
}

const togetherMs = 5_000
/** A repeat comes at most a second after what it equals; a little more, for clocks that were set. */
const repeatMs = 1_100

/** Why a message may have come again; null where it is no repeat. `gone` = what it equals was not found in the log. */
export const repeatStoryOf = ({ message, source }: Arrival, { like }: DeliveryHistory): RepeatStory | null => {
  if (!message.repeat) return null
  const together = like.filter(({ time }) => message.time - time <= togetherMs)
  const sent = together.filter(({ kind }) => kind === 'sent').length
  const received = together.length - sent + 1
  const matching = source.subscriptionIds.length
  const before = like.find(({ kind, time }) => kind === 'received' && message.time - time <= repeatMs)
  if (!before) return { kind: 'gone', sequence: 0, milliseconds: 0, sent, received, matching }
  const milliseconds = Math.max(0, Math.round(message.time - before.time))
  const told = { sequence: before.sequence, milliseconds, sent, received, matching }
  if (source.by === 'inferred' && matching > 1) return { kind: 'perhapsCopy', ...told }
  return { kind: sent > 0 && received > sent ? 'deliveredTwice' : 'unknown', ...told }
}
