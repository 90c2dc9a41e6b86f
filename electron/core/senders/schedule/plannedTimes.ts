import type { SenderPlan } from '#shared/model/sender'
import type { RecordedTimes } from '../source/recording'

/** When the messages of a plan are due. They are numbered over all devices: 0, 1, 2, ... */
export interface PlannedTimes {
  /** Milliseconds from the start at which a message is due: never sooner than the one before it. */
  dueAt(number: number): number
  /** How many are due up to a time, that time included. */
  countWithin(milliseconds: number): number
  /** Messages a second that are wanted at a time; null = by the pauses of a list. */
  rateAt(milliseconds: number): number | null
}

type Planned = Pick<SenderPlan, 'pace' | 'shape' | 'source'> & {
  readonly devices: Pick<SenderPlan['devices'], 'count'>
  /** Of a plan whose pace is that of a recording. */
  readonly recorded?: RecordedTimes | null
}

/**
 * Each time is worked out from the number alone, so no error adds up. The messages of a burst are due together when the first
 * of them would be. Jitter puts a burst off by less than the time to the next one, so the order stays. `seed` chooses the random
 * parts of jitter; they are the same each time that they are asked for.
 */
export const planTimes = (plan: Planned, seed: number): PlannedTimes => {
  const { burst, jitter } = plan.shape
  const curve = curveOf(plan)
  const dueAt = (number: number): number => {
    const group = Math.floor(number / burst)
    const at = curve.at(group * burst)
    return jitter === 0 ? at : at + jitter * randomOf(group, seed) * (curve.at((group + 1) * burst) - at)
  }
  return { dueAt, countWithin: (milliseconds) => countUpTo(dueAt, milliseconds), rateAt: curve.rateAt }
}

const curveOf = (plan: Planned): Curve => {
  if (plan.pace.kind === 'recorded' && plan.recorded) return recordedOf(plan.recorded, plan.pace.speed)
  return plan.pace.kind === 'pauses' ? pausesOf(plan) : rampOf(plan)
}

/** Times without bursts and jitter. */
interface Curve {
  at(number: number): number
  rateAt(milliseconds: number): number | null
}

/** Milliseconds between two messages of a pace, over all devices. */
const spacingOf = ({ pace, devices }: Planned): number =>
  pace.kind === 'interval' ? pace.everyMs / devices.count : pace.kind === 'rate' ? 1_000 / pace.perSecond : 0

/**
 * While the rate grows, the messages sent up to a time grow with its square. From the end of the ramp on they come at the spacing
 * of the pace, and half as many were sent until then as without a ramp.
 */
const rampOf = (plan: Planned): Curve => {
  const { rampMs } = plan.shape
  const spacing = spacingOf(plan)
  const duringRamp = rampMs / spacing / 2
  return {
    at: (number) => (number < duringRamp ? Math.sqrt(2 * rampMs * number * spacing) : rampMs / 2 + number * spacing),
    rateAt: (milliseconds) => (1_000 / spacing) * (milliseconds < rampMs ? milliseconds / rampMs : 1),
  }
}

/** All devices go through the steps of a list at the same time. A list without a pause takes a millisecond. */
const pausesOf = ({ source, devices }: Planned): Curve => {
  const pauses = source.kind === 'list' ? source.steps.map(({ pauseMs }) => pauseMs) : [0]
  const starts = pauses.map((_, step) => pauses.slice(0, step).reduce((sum, pause) => sum + pause, 0))
  const whole = Math.max(1, (starts.at(-1) ?? 0) + (pauses.at(-1) ?? 0))
  return {
    at: (number) => {
      const step = Math.floor(number / devices.count)
      return Math.floor(step / pauses.length) * whole + (starts[step % pauses.length] ?? 0)
    },
    rateAt: () => null,
  }
}

/** As they were, again and again: between the last and the first is the usual time between two, and never none. */
const recordedOf = ({ count, at }: RecordedTimes, speed: number): Curve => {
  const lasts = at(count - 1)
  const whole = lasts + Math.max(1, lasts / Math.max(1, count - 1))
  return {
    at: (number) => (Math.floor(number / count) * whole + at(number % count)) / speed,
    rateAt: () => null,
  }
}

/** The first number that is due after a time: looked for in steps that double, and then between the last two. */
const countUpTo = (dueAt: (number: number) => number, milliseconds: number): number => {
  if (milliseconds < dueAt(0)) return 0
  let most = 1
  while (dueAt(most) <= milliseconds) most *= 2
  let least = Math.floor(most / 2)
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2)
    if (dueAt(middle) <= milliseconds) least = middle
    else most = middle
  }
  return most
}

/** From 0 to below 1, the same for the same number; the mixing steps of MurmurHash3. */
const randomOf = (number: number, seed: number): number => {
  let mixed = (number ^ Math.floor(number / 2 ** 32) ^ seed) >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
}
