import type { SessionStatus } from '#shared/model/session'
import { joinedNews, newsBetween, type SessionEvent, type SessionNews } from '../model/sessionEvents'
import type { MessageLog } from '../model/messageLog/messageLog'
import { defineConnectionState } from './app'
import { messagesState } from './messages'

export interface SessionEventsState {
  /** Oldest first; the same list until there is another event. */
  readonly events: readonly SessionEvent[]
  /** The session went from one status to another; null = it is the first that is told. */
  follow(before: SessionStatus | null, after: SessionStatus): void
  /** Adds what stood in a recording, at its time. */
  add(news: SessionNews, at: number): void
  /** The events that belong to a log: a clear takes those with it that came before. */
  eventsOf(log: MessageLog): readonly SessionEvent[]
}

/** The oldest make room. */
const mostEvents = 500

/** What became of the connection and its subscriptions, for as long as the window is there. */
export const sessionEventsState = defineConnectionState<SessionEventsState>('sessionEvents', ({ owner, get, set }) => {
  const { clock } = owner.app.models
  /** The number of the latest event when a log was begun by a clear. */
  const begun = new WeakMap<MessageLog, number>()
  let lastNumber = 0
  owner.watch(messagesState, ({ clears }, before) => {
    if (clears !== before.clears) begun.set(owner.model.log, lastNumber)
  })

  return {
    events: [],

    follow: (before, after) => {
      const at = before ? (after.at ?? clock.now()) : firstTimeOf(after, clock)
      let { events } = get()
      for (const news of newsBetween(before, after)) {
        const latest = events.at(-1)
        const joined = latest && joinedNews(latest, news, at)
        if (latest && joined) events = [...events.slice(0, -1), { ...latest, news: joined }]
        // Steady time never goes back; where a status was told late, the order of what was told counts.
        else events = [...events, { number: (lastNumber += 1), at: Math.max(at, latest?.at ?? -Infinity), news }]
      }
      if (events !== get().events) set({ events: events.slice(-mostEvents) })
    },

    add: (news, at) => {
      const { events } = get()
      const event = { number: (lastNumber += 1), at: Math.max(at, events.at(-1)?.at ?? -Infinity), news }
      set({ events: [...events, event].slice(-mostEvents) })
    },

    eventsOf: (log) => {
      const from = begun.get(log) ?? 0
      const { events } = get()
      return from === 0 ? events : events.filter(({ number }) => number > from)
    },
  }
})

/** A connection that was there before the window came online at a wall time. */
const firstTimeOf = (
  { state, at }: SessionStatus,
  clock: { now(): number; wallTimeOf(steady: number): number },
): number => {
  const now = clock.now()
  return state.phase === 'online' ? state.since - (clock.wallTimeOf(now) - now) : (at ?? now)
}
