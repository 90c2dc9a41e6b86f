import { emptyMessage, type ComposedMessage } from '#shared/model/publish'
import type { SenderPlan } from '#shared/model/sender'
import type { SenderClock } from './schedule/senderClock'

export const messageOf = (given: Partial<ComposedMessage> = {}): ComposedMessage => ({
  ...emptyMessage,
  topic: 'a',
  payload: '123',
  qos: 1,
  ...given,
})

/** What a draft repeats every ten milliseconds, with changes. */
export const planOf = (given: Partial<SenderPlan> = {}): SenderPlan => ({
  id: 'd',
  name: '',
  source: { kind: 'message', message: messageOf() },
  pace: { kind: 'interval', everyMs: 10 },
  shape: { rampMs: 0, burst: 1, jitter: 0 },
  end: { count: null, afterMs: null },
  devices: { count: 1, clients: 'shared', clientId: '' },
  whenSlow: 'skip',
  ...given,
})

export interface FakeClock extends SenderClock {
  /** Time passes: each timer that comes due meanwhile acts when it is due, or `lateBy` milliseconds after that. */
  pass(milliseconds: number, lateBy?: () => number): void
}

export const createFakeClock = (): FakeClock => {
  let time = 0
  const timers = new Set<{ readonly at: number; readonly act: () => void }>()
  const soonest = () => [...timers].toSorted((one, other) => one.at - other.at)[0]
  return {
    now: () => time,
    after: (milliseconds, act) => {
      const timer = { at: time + milliseconds, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    pass: (milliseconds, lateBy = () => 0) => {
      const until = time + milliseconds
      for (let timer = soonest(); timer && timer.at <= until; timer = soonest()) {
        timers.delete(timer)
        time = Math.max(time, timer.at + lateBy())
        timer.act()
      }
      time = Math.max(time, until)
    },
  }
}
