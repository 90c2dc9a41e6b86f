/** Work in short steps, whose end is a list. */
export type Steps<Item> = Generator<undefined, readonly Item[], undefined>

export type Compare<Item> = (left: Item, right: Item) => number

/** Items that are sorted in one step, and those that are merged in one: each some milliseconds, collation included. */
const sortedInStep = 512
const mergedInStep = 1_024

/** The items in their order; as with `sort`, equal ones stay as they stood. */
export function* sortSteps<Item>(items: readonly Item[], compare: Compare<Item>): Steps<Item> {
  let runs: (readonly Item[])[] = []
  for (let from = 0; from < items.length; from += sortedInStep) {
    runs.push(items.slice(from, from + sortedInStep).sort(compare))
    yield
  }
  while (runs.length > 1) {
    const longer: (readonly Item[])[] = []
    for (let at = 0; at < runs.length; at += 2) longer.push(yield* mergeSteps(runs.slice(at, at + 2), compare))
    runs = longer
  }
  return runs[0] ?? []
}

/** One list of two that are in order, or the one that there is. */
export function* mergeSteps<Item>(runs: readonly (readonly Item[])[], compare: Compare<Item>): Steps<Item> {
  const [left = [], right = []] = runs
  if (right.length === 0) return left
  const merged: Item[] = []
  let nextLeft = 0
  let nextRight = 0
  while (nextLeft < left.length || nextRight < right.length) {
    const isLeft =
      nextRight === right.length ||
      (nextLeft < left.length && compare(left[nextLeft] as Item, right[nextRight] as Item) <= 0)
    merged.push((isLeft ? left[nextLeft++] : right[nextRight++]) as Item)
    if (merged.length % mergedInStep === 0) yield
  }
  return merged
}
