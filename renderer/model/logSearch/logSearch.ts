import type { MessageLog } from '../messageLog'
import { createFoundRows, type RowSource } from './foundRows'
import type { FilterTerms } from './logFilter'
import { createLogFeed } from './logFeed'
import type { RowsFound, SearchPort } from './searchProtocol'

/** What a filter has found so far. A new object whenever more is known; the rows of one search stay the same object. */
export interface Found {
  readonly terms: FilterTerms
  readonly rows: RowSource
  /** Some messages have not been looked at yet. */
  readonly searching: boolean
}

/** The search through one log: at most one filter at a time, run elsewhere and told as it goes. */
export interface LogSearch {
  /** Tells the search what came to the log and went from it. */
  follow(): void
  /** Memory the log needs no more: given back once the search has followed. */
  release(memory: SharedArrayBuffer): void
  /** Replaces the filter. What the one before found stays until the first word of this one. */
  start(terms: FilterTerms, startRow: number): void
  /** Ends the filter; what it found stays. */
  cancel(): void
  /** Forgets what was found. */
  reset(): void
  readonly found: () => Found | null
  subscribe(listener: () => void): () => void
  /** The log is gone. */
  close(): void
}

/** Memory that the search may still read, by the ticket it answers with when it does not. */
const createWaitingMemory = (give: (memory: SharedArrayBuffer) => void) => {
  const waiting = new Map<number, readonly SharedArrayBuffer[]>()
  let tickets = 0
  return {
    hold: (memories: readonly SharedArrayBuffer[]): number | null => {
      if (memories.length === 0) return null
      waiting.set(++tickets, memories)
      return tickets
    },
    release: (ticket: number) => {
      waiting.get(ticket)?.forEach(give)
      waiting.delete(ticket)
    },
  }
}

/** Gives each log its search; all go through one port. `give` takes memory that nothing reads any more. */
export const createLogSearches = (port: SearchPort, give: (memory: SharedArrayBuffer) => void = () => undefined) => {
  const receivers = new Map<number, (answer: RowsFound) => void>()
  const waiting = createWaitingMemory(give)
  port.listen((answer) => {
    if (answer.kind === 'found') receivers.get(answer.log)?.(answer)
    else waiting.release(answer.ticket)
  })
  let logs = 0
  let searches = 0

  return (log: MessageLog): LogSearch => {
    const id = ++logs
    const changes = createLogFeed(log)
    const listeners = new Set<() => void>()
    let current: { readonly search: number; readonly terms: FilterTerms } | null = null
    let rows = createFoundRows()
    let shown = 0
    let found: Found | null = null
    let released: SharedArrayBuffer[] = []

    receivers.set(id, (answer) => {
      if (answer.search !== current?.search) return
      if (shown !== answer.search) rows = createFoundRows()
      shown = answer.search
      rows.add(answer)
      rows.dropBefore(log.firstKeptRow())
      found = { terms: current.terms, rows, searching: answer.searching }
      listeners.forEach((tell) => tell())
    })

    return {
      follow: () => {
        rows.dropBefore(log.firstKeptRow())
        const ticket = waiting.hold(released)
        released = []
        port.post({ kind: 'update', log: id, ...changes(), ticket })
      },
      release: (memory) => {
        released.push(memory)
      },
      start: (terms, startRow) => {
        current = { search: ++searches, terms }
        port.post({ kind: 'search', log: id, search: current.search, terms, startRow })
      },
      cancel: () => {
        if (!current) return
        current = null
        port.post({ kind: 'cancel', log: id })
      },
      reset: () => {
        found = null
        rows = createFoundRows()
      },
      found: () => found,
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      close: () => {
        receivers.delete(id)
        port.post({ kind: 'forget', log: id })
      },
    }
  }
}
export type LogSearches = ReturnType<typeof createLogSearches>
