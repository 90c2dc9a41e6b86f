import { useRef } from 'react'
import type { TopicNode } from '../../model/topicIndex/topicIndexNode'
import { selectSelectedTopic } from '../../store/selectionSlice'
import { useAppStore } from '../../store/useApp'
import { noMarks } from './rowMarks'

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

/** Marks rows as file managers do. */
export const useRowMarks = (
  connectionId: string,
  { rows, rowOf }: { readonly rows: readonly TopicNode[]; readonly rowOf: (topic: string | null) => number },
): RowMarking => {
  const store = useAppStore()
  const start = useRef<string | null>(null)
  const last = useRef<string | null>(null)
  const clear = () => {
    const { markedTopics, markTopics } = store.getState()
    if ((markedTopics[connectionId] ?? noMarks).size === 0) return false
    markTopics(connectionId, [])
    return true
  }
  const extendTo = (row: number, active: number) => {
    const known = rowOf(start.current)
    const from = known >= 0 ? known : active >= 0 ? active : row
    start.current = rows[from]?.topic ?? null
    last.current = start.current
    store.getState().markRange(connectionId, { rows, from, to: row })
  }
  return {
    startAt: (topic) => {
      start.current = topic
    },
    toggle: (topic) => {
      const { markedTopics, markTopics, toggleMark } = store.getState()
      const chosen = selectSelectedTopic(connectionId)(store.getState())
      const selected = rows[rowOf(chosen)]?.topic ?? null
      const isShown = selected !== null && selected === chosen
      const isFirst = (markedTopics[connectionId] ?? noMarks).size === 0
      start.current = topic
      last.current = topic
      // The selected row is the first of several, as in a list where selecting and marking are one.
      if (isFirst && isShown && selected !== topic) markTopics(connectionId, [selected, topic])
      else toggleMark(connectionId, topic)
    },
    extendTo,
    extendFromLast: (active) => {
      const { markedTopics } = store.getState()
      const isAnyMarked = (markedTopics[connectionId] ?? noMarks).size > 0
      start.current = isAnyMarked ? last.current : selectSelectedTopic(connectionId)(store.getState())
      extendTo(active, active)
    },
    markAll: () => store.getState().markRange(connectionId, { rows, from: 0, to: rows.length - 1 }),
    clear,
  }
}
