import type { FilterOverlaps } from './filterOverlaps'
import type { TopicCoverage } from './topicCoverage'

/** Milliseconds one call may work; what is shown is drawn in the same frame. */
const budgetMs = 4

export interface Coverage {
  readonly overlaps: FilterOverlaps
  readonly topics: TopicCoverage
  /** Goes on with the filters, then with the topics, for a few milliseconds; true = more is left. */
  advance(topics: readonly { readonly topic: string }[]): boolean
}

/** The comparison of the subscriptions in force with each other, and that with the known topics, in turns. */
export const createCoverage = (
  overlaps: FilterOverlaps,
  topics: TopicCoverage,
  now = () => performance.now(),
): Coverage => ({
  overlaps,
  topics,
  advance: (list) => {
    const deadline = now() + budgetMs
    const exhausted = () => now() >= deadline
    const comparing = overlaps.advance(exhausted)
    // At least a few topics each time, so that neither waits for all of the other.
    const looking = topics.advance(list, exhausted)
    return comparing || looking
  },
})
