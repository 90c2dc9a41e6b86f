// Why it is so: build/docs/decisions/61-a-worker-filters-the-log.md
import { createCheckScan } from './checkScan'
import { createCheckWork, type CheckedEntry } from './checkWork'
import { createLogMirror, type LogMirror } from './logMirror'
import { noRules, type LogRules } from './logRules'
import { createRowScan, type RowScan } from './rowScan'
import type { SearchAnswer, SearchRequest } from './searchProtocol'
import { createSeriesScan, type SeriesScan } from './seriesScan'

export interface SearchEngineParts {
  answer(answer: SearchAnswer): void
  /** Runs the function soon, after requests that wait. */
  schedule(run: () => void): void
  /** Runs the function after some milliseconds. */
  later(run: () => void, milliseconds: number): void
  /** Milliseconds from any start. */
  readonly now: () => number
}

interface Search {
  readonly id: number
  readonly scan: RowScan
  /** When it last answered; the first results are told at once. */
  toldAt: number
  toldSearching: boolean
}

interface Entry extends CheckedEntry {
  readonly mirror: LogMirror
  search: Search | null
  /** By their numbers. */
  readonly series: Map<number, SeriesScan>
  seriesToldAt: number
  rules: LogRules
}

/** How long it works before it looks whether something else is wanted. */
const sliceMilliseconds = 4
/** More answers would only make the page draw more often. */
const answerMilliseconds = 80

export interface SearchEngine {
  handle(request: SearchRequest): void
}

/**
 * Finds the messages that pass a filter, one search a log: the newest first, so that the end of the log is there at once,
 * and whatever comes meanwhile. A new search and a cancel are seen between two slices.
 */
export const createSearchEngine = ({ answer, schedule, later, now }: SearchEngineParts): SearchEngine => {
  const entries = new Map<number, Entry>()
  let scheduled = false
  const checkWork = createCheckWork({ entries, answer, later, now })

  const entryOf = (log: number): Entry => {
    const known = entries.get(log)
    if (known) return known
    const made = newEntry()
    entries.set(log, made)
    return made
  }

  const tell = (log: number, search: Search) => {
    const searching = !search.scan.isDone()
    if (searching && now() - search.toldAt < answerMilliseconds) return
    const rows = search.scan.take()
    const isNews = rows.older.length > 0 || rows.newer.length > 0 || searching !== search.toldSearching
    if (isNews) answer({ kind: 'found', log, search: search.id, ...rows, searching })
    search.toldAt = now()
    search.toldSearching = searching
  }

  const work = (log: number, search: Search) => {
    const deadline = now() + sliceMilliseconds
    while (!search.scan.isDone()) {
      search.scan.step()
      if (now() >= deadline) break
    }
    tell(log, search)
  }

  const tellSeries = (log: number, entry: Entry) => {
    const isDone = ![...entry.series.values()].some(hasMore)
    if (!isDone && now() - entry.seriesToldAt < answerMilliseconds) return
    entry.seriesToldAt = now()
    const parts = [...entry.series].flatMap(([series, scan]) => {
      const told = scan.take()
      return told ? [{ series, ...told }] : []
    })
    if (parts.length > 0) answer({ kind: 'series', log, parts })
  }

  const workOnSeries = (log: number, entry: Entry) => {
    if (entry.series.size === 0) return
    const deadline = now() + sliceMilliseconds
    for (const scan of entry.series.values()) while (hasMore(scan) && now() < deadline) scan.step()
    tellSeries(log, entry)
  }

  const wake = () => {
    if (scheduled) return
    if (![...entries.values()].some(hasWork)) return
    scheduled = true
    schedule(() => {
      scheduled = false
      try {
        for (const [log, entry] of entries) {
          if (entry.search) work(log, entry.search)
          workOnSeries(log, entry)
        }
      } finally {
        wake()
      }
    })
  }

  const take = (request: SearchRequest) => {
    switch (request.kind) {
      case 'forget':
        entries.delete(request.log)
        return
      case 'update':
        entryOf(request.log).mirror.update(request)
        if (request.ticket !== null) answer({ kind: 'released', ticket: request.ticket })
        return
      case 'rules':
        takeRules(entryOf(request.log), request)
        return
      case 'cancel': {
        const entry = entries.get(request.log)
        if (entry) entry.search = null
        return
      }
      case 'followSeries': {
        const { mirror, series, rules } = entryOf(request.log)
        series.set(request.series, createSeriesScan(mirror, { ...request, rules: rules.decoding }))
        return
      }
      case 'endSeries':
        entries.get(request.log)?.series.delete(request.series)
        return
      case 'search':
        entryOf(request.log).search = newSearch(entryOf(request.log), request)
    }
  }

  return {
    handle: (request) => {
      take(request)
      wake()
      checkWork.wake()
    },
  }
}

type RequestOf<Kind extends SearchRequest['kind']> = Extract<SearchRequest, { readonly kind: Kind }>

const newSearch = ({ mirror, rules }: Entry, request: RequestOf<'search'>): Search => {
  const scan = createRowScan(mirror, { ...request, rules })
  return { id: request.search, scan, toldAt: -Infinity, toldSearching: true }
}

const takeRules = (entry: Entry, { rules, check }: RequestOf<'rules'>): void => {
  const { number, fromRow } = check
  entry.rules = rules
  for (const scan of entry.series.values()) scan.decodeBy(rules.decoding)
  entry.checks = rules.checks.length > 0 ? { number, scan: createCheckScan(entry.mirror, rules, fromRow) } : null
}

const newEntry = (): Entry => ({
  mirror: createLogMirror(),
  search: null,
  series: new Map(),
  seriesToldAt: -Infinity,
  rules: noRules,
  checks: null,
  checksToldAt: -Infinity,
})

const hasMore = (scan: SeriesScan): boolean => !scan.isDone()

const hasWork = ({ search, series }: Entry): boolean =>
  (search !== null && (!search.scan.isDone() || search.toldSearching)) || [...series.values()].some(hasMore)
