import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type RefObject } from 'react'
import { selectionState, selectSelectedTopic } from '../../../state/selection'
import { useConnection } from '../../../state/useConnection'
import { selectTreeView, treeViewState } from '../treeViewState'
import { rowHeight } from './useRowWindow'
import { useScrollAnchor } from './useScrollAnchor'
import type { TreeRows } from './useTreeRows'

interface ScrolledTree extends TreeRows {
  readonly box: RefObject<HTMLDivElement | null>
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>
  /** Id of the element of the cursor's row. */
  readonly activeId: string
  /** The pointer is over the rows: somebody works with what is there. */
  readonly hovered: boolean
}

/**
 * Everything that scrolls the tree but the keyboard: rows that come and go above, a tree that gets lower, a topic that is
 * chosen elsewhere, and where it was scrolled to when it was last shown. Answers the scroll listener.
 */
export const useTreeScroll = (scrolled: ScrolledTree): (() => void) => {
  const { tree, view, visible, box, virtualizer, activeId, hovered } = scrolled
  const selected = useConnection(selectionState, selectSelectedTopic)
  const viewNow = useConnection(treeViewState, selectTreeView)
  useKeptScroll(() => virtualizer.scrollOffset ?? 0)
  useActiveInView(activeId, box)
  useRevealedSelection({
    selected,
    areRowsMade: viewNow === view,
    reveal: (topic) => {
      const node = tree.find(topic)
      if (node && visible.rows[node.row] === node) virtualizer.scrollToIndex(node.row)
    },
  })
  return useScrollAnchor({
    visible,
    rowHeight,
    holdTop: hovered && view.touched,
    subject: view.search,
    scrollTop: () => box.current?.scrollTop ?? 0,
    scrollTo: (top) => virtualizer.scrollToOffset(top),
  })
}

/** Remembers where the tree was scrolled to for the next time this connection is shown. */
const useKeptScroll = (scrollTop: () => number): void => {
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
const useActiveInView = (rowId: string, box: RefObject<HTMLElement | null>): void => {
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
const useRevealedSelection = ({ selected, areRowsMade, reveal }: SelectionToReveal): void => {
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
