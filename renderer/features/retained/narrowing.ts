import type { RetainedEntry } from '#shared/model/retained'
import { createFilterTrie } from '#shared/mqtt/filterTrie'
import { levelsOf, topicFilterProblem } from '#shared/mqtt/topicFilter'
import type { ShownRows } from './selection'

type Takes = (topic: string) => boolean

/** A topic has no wildcards, so a text with some is a filter. */
const takerOf = (text: string): Takes => {
  if (/[+#]/.test(text) && topicFilterProblem(text) === null) {
    const trie = createFilterTrie([[text, true]])
    return (topic) => trie.matching(levelsOf(topic)).length > 0
  }
  const wanted = text.toLowerCase()
  return (topic) => topic.toLowerCase().includes(wanted)
}

/**
 * The rows of a list that grows whose topics contain a text, or match a filter; '' = all. Asked again, it looks at what
 * is new only. Another list is another array.
 */
export const createNarrowing = () => {
  let list: readonly RetainedEntry[] = []
  let text = ''
  let takes: Takes = () => true
  let places: number[] = []
  let looked = 0
  return (entries: readonly RetainedEntry[], wanted: string): ShownRows => {
    const count = entries.length
    if (wanted === '') return { count, placeAt: (row) => row }
    if (entries !== list || wanted !== text) {
      list = entries
      text = wanted
      takes = takerOf(wanted)
      places = []
      looked = 0
    }
    for (; looked < count; looked += 1) if (takes(entries[looked]?.topic ?? '')) places.push(looked)
    const found = places
    return { count: found.length, placeAt: (row) => found[row] ?? -1 }
  }
}
