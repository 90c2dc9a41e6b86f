import {
  exchangeStates,
  mostExchanges,
  type Exchange,
  type ExchangeState,
  type ExchangeSummary,
} from '#shared/model/request'
import { createRoundTrips } from './roundTrips'

/** What became of the requests of one connection, the newest of them, and of all their numbers. */
export interface ExchangeRecords {
  /** Answers its id. */
  add(exchange: Omit<Exchange, 'id'>): number
  change(id: number, changed: Partial<Omit<Exchange, 'id'>>): void
  of(id: number): Exchange | undefined
  all(): Exchange[]
  /** Those that were added or changed since the last call. */
  takeChanged(): Exchange[]
  summary(): ExchangeSummary
  /** Forgets those that are over, and all numbers but theirs that are not. */
  clear(): void
}

/** Its answer may still come. */
const isOpen = ({ state }: Exchange): boolean => state === 'subscribing' || state === 'waiting'

export const createExchangeRecords = (onChange: () => void): ExchangeRecords => {
  const records = new Map<number, Exchange>()
  const changed = new Set<number>()
  const roundTrips = createRoundTrips()
  let counts = noCounts()
  let made = 0

  const count = (state: ExchangeState, by: 1 | -1) => (counts[state] += by)
  const put = (exchange: Exchange) => {
    records.set(exchange.id, exchange)
    changed.add(exchange.id)
    onChange()
  }
  const forgetOldest = () => {
    for (const [id, exchange] of records) {
      if (records.size <= mostExchanges) return
      if (isOpen(exchange)) continue
      records.delete(id)
      changed.delete(id)
    }
  }
  return {
    add: (exchange) => {
      made += 1
      count(exchange.state, 1)
      put({ ...exchange, id: made })
      forgetOldest()
      return made
    },
    change: (id, given) => {
      const before = records.get(id)
      if (!before) return
      const now = { ...before, ...given }
      count(before.state, -1)
      count(now.state, 1)
      if (now.roundTripMs !== null && before.roundTripMs === null) roundTrips.note(now.roundTripMs)
      put(now)
    },
    of: (id) => records.get(id),
    all: () => [...records.values()],
    takeChanged: () => {
      const taken = [...changed].flatMap((id) => records.get(id) ?? [])
      changed.clear()
      return taken
    },
    summary: () => ({ counts: { ...counts }, roundTrips: roundTrips.summary() }),
    clear: () => {
      counts = noCounts()
      roundTrips.clear()
      for (const exchange of records.values()) {
        if (isOpen(exchange)) count(exchange.state, 1)
        else records.delete(exchange.id)
      }
      onChange()
    },
  }
}

const noCounts = () => Object.fromEntries(exchangeStates.map((state) => [state, 0])) as Record<ExchangeState, number>
