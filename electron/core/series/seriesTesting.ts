import type { SeriesClock } from './schedule'

export interface FakeClock extends SeriesClock {
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
