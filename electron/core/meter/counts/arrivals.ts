// Why it is so: build/docs/decisions/47-a-meter-says-which-kind-of-again.md
import type { ArrivalCounts } from '#shared/model/meter'
import { createSequenceSet } from './sequenceSet'

/** A message with a stamp, as it arrived. */
export interface Arrival {
  readonly sequence: number
  readonly topic: string
  readonly sentQos: number
  readonly qos: number
  /** From its sending to its arrival. */
  readonly latencyMs: number
  /** What the judge of deliveries says of it. */
  readonly kind: 'own' | 'copy' | 'redelivery'
  /** Marked DUP. */
  readonly isDup: boolean
  /** The broker had it stored. */
  readonly isStored: boolean
  /** So many further copies of it may come unmarked, because other filters match its topic and messages do not name theirs. */
  readonly unmarkedCopies: number
  /** We sent it again after our connection had ended. */
  readonly wasResent: boolean
}

/** Tells the arrivals of one run apart. */
export interface Arrivals {
  /** Whether it is the first with its number. */
  note(arrival: Arrival): boolean
  counts(): ArrivalCounts
}

/** Bounds of what is remembered. */
export interface ArrivalBounds {
  readonly lateAfterMs: number
  /** Pages of sequence numbers (sequenceSet.ts). */
  readonly pages: number
}

/** Topics with a QoS whose order is followed; that of further ones is not judged. */
const mostLanes = 10_000
/** Messages whose unmarked copies are counted: they come together. */
const mostWithCopies = 4_096

/**
 * The first arrival with a number is the message, unless the broker had it stored. What comes after it with the same number came
 * again, and the first of these that holds says why: it is a copy for another subscription, MQTT had it sent again, we sent it again,
 * it may be a copy; else it is a duplicate. Order is told by the first arrivals, within a topic and
 * the QoS that it was sent with (MQTT 5 §4.6), as RFC 4737 §3.3 does: what is lower than the highest before it was overtaken.
 */
export const createArrivals = ({ lateAfterMs, pages }: ArrivalBounds): Arrivals => {
  const counts = { ...noArrivals }
  const known = createSequenceSet(pages)
  const highest = new Map<string, number>()
  const copies = createCopyCounts()

  const noteOrder = ({ sequence, topic, sentQos }: Arrival) => {
    const lane = `${sentQos} ${topic}`
    const before = highest.get(lane)
    if (before !== undefined && sequence < before) counts.reordered += 1
    else if (before !== undefined || highest.size < mostLanes) highest.set(lane, sequence)
  }
  const noteFirst = (arrival: Arrival) => {
    counts.received += 1
    if (arrival.latencyMs > lateAfterMs) counts.late += 1
    if (arrival.qos < arrival.sentQos) counts.lowered += 1
    noteOrder(arrival)
  }
  const againAs = ({ kind, isDup, wasResent, sequence, unmarkedCopies }: Arrival): AgainKind => {
    if (kind === 'copy') return 'copies'
    if (kind === 'redelivery' || isDup) return 'redelivered'
    if (wasResent) return 'resent'
    return copies.take(sequence, unmarkedCopies) ? 'copies' : 'duplicated'
  }
  return {
    note: (arrival) => {
      if (arrival.isStored && arrival.kind === 'own') {
        counts.stored += 1
        return false
      }
      const added = known.add(arrival.sequence)
      if (added === 'added') noteFirst(arrival)
      else counts[added === 'forgotten' ? 'forgotten' : againAs(arrival)] += 1
      return added === 'added'
    },
    counts: () => ({ ...counts }),
  }
}

type AgainKind = 'duplicated' | 'redelivered' | 'copies' | 'resent'

export const noArrivals: ArrivalCounts = {
  received: 0,
  duplicated: 0,
  redelivered: 0,
  copies: 0,
  resent: 0,
  stored: 0,
  forgotten: 0,
  reordered: 0,
  late: 0,
  lowered: 0,
}

/** How many unmarked copies of the newest messages have come. */
const createCopyCounts = () => {
  const taken = new Map<number, number>()
  return {
    /** Whether one more may be a copy. */
    take: (sequence: number, most: number): boolean => {
      const before = taken.get(sequence) ?? 0
      if (before >= most) return false
      taken.set(sequence, before + 1)
      const [oldest] = taken.keys()
      if (taken.size > mostWithCopies && oldest !== undefined) taken.delete(oldest)
      return true
    },
  }
}
