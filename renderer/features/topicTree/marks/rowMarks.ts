import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'

/** Marked rows; a value that never changes. */
export interface RowMarks {
  readonly size: number
  has(node: TopicNode): boolean
  topics(): Iterable<string>
}

/** Rows that stand one below the other. */
export interface RowRange {
  readonly rows: readonly TopicNode[]
  /** Both are in the range, in whatever order. */
  readonly from: number
  readonly to: number
}

export const marksOf = (topics: Iterable<string>): RowMarks => {
  const all = new Set(topics)
  return { size: all.size, has: ({ topic }) => all.has(topic), topics: () => all }
}

/** Copies no rows, so that a range of very many grows as fast as one of few. */
export const marksOfRange = ({ rows, from, to }: RowRange): RowMarks => {
  const range = { rows, from: Math.min(from, to), to: Math.max(from, to) }
  let nodes: Set<TopicNode> | null = null
  return {
    size: range.to - range.from + 1,
    has: (node) => {
      if (rows[node.row] === node) return node.row >= range.from && node.row <= range.to
      // Rows have come or gone since, and the node's number is of the new ones.
      nodes ??= new Set(rows.slice(range.from, range.to + 1))
      return nodes.has(node)
    },
    topics: () => topicsOf(range),
  }
}

export const noMarks = marksOf([])

function* topicsOf({ rows, from, to }: RowRange) {
  for (let row = from; row <= to; row++) yield (rows[row] as TopicNode).topic
}
