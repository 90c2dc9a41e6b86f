import { describe, expect, it } from 'vitest'
import { failureFrom } from '#shared/model/failureTesting'
import type { SessionPhase } from '#shared/model/session'
import type { SubscriptionState } from '#shared/model/subscription'
import { onlineSession, openTestWindow, subscriptionOf } from '../testing/testWindow'
import { frameOfMessages } from '../model/messageLog/messageLogTesting'
import { messagesState } from './messages'
import { sessionState } from './session'
import { sessionEventsState } from './sessionEvents'

const lost = failureFrom({ code: 'connectionClosed', message: 'closed' })
const refused = failureFrom({ code: 'connectionRefused', message: 'refused' }, { stage: 'tcp' })
const waiting = (reason = refused): SessionPhase => ({ phase: 'waiting', attempt: 1, nextTryAt: 0, reason })
const connecting: SessionPhase = { phase: 'connecting', attempt: 1 }

const open = () => {
  const { connection } = openTestWindow()
  const tell = (at: number, state: SessionPhase, filters: Readonly<Record<string, SubscriptionState>> = {}) =>
    connection.get(sessionState).receive({
      connectionId: 'c',
      at,
      state,
      subscriptions: Object.entries(filters).map(([filter, phase]) => ({
        subscription: subscriptionOf({ filter, qos: 1 }),
        state: phase,
      })),
    })
  const events = () => connection.get(sessionEventsState).events
  return { connection, tell, events, kinds: () => events().map(({ at, news }) => `${at} ${news.kind}`) }
}

describe('what became of a connection', () => {
  it('is told from the first try to the end, each once', () => {
    const { tell, events, kinds } = open()
    tell(1, connecting)
    tell(2, onlineSession())
    tell(3, onlineSession({ pingMilliseconds: 4 }))
    tell(10, waiting(lost))
    tell(11, connecting)
    tell(12, waiting())
    tell(13, connecting)
    tell(14, waiting())
    tell(15, connecting)
    tell(20, onlineSession({ session: 'resumed', returned: { endedAt: 0, reason: lost, awayMs: 10 } }))
    tell(30, { phase: 'offline' })
    expect(kinds()).toEqual(['2 online', '10 lost', '12 failed', '20 online', '30 disconnected'])
    expect(events()[2]?.news).toMatchObject({ tries: 2, triesAgain: true })
  })

  it('tells tries apart that ended in another way', () => {
    const { tell, kinds } = open()
    tell(1, connecting)
    tell(2, waiting())
    tell(3, connecting)
    tell(4, { phase: 'failed', reason: failureFrom({ code: 'connectRefused', message: 'no' }, { stage: 'connect' }) })
    tell(5, { phase: 'offline' })
    expect(kinds()).toEqual(['2 failed', '4 failed'])
  })

  it('names filters that were granted together in one event, and each that was refused', () => {
    const { tell, events, kinds } = open()
    const granted = (since: number): SubscriptionState => ({ phase: 'granted', qos: 0, since })
    tell(1, onlineSession(), { a: { phase: 'requested' }, b: { phase: 'requested' }, c: { phase: 'requested' } })
    tell(5, onlineSession(), { a: granted(5), b: { phase: 'requested' }, c: { phase: 'requested' } })
    tell(6, onlineSession(), { a: granted(5), b: granted(6), c: { phase: 'refused', error: refused } })
    tell(7, onlineSession(), { a: granted(5), b: granted(6), c: { phase: 'refused', error: refused } })
    expect(kinds().slice(1)).toEqual(['5 granted', '6 refused'])
    expect(events()[1]?.news).toMatchObject({ filters: [{ filter: 'a', asked: 1, granted: 0 }, { filter: 'b' }] })
    tell(500, onlineSession(), { a: granted(499), b: granted(6), c: { phase: 'refused', error: refused } })
    expect(kinds().at(-1)).toBe('500 granted')
  })

  it('goes with the log at a clear, and comes back with it', () => {
    const { connection, tell } = open()
    const numbers = () =>
      connection
        .get(sessionEventsState)
        .eventsOf(connection.model.log)
        .map(({ number }) => number)
    connection.model.apply(frame)
    tell(1, connecting)
    tell(2, onlineSession())
    connection.get(messagesState).clear()
    expect(numbers()).toEqual([])
    tell(3, waiting(lost))
    expect(numbers()).toEqual([2])
    connection.get(messagesState).undoClear()
    expect(numbers()).toEqual([1, 2])
  })
})

const frame = frameOfMessages(1, [{ topicId: 0, payload: 'x' }], { firstTopicId: 0, newTopics: ['t'] })
