import type { ProfileId } from '#shared/model/profile'
import type { ResponderKey, ResponderRule, ResponderStatus } from '#shared/model/responder'
import { fail, ok, type Result } from '#shared/result'
import { computerClock, type SenderClock } from '../senders/schedule/senderClock'
import { toldSoon } from '../senders/toldSoon'
import type { EntryListStore } from '../storage/entryListStore'
import type { TemplateEnvironment } from '../templates/templateEnvironment'
import { compileAnswer } from './answerTemplate'
import {
  createAnsweredTopics,
  createResponder,
  type AnsweredTopics,
  type Responder,
  type ResponderSession,
} from './responder'

export interface ResponderRegistryParts {
  readonly sessions: { readonly get: (id: ProfileId) => ResponderSession | undefined }
  readonly store: Pick<EntryListStore<ResponderRule>, 'current' | 'save'>
  /** Asked when a rule is switched on. */
  readonly environmentOf: (id: ProfileId) => TemplateEnvironment
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Called with what a rule does, some times a second. */
  readonly onChange: (status: ResponderStatus) => void
  /** Default: the computer's steady clock. */
  readonly clock?: SenderClock
}

/** The rules of all connections, and those that are on. */
export interface ResponderRegistry {
  /** All rules. One that is on and was changed or removed is switched off. */
  save(rules: readonly ResponderRule[]): Promise<Result<null>>
  /**
   * On until it is switched off, the connection is forgotten or the application ends, over all network connections. Fails with
   * `notFound`, with `notConnected` where there was no connection yet, as compiling its templates does, and with `cancelled` where
   * it was switched off, changed or removed meanwhile.
   */
  switch(key: ResponderKey, isOn: boolean): Promise<Result<null>>
  /** Those that are on. */
  statuses(): ResponderStatus[]
  /** The broker may have granted or refused filters. */
  sessionChanged(id: ProfileId): void
  sessionRemoved(id: ProfileId): void
  close(): void
}

interface Running {
  readonly rule: ResponderRule
  readonly responder: Responder
  tellSoon(): void
  stopTelling(): void
}

export const createResponderRegistry = (parts: ResponderRegistryParts): ResponderRegistry => {
  const { sessions, store, environmentOf, now, onChange, clock = computerClock } = parts
  const running = new Map<string, Running>()
  /** Rules by their ids whose templates are being read, each by an object of its own. */
  const starting = new Map<string, { readonly rule: ResponderRule }>()
  const answered = new Map<ProfileId, AnsweredTopics>()

  const answeredOn = (id: ProfileId): AnsweredTopics => {
    const topics = answered.get(id) ?? createAnsweredTopics()
    answered.set(id, topics)
    return topics
  }
  const stop = (ruleId: string) => {
    starting.delete(ruleId)
    const one = running.get(ruleId)
    if (!one) return
    running.delete(ruleId)
    one.stopTelling()
    one.responder.close()
    onChange({ ...one.responder.status(), phase: 'off' })
  }
  const start = async (rule: ResponderRule, session: ResponderSession): Promise<Result<null>> => {
    const begun = { rule }
    starting.set(rule.id, begun)
    const template = await compileAnswer(rule.answer, {
      startedAt: now(),
      environment: environmentOf(rule.connectionId),
    })
    const isWanted = starting.get(rule.id) === begun
    if (isWanted) starting.delete(rule.id)
    if (!template.ok) return template
    if (!isWanted) return fail('cancelled', 'It was switched off before it began.')
    stop(rule.id)
    const telling = toldSoon(clock, () => onChange(responder.status()))
    const own = { answered: answeredOn(rule.connectionId), onChange: telling.soon }
    const responder = createResponder({ rule, template: template.value, session, clock, now, ...own })
    running.set(rule.id, { rule, responder, tellSoon: telling.soon, stopTelling: telling.stop })
    onChange(responder.status())
    return ok(null)
  }

  return {
    save: (rules) => {
      const kept = new Map(rules.map((rule) => [rule.id, JSON.stringify(rule)]))
      for (const { rule } of [...running.values(), ...starting.values()])
        if (kept.get(rule.id) !== JSON.stringify(rule)) stop(rule.id)
      return store.save(rules)
    },
    switch: async ({ connectionId, ruleId }, isOn) => {
      const rule = store.current().find((one) => one.id === ruleId && one.connectionId === connectionId)
      if (!rule) return fail('notFound', 'There is no such rule.')
      if (!isOn) {
        stop(ruleId)
        return ok(null)
      }
      const session = sessions.get(connectionId)
      return session ? start(rule, session) : fail('notConnected', 'Connect before requests are answered.')
    },
    statuses: () => [...running.values()].map(({ responder }) => responder.status()),
    sessionChanged: (id) => {
      for (const one of running.values()) if (one.rule.connectionId === id) one.tellSoon()
    },
    sessionRemoved: (id) => {
      answered.delete(id)
      for (const { rule } of [...running.values(), ...starting.values()]) if (rule.connectionId === id) stop(rule.id)
    },
    close: () => {
      starting.clear()
      for (const { responder, stopTelling } of running.values()) {
        stopTelling()
        responder.close()
      }
      running.clear()
    },
  }
}
