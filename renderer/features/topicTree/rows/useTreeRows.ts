import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import type { VisibleRows } from '../../../model/topicIndex/topicIndexRows'
import { messagesState } from '../../../state/messages'
import { probeState, selectIsNarrowed } from '../../../state/probe'
import { useConnection, useConnectionModel } from '../../../state/useConnection'
import { useSlicedWork } from '../../../state/useSlicedWork'
import { haveSums } from '../columns/treeColumns'
import { useShownColumns } from '../columns/useShownColumns'
import { openingRows, selectTreeView, treeViewState, type TreeView } from '../treeViewState'

/** The rows of a tree as it was looked at when they were made. */
export interface TreeRows {
  readonly tree: TopicIndex
  readonly view: TreeView
  readonly visible: VisibleRows
  /** Of which time the sums of its branches' traffic are; NaN = they were never summed up. */
  readonly summedUpAt: number
}

interface Moment {
  readonly now: number
  /** The pointer is over the rows: they keep their order. */
  readonly hold: boolean
}

/**
 * The rows to show now; null before they were made for the first time, which is before anything is painted. A small
 * untouched tree opens by itself.
 */
export const useTreeRows = (moment: Moment): TreeRows | null => {
  const view = useConnection(treeViewState, selectTreeView)
  const made = useMadeRows(view, moment)
  const openFirstBranches = useConnection(treeViewState, (state) => state.openFirstBranches)
  const { touched } = view
  const rows = made?.visible.rows
  useEffect(() => {
    if (!touched && rows && rows.length < openingRows) openFirstBranches()
  }, [touched, rows, openFirstBranches])
  return made
}

/** Rows are made, searched and summed up in slices; those from before stay until there are others. */
const useMadeRows = (view: TreeView, { now, hold }: Moment): TreeRows | null => {
  const { tree } = useConnectionModel()
  const revision = useConnection(messagesState, (state) => state.revision)
  const probed = useConnection(probeState, selectIsNarrowed)
  const found = useConnection(probeState, (state) => (selectIsNarrowed(state) ? state.answer?.revision : 0))
  const news = useMemo(() => ({ revision, found }), [revision, found])
  const isSummed = haveSums(useShownColumns())
  const [made, setMade] = useState<TreeRows | null>(null)
  const latest = useRef(made)
  const make = useCallback(() => {
    const { expanded, collapsed, sort, reversed } = view
    const search = view.search.trim().toLowerCase()
    const isSumming = isSummed && tree.sumUpTraffic(now)
    const visible = tree.visibleRows({ expanded, collapsed, sort, reversed, search, probed, at: now, hold })
    const rows = { tree, view, visible, summedUpAt: tree.traffic.summedUpAt() }
    // Looked at here: React would render once more before it finds that nothing has changed.
    if (!latest.current || !isSame(latest.current, rows)) {
      latest.current = rows
      setMade(rows)
    }
    return visible.pending || isSumming
  }, [tree, view, probed, isSummed, now, hold])
  useSlicedWork(make, news)
  return made
}

const isSame = (one: TreeRows, other: TreeRows) =>
  one.tree === other.tree &&
  one.view === other.view &&
  one.visible === other.visible &&
  Object.is(one.summedUpAt, other.summedUpAt)
