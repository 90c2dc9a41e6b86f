// Why it is so: build/docs/decisions/52-the-palette-searches-in-two-steps.md
import { useMemo, useState } from 'react'
import { useSlicedWork, type WorkSlice } from '../../state/useSlicedWork'
import { createNameCheck, rankedBy, type Ranked } from './fuzzyRanking'

export interface FoundNames {
  readonly query: string
  /** Best first. */
  readonly ranked: readonly Ranked<string>[]
  /** How many fit, of those looked at so far. */
  readonly count: number
  readonly isDone: boolean
}

const shownNames = 30
/** A slice of work leaves most of a frame to the person. */
const sliceMs = 6
const namesBetweenLooks = 2_000
/** Ranking costs some microseconds a name, so a slice ends when so many fit. */
const rankedAtOnce = 1_000

/** A list that changes at every frame cannot be read. */
const tellEveryMs = 150

const nothing: FoundNames = { query: '', ranked: [], count: 0, isDone: true }

/** The names that fit the query, looked for a slice a frame. An empty query finds none. */
export const useFoundNames = (query: string, names: readonly (string | undefined)[]): FoundNames => {
  const [found, setFound] = useState(nothing)
  const search = useMemo(() => createSearch(query, names, setFound), [query, names])
  useSlicedWork(search)
  if (query.trim() === '') return nothing
  // Until the first are told, what was found before stays: an empty list in between would be a flicker.
  return found.query === query ? found : { ...found, isDone: false }
}

const createSearch = (
  query: string,
  names: readonly (string | undefined)[],
  tell: (found: FoundNames) => void,
): WorkSlice => {
  if (query.trim() === '') return () => false
  const fits = createNameCheck(query)
  let best: readonly string[] = []
  let count = 0
  let at = 0
  let toldAt = 0
  const lookOn = () => {
    const fresh: string[] = []
    const until = performance.now() + sliceMs
    while (at < names.length && fresh.length < rankedAtOnce && performance.now() < until) {
      const end = Math.min(at + namesBetweenLooks, names.length)
      for (; at < end && fresh.length < rankedAtOnce; at++) {
        const name = names[at]
        if (name !== undefined && fits(name)) fresh.push(name)
      }
    }
    return fresh
  }
  return () => {
    const fresh = lookOn()
    count += fresh.length
    const ranked = rankedBy(query, [...best, ...fresh], { textOf: (name) => name, limit: shownNames })
    best = ranked.map(({ item }) => item)
    const isDone = at >= names.length
    if (isDone || performance.now() - toldAt > tellEveryMs) {
      tell({ query, ranked, count, isDone })
      toldAt = performance.now()
    }
    return !isDone
  }
}
