// Why it is so: build/docs/decisions/24-a-close-is-blamed-only-by-evidence.md
import type { Qos } from '#shared/model/qos'
import type { AppError } from '#shared/result'

/** A packet of ours that a server may have answered by ending the connection. */
export interface SentPacket<Source> {
  readonly packet: 'PUBLISH' | 'PUBREL' | 'SUBSCRIBE' | 'UNSUBSCRIBE'
  readonly qos: Qos | null
  readonly size: number
  /** When it was written: milliseconds of a monotonic clock. */
  readonly at: number
  readonly source: Source
}

export interface CloseEvidence<Source> {
  readonly reason: AppError
  /** Those that wait for an answer, oldest first. */
  readonly numbered: readonly SentPacket<Source>[]
  /** The last PUBLISH that gets none, and how many such were written since anything was read. */
  readonly unnumbered: (SentPacket<Source> & { readonly count: number }) | null
  readonly now: number
  readonly lastReadAt: number
  /** What is under suspicion was sent one at a time, after everything else. */
  readonly isCareful: boolean
}

export interface Blame<Source> {
  readonly blamed: SentPacket<Source>
  /** How many others it may have been. */
  readonly others: number
  /** All it may have been that will be sent again. */
  readonly suspects: readonly SentPacket<Source>[]
}

/** So long a server may take to close on what it has read, and on a PUBLISH that it never answers. */
const answeredWithinMs = 5_000
const unansweredWithinMs = 2_000

type Subject = 'message' | 'filter' | 'any'

// MQTT 5 §3.14.2.1: unspecified, malformed, protocol error, implementation specific, not authorized, filter invalid, topic
// invalid, receive maximum, topic alias, too large, rate, quota, payload format, retain, QoS, shared, identifiers, wildcards.
const aboutWhatWeSent = new Map<number, Subject>([
  ...[0x80, 0x81, 0x82, 0x83, 0x87, 0x95, 0x97].map((code) => [code, 'any'] as const),
  ...[0x90, 0x93, 0x94, 0x96, 0x99, 0x9a, 0x9b].map((code) => [code, 'message'] as const),
  ...[0x8f, 0x9e, 0xa1, 0xa2].map((code) => [code, 'filter'] as const),
])

/**
 * Which packet the end of a connection answers, if any; null = nothing points to one. Servers take packets in order, so
 * it is the oldest without an answer; where the suspects were sent one at a time it is the newest.
 */
export const blameFor = <Source>(evidence: CloseEvidence<Source>): Blame<Source> | null => {
  const { reason, numbered, unnumbered, now, lastReadAt, isCareful } = evidence
  const subject = subjectOf(reason)
  if (!subject) return null
  const waiting = numbered.filter((one) => isOf(subject, one)).sort((one, other) => one.at - other.at)
  const fresh = waiting.filter(({ at }) => now - at <= answeredWithinMs)
  const blamed = isCareful ? fresh.at(-1) : fresh[0]
  if (blamed) return { blamed, others: isCareful ? 0 : fresh.length - 1, suspects: fresh }
  if (unnumbered && subject !== 'filter' && now - unnumbered.at <= unansweredWithinMs)
    return { blamed: unnumbered, others: unnumbered.count - 1, suspects: [] }
  // Nothing was heard since: the server may have been long over it.
  const silent = waiting.filter(({ at }) => at >= lastReadAt)
  return silent[0] ? { blamed: silent[0], others: silent.length - 1, suspects: silent } : null
}

/** What the end of a connection may be the answer to; null = it says itself that it is none. */
const subjectOf = ({ code, reasonCode }: AppError): Subject | null => {
  if (code === 'connectionClosed' || code === 'connectionReset') return 'any'
  return code === 'serverDisconnected' ? (aboutWhatWeSent.get(reasonCode ?? 0) ?? null) : null
}

const isOf = (subject: Subject, { packet }: SentPacket<unknown>): boolean => {
  const isFilter = packet === 'SUBSCRIBE' || packet === 'UNSUBSCRIBE'
  return subject === 'any' || (subject === 'filter') === isFilter
}
