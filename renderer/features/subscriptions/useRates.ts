import { useEffect, useState } from 'react'
import { useMainClock } from '../../store/useMainClock'
import { useAppStore } from '../../store/useApp'
import { createSubscriptionRates } from './rates'

export interface Rates {
  /** The moment they were read, on the steady clock; ages count from here. */
  readonly at: number
  readonly perSecond: ReadonlyMap<string, number>
}

/** Rates of a connection's subscriptions, read once a second whatever the traffic. */
export const useRates = (connectionId: string): Rates => {
  const store = useAppStore()
  const clock = useMainClock()
  const [rates, setRates] = useState<Rates>(() => ({ at: clock.now(), perSecond: new Map() }))
  useEffect(() => {
    const meter = createSubscriptionRates()
    const read = () => {
      const at = clock.now()
      setRates({ at, perSecond: meter.sample(at, store.getState().subscriptionTotals[connectionId] ?? {}) })
    }
    const timer = setInterval(read, 1_000)
    return () => clearInterval(timer)
  }, [store, clock, connectionId])
  return rates
}
