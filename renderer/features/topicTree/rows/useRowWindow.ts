import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, type RefObject } from 'react'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { useConnection } from '../../../state/useConnection'
import { treeViewState } from '../treeViewState'

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

/** Remembers where the tree was scrolled to for the next time this connection is shown. */
export const useKeptScroll = (scrollTop: () => number): void => {
  const rememberScroll = useConnection(treeViewState, (state) => state.rememberScroll)
  const read = useRef(scrollTop)
  useEffect(() => {
    read.current = scrollTop
  })
  useEffect(() => () => rememberScroll(read.current()), [rememberScroll])
}

/**
 * The bar of marked rows and the answers of the probe take room from the tree: the row one works with stays in view,
 * unless one has scrolled away from it.
 */
export const useActiveInView = (rowId: string, box: RefObject<HTMLElement | null>): void => {
  const latest = useRef(rowId)
  useEffect(() => {
    latest.current = rowId
  })
  useEffect(() => {
    const tree = box.current
    if (!tree) return
    let height = tree.clientHeight
    const observer = new ResizeObserver(() => {
      const row = document.getElementById(latest.current)
      const above = tree.getBoundingClientRect().top
      const { top = 0, bottom = 0 } = row?.getBoundingClientRect() ?? {}
      if (bottom > above && top < above + height) row?.scrollIntoView({ block: 'nearest' })
      height = tree.clientHeight
    })
    observer.observe(tree)
    return () => observer.disconnect()
  }, [box])
}

interface SelectionToReveal {
  readonly selected: string | null
  /** The rows are those of the moment: a selection opens the way to it first. */
  readonly areRowsMade: boolean
  readonly reveal: (topic: string) => void
}

/** A topic selected from elsewhere, e.g. by a breadcrumb, comes into view; frames do not scroll. */
export const useRevealedSelection = ({ selected, areRowsMade, reveal }: SelectionToReveal): void => {
  const latest = useRef(reveal)
  // What was selected when the tree came up does not scroll: the place it was left at is kept.
  const seen = useRef(selected)
  useEffect(() => {
    latest.current = reveal
  })
  useEffect(() => {
    if (!areRowsMade || selected === seen.current) return
    seen.current = selected
    if (selected !== null) latest.current(selected)
  }, [selected, areRowsMade])
}
