// Why it is so: build/docs/decisions/52-the-palette-searches-in-two-steps.md
import fuzzysort from 'fuzzysort'

/** What fits a query, best first, and where: `indexes` are of the characters that fit. */
export interface Ranked<Item> {
  readonly item: Item
  readonly indexes: ReadonlySet<number>
}

const nowhere: ReadonlySet<number> = new Set()

/** The best `limit` of what fits; with an empty query the first ones. */
export const rankedBy = <Item>(
  query: string,
  items: readonly Item[],
  { textOf, limit }: { readonly textOf: (item: Item) => string; readonly limit: number },
): readonly Ranked<Item>[] => {
  if (query.trim() === '') return items.slice(0, limit).map((item) => ({ item, indexes: nowhere }))
  const targets = items.map((item) => ({ item, text: textOf(item) }))
  return fuzzysort
    .go(query.trim(), targets, { key: 'text', limit, threshold: 0.2 })
    .map((result) => ({ item: result.obj.item, indexes: new Set(result.indexes) }))
}

/** The library remembers what it prepared of each name; of very many that is much memory. */
export const forgetRanked = (): void => fuzzysort.cleanup()

/**
 * Whether a name could be ranked at all: each word of the query stands in it, its characters in their order and perhaps
 * with others between them. Fast, so that a million names can be passed over.
 */
export const createNameCheck = (query: string): ((name: string) => boolean) => {
  const words = plain(query).split(/\s+/).filter(Boolean)
  return (name) => {
    const text = plain(name)
    return words.every((word) => hasInOrder(text, word))
  }
}

/** Case and accents make no difference, as in the ranking. */
const plain = (text: string): string =>
  (/[^\x20-\x7e]/.test(text) ? text.normalize('NFD').replace(/\p{M}/gu, '') : text).toLowerCase()

const hasInOrder = (text: string, word: string): boolean => {
  let from = 0
  for (const character of word) {
    const at = text.indexOf(character, from)
    if (at < 0) return false
    from = at + character.length
  }
  return true
}
