import { useEffect, useState } from 'react'
import { useAppStore } from '../../store/useApp'
import { createSubscriptionRates } from './rates'

export interface Rates {
  /** The moment they were read; ages count from here. */
  readonly at: number
  readonly perSecond: ReadonlyMap<string, number>
}

/** Rates of a connection's subscriptions, read once a second whatever the traffic. */
export const useRates = (connectionId: string): Rates => {
  const store = useAppStore()
  const [rates, setRates] = useState<Rates>(() => ({ at: Date.now(), perSecond: new Map() }))
  useEffect(() => {
    const meter = createSubscriptionRates()
    const read = () => {
      const at = Date.now()
      setRates({ at, perSecond: meter.sample(at, store.getState().subscriptionTotals[connectionId] ?? {}) })
    }
    const timer = setInterval(read, 1_000)
    return () => clearInterval(timer)
  }, [store, connectionId])
  return rates
}
