import type { TopicNode } from '../../model/topicIndex/topicIndexNode'
import type { SliceCreator } from '../../store/sliceCreator'

/** Marked rows; a value that never changes. */
export interface RowMarks {
  readonly size: number
  has(node: TopicNode): boolean
  topics(): Iterable<string>
}

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

function* topicsOf({ rows, from, to }: RowRange) {
  for (let row = from; row <= to; row++) yield (rows[row] as TopicNode).topic
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

/** Rows of the tree that are marked to work on together, beside the one that is selected. */
export interface RowMarksSlice {
  /** By connection; absent = none. Rows that are hidden at the moment stay marked. */
  readonly markedTopics: Readonly<Record<string, RowMarks>>
  /** Marks exactly these. */
  markTopics(connectionId: string, topics: Iterable<string>): void
  /** Marks exactly these. What comes into the range later is not marked. */
  markRange(connectionId: string, range: RowRange): void
  toggleMark(connectionId: string, topic: string): void
}

export const noMarks = marksOf([])

export const createRowMarksSlice: SliceCreator<RowMarksSlice> = (set, get) => {
  const mark = (connectionId: string, marks: RowMarks) =>
    set(({ markedTopics }) => ({ markedTopics: { ...markedTopics, [connectionId]: marks } }))
  const marksIn = (connectionId: string) => get().markedTopics[connectionId] ?? noMarks
  return {
    markedTopics: {},

    markTopics: (connectionId, topics) => {
      const marks = marksOf(topics)
      if (marks.size > 0 || marksIn(connectionId).size > 0) mark(connectionId, marks)
    },
    markRange: (connectionId, range) => mark(connectionId, marksOfRange(range)),
    toggleMark: (connectionId, topic) => {
      const topics = new Set(marksIn(connectionId).topics())
      if (!topics.delete(topic)) topics.add(topic)
      get().markTopics(connectionId, topics)
    },
  }
}
