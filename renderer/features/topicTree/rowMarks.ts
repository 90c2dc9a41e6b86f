import type { SliceCreator } from '../../store/sliceCreator'

/** Rows of the tree that are marked to work on together, beside the one that is selected. */
export interface RowMarksSlice {
  /** Topics of marked rows, by connection; absent = none. Rows that are hidden at the moment stay marked. */
  readonly markedTopics: Readonly<Record<string, ReadonlySet<string>>>
  /** Marks exactly these. */
  markTopics(connectionId: string, topics: Iterable<string>): void
  toggleMark(connectionId: string, topic: string): void
}

export const noMarks: ReadonlySet<string> = new Set()

export const createRowMarksSlice: SliceCreator<RowMarksSlice> = (set, get) => ({
  markedTopics: {},

  markTopics: (connectionId, topics) => {
    const marks: ReadonlySet<string> = new Set(topics)
    const before = get().markedTopics[connectionId] ?? noMarks
    if (marks.size === 0 && before.size === 0) return
    set(({ markedTopics }) => ({ markedTopics: { ...markedTopics, [connectionId]: marks } }))
  },

  toggleMark: (connectionId, topic) => {
    const marks = new Set(get().markedTopics[connectionId])
    if (!marks.delete(topic)) marks.add(topic)
    get().markTopics(connectionId, marks)
  },
})
