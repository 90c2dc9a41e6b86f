import type { Latencies, MeterCounts, QosLatencies } from '#shared/model/meter'
import type { PublishReceipt } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import type { AppError, Result } from '#shared/result'
import { createArrivals, type Arrival } from './counts/arrivals'
import { createLatencyHistogram } from './counts/latencyHistogram'
import { createSentMessages } from './counts/sentMessages'
import { createSequenceSet } from './counts/sequenceSet'

/** The messages of a run of our own: what was sent, what arrived, and what the broker said. */
export interface OwnRun {
  noteSent(qos: Qos): void
  noteAnswer(sequence: number, qos: Qos, result: Result<PublishReceipt>): void
  noteArrival(arrival: Omit<Arrival, 'wasResent'>): void
  /** Time has passed: what was sent up to so many milliseconds ago and has not come is lost. `isOver` = all of it. */
  passed(now: number, isOver: boolean): void
  counts(): MeterCounts
  latencies(): Latencies | null
  byQos(): QosLatencies[]
  firstRefusal(): AppError | null
}

/** Pages of sequence numbers that are not full (sequenceSet.ts): 67 million messages with a gap in each 65,536. */
const pages = 1_024
/** MQTT 5 §3.4.2.1: No matching subscribers. */
const noMatchingSubscribers = 0x10
const levels = [0, 1, 2] as const satisfies readonly Qos[]

export const createOwnRun = (lateAfterMs: number): OwnRun => {
  const sent = createSentMessages(pages)
  const arrivals = createArrivals({ lateAfterMs, pages })
  const resent = createSequenceSet(pages)
  const all = createLatencyHistogram()
  const ofQos = levels.map(createLatencyHistogram)
  const marks = createTimeMarks(lateAfterMs)
  const answers = { refused: 0, unheard: 0, unacknowledged: 0 }
  let firstRefusal: AppError | null = null

  const refuse = (sequence: number, error: AppError) => {
    firstRefusal ??= error
    answers.refused += 1
    sent.account(sequence)
  }
  const noteFailure = (sequence: number, error: AppError) => {
    if (error.code !== 'publishInterrupted') refuse(sequence, error)
    else if (error.values?.['again'] === 'yes') resent.add(sequence)
  }
  return {
    noteSent: (qos) => {
      sent.noteSent()
      if (qos > 0) answers.unacknowledged += 1
    },
    noteAnswer: (sequence, qos, result) => {
      if (qos > 0) answers.unacknowledged -= 1
      if (!result.ok) noteFailure(sequence, result.error)
      else if (result.value.reasonCode === noMatchingSubscribers) answers.unheard += 1
    },
    noteArrival: (arrival) => {
      // A number that was not sent is not ours, whatever it says.
      if (arrival.sequence >= sent.sent()) return
      const wasResent = resent.countBetween(arrival.sequence, arrival.sequence + 1) > 0
      if (!arrivals.note({ ...arrival, wasResent })) return
      sent.account(arrival.sequence)
      all.note(arrival.latencyMs)
      ofQos[arrival.qos]?.note(arrival.latencyMs)
    },
    passed: (now, isOver) => sent.overdue(isOver ? sent.sent() : marks.passed(now, sent.sent())),
    counts: () => ({
      ...arrivals.counts(),
      ...answers,
      sent: sent.sent(),
      lost: sent.lost(),
      waiting: sent.waiting(),
    }),
    latencies: all.summary,
    byQos: () =>
      levels.flatMap((qos) => {
        const found = ofQos[qos]?.summary()
        return found ? [{ ...found, qos }] : []
      }),
    firstRefusal: () => firstRefusal,
  }
}

/** Remembers at some times how many were sent by then, and answers how many of them are overdue. */
const createTimeMarks = (lateAfterMs: number) => {
  const marks: { readonly at: number; readonly sent: number }[] = []
  let overdue = 0
  return {
    passed: (now: number, sent: number): number => {
      marks.push({ at: now, sent })
      while (marks[0] && marks[0].at < now - lateAfterMs) overdue = marks.shift()?.sent ?? overdue
      return overdue
    },
  }
}
