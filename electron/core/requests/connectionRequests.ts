// Why it is so: build/docs/decisions/45-an-answer-is-told-by-its-correlation-data.md
import type { Exchange, ExchangesChange, UnmatchedReason } from '#shared/model/request'
import { flags } from '#shared/model/frame'
import type { MadeMessage, PublishReceipt } from '#shared/model/publish'
import type { AppError, Result } from '#shared/result'
import type { BrokerSession } from '../broker/session/brokerSession'
import type { SenderClock } from '../senders/schedule/senderClock'
import { createExchangeRecords } from './exchangeRecords'
import { createExpectedAnswers, hexOf, keyFor, type Pending } from './expectedAnswers'

/** What requests need of a session. */
export type RequestSession = Pick<BrokerSession, 'listen' | 'holdFilter'> & {
  online(): Pick<NonNullable<ReturnType<BrokerSession['online']>>, 'send'> | null
}

/** A message that is ready to be sent, and where its answer is expected. */
export interface PreparedRequest {
  readonly message: MadeMessage
  readonly responseTopic: string
  /** Null = the answer cannot say to which request it belongs. */
  readonly correlationData: Uint8Array | null
  readonly timeoutMs: number
}

export interface ConnectionRequestsParts {
  readonly connectionId: string
  readonly session: RequestSession
  readonly clock: SenderClock
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly onChange: (change: ExchangesChange) => void
}

/** The requests of one connection, from their sending to their answers. */
export interface ConnectionRequests {
  send(request: PreparedRequest): void
  status(): ExchangesChange
  /** Forgets those that are over. */
  clear(): void
  /** Waits for nothing more, and tells nothing more. */
  close(): void
}

/** An answer that comes later than this after the time-out is not waited for. */
const lateWindowMs = 60_000
/** A request whose response topic is not granted for so long is not sent any more. */
const grantPatienceMs = 30_000
/** What changed is told so often at most. */
const tellEveryMs = 50

/** While none waits, nothing is subscribed and no message is looked at. */
export const createConnectionRequests = (parts: ConnectionRequestsParts): ConnectionRequests => {
  const { connectionId, session, clock, now } = parts
  const telling = createTelling(parts, () => changed())
  const records = createExchangeRecords(telling.soon)

  const changed = (): ExchangesChange => ({
    connectionId,
    exchanges: records.takeChanged(),
    isAll: false,
    summary: records.summary(),
  })
  const status = (): ExchangesChange => ({
    connectionId,
    exchanges: records.all(),
    isAll: true,
    summary: records.summary(),
  })

  const answers = createExpectedAnswers(session, (message, { sequence, flags: bits }) => {
    // What the broker had kept answers nothing.
    const found = (bits & flags.stored) === 0 ? answers.find(message) : null
    if (!found) return
    const answerSequence = sequence === 0 ? null : sequence
    if (!found.pending) {
      records.add(unmatched(found.reason, { topic: message.topic.text, key: found.key, at: now(), answerSequence }))
      return
    }
    const { pending } = found
    const state = pending.isTimedOut ? 'late' : 'answered'
    records.change(pending.id, { state, answerSequence, roundTripMs: clock.now() - pending.sentAt })
    answers.remove(pending, true)
  })

  const timeOut = (pending: Pending) => {
    pending.isTimedOut = true
    records.change(pending.id, { state: 'timedOut' })
    pending.cancel = clock.after(lateWindowMs, () => answers.remove(pending, false))
  }
  const refuse = (id: number, error: AppError) => records.change(id, { state: 'refused', error })

  const sendNow = (request: PreparedRequest, id: number) => {
    const { message, responseTopic: topic, correlationData, timeoutMs } = request
    const online = session.online()
    if (!online) {
      refuse(id, notConnected)
      return
    }
    const key = keyFor(id, correlationData)
    const cancel = clock.after(timeoutMs, () => timeOut(pending))
    const pending: Pending = { id, topic, key, sentAt: clock.now(), isTimedOut: false, cancel }
    answers.add(pending)
    records.change(id, { state: 'waiting', at: now() })
    const problem = online.send(message, (result) => {
      records.change(id, factsOf(result))
      if (isRefused(result) && answers.has(pending)) {
        refuse(id, result.error)
        answers.remove(pending, false)
      }
    })
    if (!problem) return
    refuse(id, problem)
    answers.remove(pending, false)
  }

  return {
    send: (request) => {
      const id = records.add(exchangeOf(request, now()))
      let isGivenUp = false
      const cancel = clock.after(grantPatienceMs, () => {
        isGivenUp = true
        records.change(id, { state: 'timedOut' })
      })
      answers.subscribe(request.responseTopic, (error) => {
        cancel()
        if (isGivenUp) return
        if (error) refuse(id, error)
        else sendNow(request, id)
      })
    },
    status,
    clear: () => {
      records.clear()
      // With all there are, nothing else has changed.
      records.takeChanged()
      parts.onChange(status())
    },
    close: () => {
      telling.stop()
      answers.close()
    },
  }
}

const createTelling = ({ clock, onChange }: ConnectionRequestsParts, changed: () => ExchangesChange) => {
  let cancel: (() => void) | null = null
  let isStopped = false
  const tell = () => {
    cancel = null
    onChange(changed())
  }
  return {
    soon: () => {
      if (!isStopped) cancel ??= clock.after(tellEveryMs, tell)
    },
    stop: () => {
      isStopped = true
      cancel?.()
    },
  }
}

const notConnected: AppError = { code: 'notConnected', message: 'The connection ended before the request was sent.' }

const exchangeOf = (request: PreparedRequest, at: number): Omit<Exchange, 'id'> => ({
  state: 'subscribing',
  topic: request.message.topic,
  responseTopic: request.responseTopic,
  correlationData: request.correlationData ? hexOf(request.correlationData) : '',
  at,
  timeoutMs: request.timeoutMs,
  ...nothingYet,
})

const nothingYet = {
  requestSequence: null,
  answerSequence: null,
  roundTripMs: null,
  isUnheard: false,
  error: null,
  unmatched: null,
}

interface UnmatchedAnswer {
  readonly topic: string
  readonly key: string
  readonly at: number
  readonly answerSequence: number | null
}

const unmatched = (reason: UnmatchedReason, answer: UnmatchedAnswer): Omit<Exchange, 'id'> => ({
  ...nothingYet,
  state: 'unmatched',
  topic: '',
  responseTopic: answer.topic,
  correlationData: shortened(answer.key),
  at: answer.at,
  timeoutMs: 0,
  answerSequence: answer.answerSequence,
  unmatched: reason,
})

/** So many hexadecimal digits of what somebody else sent: it may have 128 thousand, and hundreds are remembered. */
const mostDigits = 128

const shortened = (digits: string) => (digits.length > mostDigits ? `${digits.slice(0, mostDigits)}…` : digits)

/** MQTT 5 §3.4.2.1: No matching subscribers. */
const noMatchingSubscribers = 0x10
const isRefused = (result: Result<PublishReceipt>): result is Extract<Result<never>, { ok: false }> =>
  !result.ok && result.error.code === 'publishRefused'

/** What the broker's acknowledgement tells of a request. */
const factsOf = (result: Result<PublishReceipt>): Partial<Exchange> => {
  const sequence = result.ok ? result.value.sequence : Number(result.error.values?.['sequence'] ?? 0)
  return {
    ...(sequence === 0 ? {} : { requestSequence: sequence }),
    ...(result.ok && result.value.reasonCode === noMatchingSubscribers ? { isUnheard: true } : {}),
  }
}
