import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useRef } from 'react'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'

/** As `--row` in the tokens: the arithmetic of a virtual list wants a number. */
export const rowHeight = 24

/** The rows near the visible part of the box. */
export const useRowWindow = (rows: readonly TopicNode[], initialOffset: number) => {
  'use no memo' // The virtualizer is mutable: what it answers must be read anew in every render.
  const box = useRef<HTMLDivElement>(null)
  const activeRow = useRef(-1)
  // With another function the virtualizer goes through all rows.
  const getItemKey = useCallback((row: number) => rows[row]?.topic ?? row, [rows])
  // eslint-disable-next-line react-hooks/incompatible-library -- this hook is never memoised, see above
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey,
    overscan: 12,
    initialOffset,
    // The cursor's row stays in the page wherever it is: aria-activedescendant must name an element that exists.
    rangeExtractor: (range: Range) => {
      const shown = defaultRangeExtractor(range)
      const active = activeRow.current
      if (active < 0 || active >= rows.length || shown.includes(active)) return shown
      return [...shown, active].sort((left, right) => left - right)
    },
  })
  const noteActive = (row: number) => {
    activeRow.current = row
  }
  return { box, noteActive, virtualizer }
}
