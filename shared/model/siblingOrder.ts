// Why it is so: build/docs/decisions/44-a-message-is-a-file.md
import type { CollectionMessage } from './collection'

type Sibling = Pick<CollectionMessage, 'id' | 'name' | 'order'>

/** Room between two neighbours, so that one that comes between changes no other file. */
const step = 1000

/** Those with a number first, lowest first; the others by their names. Two with the same number stand by their names. */
export const compareSiblings = (one: Sibling, other: Sibling): number =>
  (one.order ?? Infinity) - (other.order ?? Infinity) ||
  one.name.localeCompare(other.name) ||
  (one.id < other.id ? -1 : 1)

/** The number of one that comes to the end: null where those at the end have none, which it stands among by its name. */
export const orderAtEnd = (siblings: readonly Sibling[]): number | null => {
  const last = siblings.reduce<number | null>(
    (highest, { order }) => (highest === null || order === null ? null : Math.max(highest, order)),
    0,
  )
  return last === null ? null : (Math.floor(last / step) + 1) * step
}

/** A short number between two others; null = there is none left. */
const between = (low: number, high: number): number | null => {
  const middle = Math.floor((low + high) / 2)
  if (middle > low && middle < high) return middle
  return null
}

/**
 * The numbers that change when one of the siblings is to stand before another one (null = at the end): its own alone where there
 * is room, else all of them.
 */
export const ordersAfterMove = (
  siblings: readonly Sibling[],
  movedId: string,
  beforeId: string | null,
): ReadonlyMap<string, number> => {
  const others = siblings.filter(({ id }) => id !== movedId).toSorted(compareSiblings)
  const found = others.findIndex(({ id }) => id === beforeId)
  const place = found < 0 ? others.length : found
  const low = place === 0 ? (others[0]?.order ?? 2 * step) - 2 * step : (others[place - 1]?.order ?? null)
  const high = place === others.length ? (low ?? 0) + 2 * step : (others[place]?.order ?? null)
  const own = low === null || high === null ? null : between(low, high)
  if (own !== null) return new Map([[movedId, own]])
  const ids = others.map(({ id }) => id).toSpliced(place, 0, movedId)
  const before = new Map(siblings.map(({ id, order }) => [id, order]))
  return new Map(
    ids.map((id, index) => [id, (index + 1) * step] as const).filter(([id, order]) => before.get(id) !== order),
  )
}
