import type { RetainedEntry } from '#shared/model/retained'
import { createFilterTrie } from '#shared/mqtt/filterTrie'
import { levelsOf, topicFilterProblem } from '#shared/mqtt/topicFilter'
import type { ShownRows } from './retainedSelection'

type Takes = (topic: string) => boolean

/**
 * The rows of a list that grows whose topics contain a text, or match a filter; '' = all. Asked again, it looks at what
 * is new only, and answers with the same rows when there is nothing new. Another list is another array.
 */
export const createNarrowing = () => {
  let list: readonly RetainedEntry[] = []
  let text = ''
  let takes: Takes = () => true
  let places: number[] = []
  let looked = 0
  let rows: ShownRows = { count: 0, placeAt: (row) => row }
  const isTaken = (place: number) => takes(list[place]?.topic ?? '')
  const begin = (entries: readonly RetainedEntry[], wanted: string) => {
    const known = entries === list && isNarrower(wanted, text) ? places : null
    if (!known) looked = 0
    list = entries
    text = wanted
    takes = takerOf(wanted)
    places = known?.filter(isTaken) ?? []
  }
  return (entries: readonly RetainedEntry[], wanted: string): ShownRows => {
    const isOther = entries !== list || wanted !== text
    if (isOther) begin(entries, wanted)
    const count = entries.length
    if (wanted === '') {
      if (isOther || rows.count !== count) rows = { count, placeAt: (row) => row }
      return rows
    }
    for (; looked < count; looked += 1) if (isTaken(looked)) places.push(looked)
    if (isOther || rows.count !== places.length) {
      const found = places
      rows = { count: found.length, placeAt: (row) => found[row] ?? -1 }
    }
    return rows
  }
}

/** A topic has no wildcards, so a text with some is a filter. */
const takerOf = (text: string): Takes => {
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
