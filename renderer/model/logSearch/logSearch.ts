import type { MessageLog } from '../messageLog/messageLog'
import type { SegmentPool } from '../messageLog/segmentPool'
import { createFoundRows, type RowSource } from './foundRows'
import type { FilterTerms } from './logFilter'
import { createLogFeed } from './logFeed'
import { createFieldSeries, type FieldSeries } from './fieldSeries'
import { createLogChecks, type LogChecks } from './logChecks'
import type { LogRules } from './logRules'
import type { ChecksFound, RowsFound, SearchPort, SeriesFound } from './searchProtocol'
import { createToldRules } from './toldRules'
import { createStuckWatch, mayGetStuck, readsByRule, type Later } from './stuckWatch'

/** What a filter has found so far. A new object whenever more is known; the rows of one search stay the same object. */
export interface Found {
  readonly terms: FilterTerms
  readonly rows: RowSource
  /** Some messages have not been looked at yet. */
  readonly searching: boolean
  /** The search was ended, because over one message a regular expression found no end. */
  readonly isStuck: boolean
}

/** The search through one log: at most one filter at a time, run elsewhere and told as it goes. */
export interface LogSearch {
  /**
   * What came to the log and went from it is told to the search: at once while somebody looks at what it finds, else
   * when memory has to be given back, or when much has gathered.
   */
  follow(): void
  /** The number of a topic means another one from now on. */
  renameTopic(number: number, topic: string): void
  /** Memory that the log has let go of. It is given back once the search does not read it any more. */
  release(memory: SharedArrayBuffer): void
  /** How payloads are read. A filter that asks for it begins anew, and so does what is held against schemas. */
  setRules(rules: LogRules): void
  /** Replaces the filter. What the filter before found stays until this one has its first answer. */
  start(terms: FilterTerms, startRow: number): void
  /** Ends the filter; what it found stays. */
  cancel(): void
  /** Forgets what was found. */
  reset(): void
  readonly found: () => Found | null
  subscribe(listener: () => void): () => void
  /** Values of fields of the same log. */
  readonly series: FieldSeries
  /** Messages of the same log that are held against schemas. */
  readonly checks: LogChecks
  /** The log is gone. */
  close(): void
}

/** Where memory goes that nothing reads any more. */
export type FreedMemory = Pick<SegmentPool, 'give' | 'takeDroppedBytes'>

const nowhere: FreedMemory = { give: () => undefined, takeDroppedBytes: () => 0 }

/**
 * Shared memory is freed only when the search's thread has collected its garbage too, and a thread that allocates nothing
 * never does. After so many bytes that wait for it, the thread is started anew.
 */
const mostDroppedBytes = 64 * 2 ** 20

interface Follower {
  receive(answer: RowsFound): void
  receiveSeries(answer: SeriesFound): void
  receiveChecks(answer: ChecksFound): void
  answered(ticket: number): void
  /** Tells everything to an engine that knows nothing. */
  begin(): void
}

interface SearchParts {
  readonly id: number
  readonly log: MessageLog
  readonly port: SearchPort
  readonly waiting: WaitingMemory
  readonly followers: Map<number, Follower>
  readonly nextSearch: () => number
  readonly life: EngineLife
  readonly later: Later
  /** Starts the engine anew. */
  readonly restart: () => void
}

/** Makes the search of a log. */
export type LogSearches = (log: MessageLog) => LogSearch

/** Gives each log its search; all go through one port. */
export const createLogSearches = (
  port: SearchPort,
  freed: FreedMemory = nowhere,
  later: Later = afterTimeout,
): LogSearches => {
  const followers = new Map<number, Follower>()
  const waiting = createWaitingMemory(freed.give)
  let logs = 0
  let searches = 0
  let droppedBytes = 0
  const restart = () => {
    port.restart()
    droppedBytes = 0
    life.forget()
    waiting.releaseAll()
    for (const follower of followers.values()) follower.begin()
  }
  const life = createEngineLife(later, restart)
  port.onFailure(restart)
  port.listen((answer) => {
    if (answer.kind === 'found') {
      followers.get(answer.log)?.receive(answer)
      return
    }
    if (answer.kind === 'series') {
      followers.get(answer.log)?.receiveSeries(answer)
      return
    }
    if (answer.kind === 'checked') {
      followers.get(answer.log)?.receiveChecks(answer)
      return
    }
    waiting.release(answer.ticket)
    life.answered(answer.ticket)
    for (const follower of followers.values()) follower.answered(answer.ticket)
    droppedBytes += freed.takeDroppedBytes()
    if (droppedBytes > mostDroppedBytes) restart()
  })

  const parts = { port, waiting, followers, nextSearch: () => ++searches, life, later, restart }
  return (log) => createLogSearch({ ...parts, id: ++logs, log })
}

/** Memory that the search may still read. The search answers with the ticket as soon as it reads it no more. */
interface WaitingMemory {
  /** The ticket to send along. */
  hold(memories: readonly SharedArrayBuffer[]): number
  release(ticket: number): void
  releaseAll(): void
}

const createWaitingMemory = (give: (memory: SharedArrayBuffer) => void): WaitingMemory => {
  const waiting = new Map<number, readonly SharedArrayBuffer[]>()
  let tickets = 0
  return {
    hold: (memories) => {
      tickets += 1
      if (memories.length > 0) waiting.set(tickets, memories)
      return tickets
    },
    release: (ticket) => {
      waiting.get(ticket)?.forEach(give)
      waiting.delete(ticket)
    },
    releaseAll: () => {
      for (const memories of waiting.values()) memories.forEach(give)
      waiting.clear()
    },
  }
}

