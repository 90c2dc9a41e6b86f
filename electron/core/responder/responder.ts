// Why it is so: build/docs/decisions/46-an-answer-is-no-request.md
import { flags } from '#shared/model/frame'
import type { ResponderRule, ResponderStatus } from '#shared/model/responder'
import { levelsMatchText, levelsOf } from '#shared/mqtt/topicFilter'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { fail, type AppError } from '#shared/result'
import type { WireMessage } from '../broker/message/wireMessage'
import type { BrokerSession } from '../broker/session/brokerSession'
import type { SenderClock } from '../senders/schedule/senderClock'
import type { AnswerTemplate, HeardRequest } from './answerTemplate'
import { limitPerSecond } from './limitPerSecond'

/** What a responder needs of a session. */
export type ResponderSession = Pick<BrokerSession, 'listen' | 'holdFilter'> & {
  online(): Pick<NonNullable<ReturnType<BrokerSession['online']>>, 'send'> | null
}

export interface ResponderParts {
  readonly rule: ResponderRule
  readonly template: AnswerTemplate
  readonly session: ResponderSession
  readonly clock: SenderClock
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** To which topics a connection has answered. */
  readonly answered: AnsweredTopics
  /** Its status changed. */
  readonly onChange: () => void
}

/** Answers the requests of one rule until it is closed. */
export interface Responder {
  status(): ResponderStatus
  close(): void
}

/** A request with a longer payload is not read into a template. */
const longestPayload = 2 ** 20

export const createResponder = (parts: ResponderParts): Responder => {
  const { rule, template, session, clock, answered, onChange } = parts
  const filter = levelsOf(rule.filter)
  const held = session.holdFilter(rule.filter)
  const allows = limitPerSecond(rule.perSecond, clock)
  const counts = { heard: 0, answered: 0, limited: 0, unanswerable: 0, failed: 0 }
  let firstFailure: AppError | null = null
  let isClosed = false

  const count = (what: keyof typeof counts) => {
    counts[what] += 1
    onChange()
  }
  const note = (error: AppError) => {
    firstFailure ??= error
    count('failed')
  }
  const answer = (request: HeardRequest) => {
    const online = session.online()
    if (isClosed || !online) return
    if (request.responseTopic === null && rule.answer.topic === '') {
      count('unanswerable')
      return
    }
    // Before the answer is made: whoever asks too often must not keep this computer busy either.
    if (!allows()) {
      count('limited')
      return
    }
    const made = template.answer(request, { number: counts.answered + 1, now: parts.now() })
    if (!made.ok) {
      note(made.error)
      return
    }
    if (!made.value) {
      count('unanswerable')
      return
    }
    if (request.responseTopic === null) answered.note(made.value.topic)
    count('answered')
    const problem = online.send(made.value, (result) => {
      if (!result.ok && result.error.code === 'publishRefused') note(result.error)
    })
    if (!problem) return
    counts.answered -= 1
    note(problem)
  }
  const stopListening = session.listen((message, { flags: bits }) => {
    // What the broker had kept was asked before anybody listened.
    if ((bits & flags.stored) !== 0 || !levelsMatchText(filter, message.topic.text)) return
    counts.heard += 1
    const request = requestOf(message)
    if (message.end - message.payloadStart > longestPayload) note(tooLarge)
    else if (request.responseTopic === null && answered.has(request.topic)) count('unanswerable')
    // The message that came is not done with yet.
    else queueMicrotask(() => answer(request))
  })

  return {
    status: () => {
      const state = held.state()
      const isRefused = state.phase === 'refused' || state.phase === 'heldBack'
      return {
        connectionId: rule.connectionId,
        ruleId: rule.id,
        phase: isRefused ? 'refused' : state.phase === 'granted' ? 'on' : 'waiting',
        counts: { ...counts },
        error: state.phase === 'refused' ? state.error : firstFailure,
      }
    },
    close: () => {
      isClosed = true
      stopListening()
      held.release()
    },
  }
}

const tooLarge = fail('fileTooLarge', 'The payload of a request is too large for a template.').error

export const requestOf = ({ topic, source, start, payloadStart, end }: WireMessage): HeardRequest => {
  const properties = payloadStart === start ? null : decodePublishProperties(source.subarray(start, payloadStart))
  return {
    topic: topic.text,
    payload: Uint8Array.from(source.subarray(payloadStart, Math.min(end, payloadStart + longestPayload))),
    responseTopic: properties?.responseTopic ?? null,
    correlationData: properties?.correlationData ?? null,
  }
}

/** Topics to which a connection has answered: what comes back on them is no request. */
export interface AnsweredTopics {
  note(topic: string): void
  has(topic: string): boolean
}

const mostTopics = 10_000

export const createAnsweredTopics = (): AnsweredTopics => {
  const topics = new Set<string>()
  return {
    note: (topic) => {
      topics.delete(topic)
      topics.add(topic)
      for (const oldest of topics) {
        if (topics.size <= mostTopics) break
        topics.delete(oldest)
      }
    },
    has: (topic) => topics.has(topic),
  }
}
