import { useEffect, useState } from 'react'
import { createRateMeter, type Rate } from '../model/rateMeter'
import type { ConnectionStateHandle } from './app'
import { useMainClock } from './useApp'
import { useConnectionObject } from './useConnection'

/** How totals are read: at a steady pace, however fast messages come, because nobody can read a rate that flickers. */
export interface RatePace {
  /** What a rate is the mean of. */
  readonly windowMs: number
  readonly everyMs: number
  /** Whether ages are told for the moment of the reading, so that it counts also where no rate changed. */
  readonly hasAges?: boolean
}

export interface Rates {
  /** The steady time they were read at: ages that stand beside them are told for the same moment. */
  readonly at: number
  /** By the names of the totals; absent = not read yet. */
  readonly rates: ReadonlyMap<string, Rate>
}

/**
 * How fast totals in a connection's state grow. Re-renders at readings that say something new, and at no other time. `totalsOf`
 * and `pace` are constants of the module: with others the rates begin anew.
 */
export const useRates = <State extends object>(
  handle: ConnectionStateHandle<State>,
  totalsOf: (state: State) => Readonly<Record<string, number>>,
  { windowMs, everyMs, hasAges = false }: RatePace,
): Rates => {
  const connection = useConnectionObject()
  const clock = useMainClock()
  const [read, setRead] = useState<Rates>(() => ({ at: clock.now(), rates: new Map() }))
  useEffect(() => {
    const meter = createRateMeter(windowMs)
    const readTotals = () => {
      const at = clock.now()
      return { at, rates: meter.read(totalsOf(connection.get(handle)), at) }
    }
    // A rate takes two readings: without this one the first would come a reading later.
    readTotals()
    const readAgain = () => {
      const now = readTotals()
      setRead((before) => (hasAges || isNew(before, now) ? now : before))
    }
    const timer = setInterval(readAgain, everyMs)
    return () => clearInterval(timer)
  }, [connection, handle, totalsOf, clock, windowMs, everyMs, hasAges])
  return read
}

/** After so many readings nobody asks how many there were. */
const manyReadings = 20

/** Whether a reading says other than the one before. On a quiet connection none does, and nothing is drawn. */
const isNew = ({ rates: before }: Rates, { rates: now }: Rates): boolean =>
  before.size !== now.size ||
  [...now].some(([name, { perSecond, total, readings }]) => {
    const known = before.get(name)
    return known?.perSecond !== perSecond || known.total !== total || readings < manyReadings
  })
