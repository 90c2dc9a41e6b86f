import type { TopicSort } from '../../model/topicIndex/topicIndexNode'

export type TrafficColumn = 'spark' | 'count' | 'rate' | 'size' | 'largest' | 'interval' | 'p95' | 'mix' | 'last'

/** In the order they stand, and what a click on the label sorts by; which of them are shown is the style sheet's. */
export const trafficColumns: readonly { readonly column: TrafficColumn; readonly sort: TopicSort | null }[] = [
  { column: 'spark', sort: null },
  { column: 'count', sort: 'count' },
  { column: 'rate', sort: 'rate' },
  { column: 'interval', sort: 'interval' },
  { column: 'p95', sort: 'p95' },
  { column: 'size', sort: 'size' },
  { column: 'largest', sort: 'largest' },
  { column: 'mix', sort: null },
  { column: 'last', sort: 'activity' },
]
