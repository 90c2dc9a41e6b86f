import { useRef, type KeyboardEvent, type MouseEvent } from 'react'

/** The rows that are marked, whoever holds them. */
interface MarkedRows {
  readonly ids: ReadonlySet<string>
  readonly toggle: (id: string) => void
  /** These and no others. */
  readonly mark: (ids: readonly string[]) => void
  readonly clear: () => void
}

export interface RowMarksOptions {
  /** The rows in view, in order. */
  readonly ids: readonly string[]
  readonly marks: MarkedRows
  readonly focusRow: (id: string) => void
}

export interface RowMarks {
  readonly marked: ReadonlySet<string>
  /** True where the key marked something, or took marks away. */
  readonly handleKey: (event: KeyboardEvent, id: string) => boolean
  /** True where the click marked something; one without a modifier takes the marks away. */
  readonly handleClick: (event: MouseEvent, id: string) => boolean
}

/** Marks rows with the keys and clicks with which the tree marks its rows. */
export const useRowMarks = ({ ids, marks, focusRow }: RowMarksOptions): RowMarks => {
  const { ids: marked, mark, toggle, clear } = marks
  /** Where a range began. */
  const anchor = useRef<string | null>(null)
  const markRange = (to: string) => {
    const [from, end] = [ids.indexOf(anchor.current ?? to), ids.indexOf(to)]
    mark(ids.slice(Math.min(from, end), Math.max(from, end) + 1))
  }
  const toggleAt = (id: string) => {
    anchor.current = id
    toggle(id)
  }
  const stepRange = (id: string, step: -1 | 1) => {
    const next = ids[ids.indexOf(id) + step]
    if (marked.size === 0) anchor.current = id
    if (next === undefined) return
    focusRow(next)
    markRange(next)
  }

  return {
    marked,
    handleKey: (event, id) => {
      const isCommand = event.ctrlKey || event.metaKey
      if (event.shiftKey && event.key === 'ArrowDown') stepRange(id, 1)
      else if (event.shiftKey && event.key === 'ArrowUp') stepRange(id, -1)
      else if (event.key === 'Insert' || (isCommand && event.key === ' ')) toggleAt(id)
      else if (isCommand && event.key.toLowerCase() === 'a') mark(ids)
      else if (event.key === 'Escape' && marked.size > 0) clear()
      else return false
      event.preventDefault()
      return true
    },
    handleClick: (event, id) => {
      if (event.ctrlKey || event.metaKey) {
        // What is in view is the first of those that are chosen together.
        toggleAt(id)
        return true
      }
      if (event.shiftKey) {
        markRange(id)
        return true
      }
      anchor.current = id
      clear()
      return false
    },
  }
}
