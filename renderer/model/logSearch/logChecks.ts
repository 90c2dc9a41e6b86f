import { createRowColumn } from './rowColumn'
import type { CheckPart } from './searchProtocol'

/** Messages that were held against the JSON Schema of their topic. Those with `unchecked` are not among `checked`. */
export interface CheckCounts {
  readonly checked: number
  /** Of the checked ones: they do not conform. */
  readonly differing: number
  /** What was too large, or could not be looked at to the end. */
  readonly unchecked: number
}

/**
 * What checks have found in one log: of all messages that it had when the rules were told, and of all that came since. Counts stay
 * when messages are evicted, and begin anew with other rules.
 */
export interface LogChecks {
  /** Whether a schema is bound to any topic. */
  isOn(): boolean
  /** A pattern of a schema found no end over one message: nothing is checked any more. */
  isStuck(): boolean
  /** Of a topic alone; null = none of its messages was looked at. */
  countsOf(topic: string): CheckCounts | null
  /** Of a topic or a branch with everything below it. */
  countsBelow(topic: string): CheckCounts | null
  total(): CheckCounts
  /** Rows that were gone from the log before they could be looked at. */
  missed(): number
  /** Whether the message of a row that the log has does not conform. */
  differsAt(row: number): boolean
  /** Goes up with everything that is found. */
  readonly revision: () => number
  subscribe(listener: () => void): () => void
}

/** What the log's search does with its checks. */
export interface HeldChecks extends LogChecks {
  /** Forgets what was found, for checks that begin at a row. */
  restart(isOn: boolean, fromRow: number): void
  /** The row with which an engine that knows nothing has to go on: places of topics begin anew. */
  resume(): number
  /** Whether there may be more to look at. */
  isBusy(): boolean
  /** Does what it can no more: nothing more comes. */
  giveUp(): void
  receive(part: CheckPart): void
  dropBefore(row: number): void
}

interface Tally {
  checked: number
  differing: number
  unchecked: number
}

const emptyTally = (): Tally => ({ checked: 0, differing: 0, unchecked: 0 })

/** Rows that are known not to conform: the log has not many more at its usual limits. */
const mostRows = 1_000_000

export const createLogChecks = (): HeldChecks => {
  const listeners = new Set<() => void>()
  const own = new Map<string, Tally>()
  const below = new Map<string, Tally>()
  let topics: string[] = []
  let rows = createRowColumn()
  let total = emptyTally()
  let [on, stuck, busy] = [false, false, false]
  let [missed, nextRow, revision] = [0, 0, 0]

  const tell = () => {
    revision += 1
    listeners.forEach((listener) => listener())
  }
  const addTo = (tallies: Map<string, Tally>, topic: string, more: CheckCounts) => {
    const known = tallies.get(topic)
    if (known) add(known, more)
    else tallies.set(topic, { ...more })
  }
  const restart = (isOn: boolean, fromRow: number) => {
    own.clear()
    below.clear()
    topics = []
    rows = createRowColumn()
    total = emptyTally()
    on = isOn
    stuck = false
    busy = isOn
    missed = 0
    nextRow = fromRow
    tell()
  }
  return {
    isOn: () => on,
    isStuck: () => stuck,
    countsOf: (topic) => own.get(topic) ?? null,
    countsBelow: (topic) => below.get(topic) ?? null,
    total: () => total,
    missed: () => missed,
    differsAt: (row) => {
      const place = placeOf(rows, row)
      return place < rows.length() && rows.at(place) === row
    },
    revision: () => revision,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    restart,
    resume: () => {
      topics = []
      busy = on && !stuck
      return nextRow
    },
    isBusy: () => busy,
    giveUp: () => {
      stuck = true
      busy = false
      tell()
    },
    receive: (part) => {
      for (const topic of part.newTopics) topics.push(topic)
      part.topics.forEach((place, at) => {
        const topic = topics[place]
        if (topic === undefined) return
        const more = {
          checked: part.checked[at] ?? 0,
          differing: part.differing[at] ?? 0,
          unchecked: part.unchecked[at] ?? 0,
        }
        add(total, more)
        addTo(own, topic, more)
        for (const branch of branchesOf(topic)) addTo(below, branch, more)
      })
      rows.append(part.rows)
      while (rows.length() > mostRows) rows.shift()
      missed += part.missed
      nextRow = part.endRow
      busy = !part.isDone
      if (part.topics.length > 0 || part.missed > 0) tell()
    },
    dropBefore: (row) => {
      while (rows.length() > 0 && rows.at(0) < row) rows.shift()
    },
  }
}

const add = (tally: Tally, { checked, differing, unchecked }: CheckCounts): void => {
  tally.checked += checked
  tally.differing += differing
  tally.unchecked += unchecked
}

/** The topic itself, and every branch it is in. */
const branchesOf = (topic: string): string[] => {
  const branches = [topic]
  for (let at = topic.lastIndexOf('/'); at >= 0; at = at === 0 ? -1 : topic.lastIndexOf('/', at - 1))
    branches.push(topic.slice(0, at))
  return branches
}

/** The first place whose row is at `row` or after it. */
const placeOf = (rows: ReturnType<typeof createRowColumn>, row: number): number => {
  let low = 0
  let high = rows.length()
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows.at(middle) < row) low = middle + 1
    else high = middle
  }
  return low
}
