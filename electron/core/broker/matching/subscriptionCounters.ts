import type { Subscription } from '#shared/model/subscription'
import type { WireMessage } from '../message/wireMessage'

/** How many messages a subscription has had. */
export interface Counter {
  readonly id: string
  readonly filter: string
  messages: number
  stored: number
  lastAt: number
}

export interface SubscriptionCounters {
  /** Takes a new list; answers its counters by the ids of the subscriptions. */
  of(list: readonly Subscription[]): ReadonlyMap<string, Counter>
}

/** So many counts of subscriptions that were removed are kept. */
const mostRemoved = 1_000

/** Counters by subscription. One that was removed is remembered for a while: it may be brought back. */
export const createCounters = (): SubscriptionCounters => {
  let current: ReadonlyMap<string, Counter> = new Map()
  const removed = new Map<string, Counter>()

  /** A subscription that was edited keeps its id, but not the count of its former filter. */
  const counterFor = ({ id, filter }: Subscription): Counter => {
    const known = current.get(id) ?? removed.get(id)
    return known?.filter === filter ? known : { id, filter, messages: 0, stored: 0, lastAt: 0 }
  }
  return {
    of: (list) => {
      const next = new Map(list.map((one) => [one.id, counterFor(one)]))
      for (const id of next.keys()) removed.delete(id)
      for (const [id, counter] of current) if (!next.has(id)) removed.set(id, counter)
      const tooMany = removed.size - mostRemoved
      if (tooMany > 0) for (const id of [...removed.keys()].slice(0, tooMany)) removed.delete(id)
      current = next
      return next
    },
  }
}

export const countIn = (counters: readonly Counter[], { time, clockShift }: WireMessage, isStored: boolean): void => {
  for (const counter of counters) {
    counter.messages += 1
    if (isStored) counter.stored += 1
    else counter.lastAt = time - clockShift
  }
}
