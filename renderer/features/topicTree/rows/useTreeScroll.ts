import { useEffect, useLayoutEffect, useRef } from 'react'
import { selectionState, selectSelectedTopic } from '../../../state/selection'
import { useConnection } from '../../../state/useConnection'
import { rowsByPlace } from '../../../ui/virtualList/listRows'
import { useVirtualList, type VirtualList } from '../../../ui/virtualList/useVirtualList'
import { selectTreeView, treeViewState } from '../treeViewState'
import { useRevealedProbe } from './useRevealedProbe'
import { useScrollAnchor } from './useScrollAnchor'
import type { TreeRows } from './useTreeRows'

/** As `--row` in the tokens: the arithmetic of a virtual list wants a number. */
const rowHeight = 24

interface ScrolledTree extends TreeRows {
  readonly scroller: HTMLElement | null
  /** Row of the keyboard's cursor. */
  readonly active: number
  /** The pointer is over the rows: somebody works with what is there. */
  readonly hovered: boolean
}

/**
 * The list of the rows, and everything that scrolls it but the keyboard: rows that come and go above, a tree that gets
 * lower, a topic that is chosen elsewhere, and where it was scrolled to when it was last shown.
 */
export const useTreeScroll = ({ tree, view, visible, scroller, active, hovered }: ScrolledTree): VirtualList => {
  const { rows } = visible
  const selected = useConnection(selectionState, selectSelectedTopic)
  const viewNow = useConnection(treeViewState, selectTreeView)
  const list = useVirtualList({
    scroller,
    rows: rowsByPlace(rows.length),
    rowHeight,
    startTop: view.scrollTop,
    overscan: 12,
    keptPlace: active,
    keyOf: (row) => rows[row]?.topic ?? row,
  })
  useKeptScroll(list.top)
  useScrollAnchor({
    visible,
    rowHeight,
    holdTop: hovered && view.touched,
    subject: view.search,
    top: list.top,
    scrollTo: list.scrollTo,
  })
  useRowInView(active, list)
  useRowInView(useRevealedProbe({ tree, rows, reveal: list.reveal }), list)
  useRevealedSelection({
    selected,
    areRowsMade: viewNow === view,
    reveal: (topic) => {
      const node = tree.find(topic)
      if (node && rows[node.row] === node) list.reveal(node.row)
    },
  })
  return list
}

/** Remembers where the tree was scrolled to for the next time this connection is shown. */
const useKeptScroll = (top: number): void => {
  const rememberScroll = useConnection(treeViewState, (state) => state.rememberScroll)
  const latest = useRef(top)
  useEffect(() => {
    latest.current = top
  })
  useEffect(() => () => rememberScroll(latest.current), [rememberScroll])
}

/**
 * The bar of marked rows and the answers of the probe take room from the tree: the row one works with stays in view,
 * and the one that the probe has found, unless one has scrolled away from it.
 */
const useRowInView = (row: number, { top, extent, reveal }: VirtualList): void => {
  const { viewport } = extent
  const before = useRef(viewport)
  useLayoutEffect(() => {
    const rowTop = row * rowHeight
    const wasInView = row >= 0 && rowTop + rowHeight > top && rowTop < top + before.current
    if (before.current !== viewport && before.current > 0 && wasInView) reveal(row)
    before.current = viewport
  })
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
