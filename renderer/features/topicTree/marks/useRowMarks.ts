import { useRef } from 'react'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { selectionState, selectSelectedTopic } from '../../../state/selection'
import { useConnectionObject } from '../../../state/useConnection'
import { rowMarksState } from './rowMarksState'

export interface RowMarking {
  /** Ranges start at this topic, or with null at the cursor. */
  readonly startAt: (topic: string | null) => void
  readonly toggle: (topic: string) => void
  /** Marks the rows from where the range starts, or else from row `active`, to this one, and no others. */
  readonly extendTo: (row: number, active: number) => void
  /** As `extendTo` row `active`, from the row that was marked last, or while none is, from the selected one. */
  readonly extendFromLast: (active: number) => void
  /** Marks all rows that are shown; where ranges start stays. */
  readonly markAll: () => void
  /** False when nothing was marked. */
  readonly clear: () => boolean
}

interface ShownRows {
  readonly rows: readonly TopicNode[]
  readonly rowOf: (topic: string | null) => number
}

/** Marks rows as file managers do. */
export const useRowMarks = ({ rows, rowOf }: ShownRows): RowMarking => {
  const connection = useConnectionObject()
  const start = useRef<string | null>(null)
  const last = useRef<string | null>(null)
  const state = () => connection.get(rowMarksState)
  const selectedTopic = () => selectSelectedTopic(connection.get(selectionState))
  const isAnyMarked = () => state().marks.size > 0
  const extendTo = (row: number, active: number) => {
    const known = rowOf(start.current)
    const from = known >= 0 ? known : active >= 0 ? active : row
    start.current = rows[from]?.topic ?? null
    last.current = start.current
    state().markRange({ rows, from, to: row })
  }
  return {
    startAt: (topic) => {
      start.current = topic
    },
    toggle: (topic) => {
      const chosen = selectedTopic()
      const selected = rows[rowOf(chosen)]?.topic ?? null
      const isShown = selected !== null && selected === chosen
      start.current = topic
      last.current = topic
      // The selected row is the first of several, as in a list where selecting and marking are one.
      if (!isAnyMarked() && isShown && selected !== topic) state().mark([selected, topic])
      else state().toggle(topic)
    },
    extendTo,
    extendFromLast: (active) => {
      start.current = isAnyMarked() ? last.current : selectedTopic()
      extendTo(active, active)
    },
    markAll: () => state().markRange({ rows, from: 0, to: rows.length - 1 }),
    clear: () => {
      if (!isAnyMarked()) return false
      state().mark([])
      return true
    },
  }
}
