import type { RetainedEntry } from '#shared/model/retained'
import { createFilterTrie } from '#shared/mqtt/filterTrie'
import { levelsOf, topicFilterProblem } from '#shared/mqtt/topicFilter'
import type { ShownRows } from './retainedSelection'

type Takes = (topic: string) => boolean

export interface Narrowing {
  /**
   * Looks which rows of a list contain a text, or match a filter; '' = all. Asked again, it goes on where it was, and a
   * list may have grown since; another list is another array. Answers whether there is more to look at, when the time
   * is up.
   */
  lookOn(entries: readonly RetainedEntry[], wanted: string, isTimeUp: () => boolean): boolean
  /** Those found so far; the same object as long as they are the same. */
  rows(): ShownRows
}

/** Entries between two looks at the clock: a tenth of a millisecond or so. */
const entriesPerLook = 64

export const createNarrowing = (): Narrowing => {
  let list: readonly RetainedEntry[] = []
  let text = ''
  let takes: Takes = () => true
  let places: number[] = []
  /** Places before `looked` that alone can be taken, and how many of them were looked at. */
  let known: readonly number[] = []
  let lookedAgain = 0
  let looked = 0
  let rows = allRows(0)
  const begin = (entries: readonly RetainedEntry[], wanted: string) => {
    const isPart = entries === list && isNarrower(wanted, text)
    known = isPart ? [...places, ...known.slice(lookedAgain)] : []
    lookedAgain = 0
    if (!isPart) looked = 0
    list = entries
    text = wanted
    takes = takerOf(wanted)
    places = []
    rows = rowsAt(places)
  }
  /** The next place to look at; null = all were looked at. */
  const nextPlace = (): number | null => {
    const again = known[lookedAgain]
    if (again !== undefined) {
      lookedAgain += 1
      return again
    }
    if (looked >= list.length) return null
    looked += 1
    return looked - 1
  }
  /** Looks at some entries; answers whether there may be more. */
  const lookAtSome = (): boolean => {
    for (let seen = 0; seen < entriesPerLook; seen += 1) {
      const place = nextPlace()
      if (place === null) return false
      if (takes(list[place]?.topic ?? '')) places.push(place)
    }
    return true
  }
  return {
    rows: () => rows,
    lookOn: (entries, wanted, isTimeUp) => {
      const isOther = entries !== list || wanted !== text
      if (isOther) begin(entries, wanted)
      if (wanted === '') {
        if (isOther || rows.count !== entries.length) rows = allRows(entries.length)
        return false
      }
      let isMore = lookAtSome()
      while (isMore && !isTimeUp()) isMore = lookAtSome()
      if (rows.count !== places.length) rows = rowsAt(places)
      return isMore
    },
  }
}

const allRows = (count: number): ShownRows => ({ count, placeAt: (row) => row })
/** The rows at these places. */
export const rowsAt = (places: readonly number[]): ShownRows => ({
  count: places.length,
  placeAt: (row) => places[row] ?? -1,
})

/** Whether a topic fits a text: it has no wildcards, so a text with some is a filter. */
export const takerOf = (text: string): Takes => {
  if (/[+#]/.test(text) && topicFilterProblem(text) === null) {
    const trie = createFilterTrie([[text, true]])
    return (topic) => trie.matching(levelsOf(topic)).length > 0
  }
  const wanted = text.toLowerCase()
  return (topic) => topic.toLowerCase().includes(wanted)
}

/** Whatever contains the longer text contains the shorter one, so only what was found has to be looked at. */
const isNarrower = (wanted: string, before: string) =>
  before !== '' && !/[+#]/.test(wanted) && wanted.toLowerCase().includes(before.toLowerCase())