/**
 * A step of a search takes milliseconds, and between two steps a ticket is answered. But a regular expression may take
 * centuries over one payload, and nothing interrupts it: where a new search finds no answer for so long, the thread is
 * started anew for it.
 */
const longestSilenceMs = 5_000

const afterTimeout: Later = (run, milliseconds) => {
  const timer = setTimeout(run, milliseconds)
  return () => clearTimeout(timer)
}

interface EngineLife {
  /** The engine is to answer with the ticket soon. */
  expect(ticket: number): void
  answered(ticket: number): void
  forget(): void
}

const createEngineLife = (later: Later, restart: () => void): EngineLife => {
  let newest = 0
  let stop: (() => void) | null = null
  const forget = () => {
    stop?.()
    stop = null
  }
  const watch = () => {
    stop ??= later(() => {
      stop = null
      restart()
    }, longestSilenceMs)
  }
  return {
    expect: (ticket) => {
      newest = ticket
      watch()
    },
    answered: (ticket) => {
      forget()
      if (ticket < newest) watch()
    },
    forget,
  }
}

interface CurrentSearch {
  readonly search: number
  readonly terms: FilterTerms
}

/** What searches through a log have found: of the latest one that has answered. */
const createResults = (log: MessageLog) => {
  let rows = createFoundRows()
  let shown = 0
  let found: Found | null = null
  const rowsOf = (search: number) => {
    if (shown !== search) rows = createFoundRows()
    shown = search
    return rows
  }
  return {
    found: () => found,
    isSearching: ({ terms }: CurrentSearch): boolean => found?.terms !== terms || found.searching,
    add: (answer: RowsFound, { search, terms }: CurrentSearch): void => {
      rowsOf(search).add(answer)
      rows.dropBefore(log.firstKeptRow())
      found = { terms, rows, searching: answer.searching, isStuck: false }
    },
    endStuck: ({ search, terms }: CurrentSearch): void => {
      found = { terms, rows: rowsOf(search), searching: false, isStuck: true }
    },
    dropGone: (): void => rows.dropBefore(log.firstKeptRow()),
    reset: (): void => {
      found = null
      rows = createFoundRows()
    },
  }
}

const createLogSearch = (parts: SearchParts): LogSearch => {
  const { id, log, port, waiting, followers, nextSearch, life } = parts
  const feed = createLogFeed(log)
  const listeners = new Set<() => void>()
  const checks = createLogChecks()
  const rules = createToldRules({ id, log, port, checks })
  let current: CurrentSearch | null = null
  const results = createResults(log)
  let released: SharedArrayBuffer[] = []
  const post = <Ticket extends number | null>(ticket: Ticket): Ticket => {
    results.dropGone()
    checks.dropBefore(log.firstKeptRow())
    released = []
    port.post({ kind: 'update', log: id, ...feed.changes(), ticket })
    return ticket
  }
  const watch = createStuckWatch({
    later: parts.later,
    ping: () => post(waiting.hold(released)),
    isSearching: () => (current !== null && results.isSearching(current)) || rules.isAtRisk(),
    onStuck: () => {
      if (rules.endRisk()) return parts.restart()
      if (!current) return
      results.endStuck(current)
      current = null
      parts.restart()
      listeners.forEach((listener) => listener())
    },
  })
  const watchOn = () => {
    const isSearchRisky = current !== null && mayGetStuck(current.terms.terms, rules.areDecoding())
    if (isSearchRisky || rules.mayGetStuck()) watch.begin()
  }
  const tell = () => {
    post(released.length > 0 ? waiting.hold(released) : null)
    watchOn()
  }
  const series = createFieldSeries({ log: id, port, tell })
  const isWatched = () => current !== null || listeners.size > 0 || series.isFollowed() || rules.areChecking()
  const start = (terms: FilterTerms, startRow: number) => {
    const ticket = waiting.hold(released)
    life.expect(ticket)
    post(ticket)
    current = { search: nextSearch(), terms }
    port.post({ kind: 'search', log: id, search: current.search, terms, startRow })
    watch.end()
    watchOn()
  }
  followers.set(id, {
    receive: (answer) => {
      if (answer.search !== current?.search) return
      results.add(answer, current)
      listeners.forEach((tell) => tell())
    },
    receiveSeries: series.receive,
    receiveChecks: rules.receive,
    answered: watch.answered,
    begin: () => {
      feed.rewind()
      tell()
      rules.tellAgain()
      series.begin()
      if (current) start(current.terms, log.endRow())
    },
  })
  return {
    follow: () => {
      if (isWatched() || released.length > 0 || feed.isFarBehind()) tell()
    },
    renameTopic: feed.rename,
    release: (memory) => void released.push(memory),
    setRules: (changed) => {
      tell()
      if (rules.set(changed) && current && readsByRule(current.terms.terms)) start(current.terms, log.endRow())
    },
    start,
    cancel: () => {
      watch.end()
      if (current) port.post({ kind: 'cancel', log: id })
      current = null
      watchOn()
    },
    reset: results.reset,
    found: results.found,
    subscribe: subscribing(listeners),
    series,
    checks,
    close: () => {
      followers.delete(id)
      series.close()
      watch.end()
      current = null
      port.post({ kind: 'forget', log: id })
    },
  }
}

const subscribing =
  (listeners: Set<() => void>): LogSearch['subscribe'] =>
  (listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
