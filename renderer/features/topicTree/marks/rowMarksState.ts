import { defineConnectionState } from '../../../state/app'
import { messagesState } from '../../../state/messages'
import { marksOf, marksOfRange, noMarks, type RowMarks, type RowRange } from './rowMarks'

/** Rows of the tree that are marked to work on together, beside the one that is selected. */
export interface RowMarksState {
  /** Rows that are hidden at the moment stay marked. */
  readonly marks: RowMarks
  /** Marks exactly these. */
  mark(topics: Iterable<string>): void
  /** Marks exactly these. What comes into the range later is not marked. */
  markRange(range: RowRange): void
  toggle(topic: string): void
}

/** Topics that are cleared take their marks with them. */
export const rowMarksState = defineConnectionState<RowMarksState>('rowMarks', ({ owner, get, set }) => {
  const mark = (topics: Iterable<string>) => {
    const marks = marksOf(topics)
    if (marks.size > 0 || get().marks.size > 0) set({ marks })
  }
  owner.watch(messagesState, ({ clears }, before) => {
    if (clears !== before.clears) mark([])
  })
  return {
    marks: noMarks,
    mark,
    markRange: (range) => set({ marks: marksOfRange(range) }),
    toggle: (topic) => {
      const topics = new Set(get().marks.topics())
      if (!topics.delete(topic)) topics.add(topic)
      mark(topics)
    },
  }
})

export const selectMarks = ({ marks }: RowMarksState): RowMarks => marks
