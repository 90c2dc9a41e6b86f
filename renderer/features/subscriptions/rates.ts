import type { SubscriptionTotals } from '#shared/model/frame'
import { createRateMeter, type RateMeter } from '../../model/rateMeter'

/** Messages a second by subscription over the last few seconds, from totals read about once a second. */
export interface SubscriptionRates {
  /** Takes the totals of `at` (ms) and answers the rates. A subscription seen once has no rate yet. */
  sample(at: number, totals: Readonly<Record<string, SubscriptionTotals>>): ReadonlyMap<string, number>
}

export const createSubscriptionRates = (windowMs = 4_000): SubscriptionRates => {
  const meters = new Map<string, RateMeter>()
  const meterOf = (id: string): RateMeter => {
    const meter = meters.get(id) ?? createRateMeter(windowMs)
    meters.set(id, meter)
    return meter
  }
  return {
    sample: (at, totals) => {
      for (const id of meters.keys()) if (!Object.hasOwn(totals, id)) meters.delete(id)
      return new Map(
        Object.entries(totals).map(([id, { messages, stored }]) => [id, meterOf(id).read(messages - stored, at)]),
      )
    },
  }
}
