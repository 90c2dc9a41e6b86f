import { useEffect, useState } from 'react'
import type { TopicIndex } from '../../model/topicIndex/topicIndex'
import type { VisibleRows } from '../../model/topicIndex/topicIndexRows'
import { useApp, useConnectionModel } from '../../store/useApp'
import { freshView, openingRows, type TreeView } from './topicTreeSlice'

export interface TreeRows {
  readonly tree: TopicIndex
  readonly view: TreeView
  readonly visible: VisibleRows
}

interface Moment {
  readonly now: number
  readonly hold: boolean
}

/** The rows to show now. Work that was cut short goes on in the next frame; a small untouched tree opens by itself. */
export const useTreeRows = (connectionId: string, { now, hold }: Moment): TreeRows => {
  const view = useApp((state) => state.treeViews[connectionId] ?? freshView)
  const openFirstBranches = useApp((state) => state.openFirstBranches)
  const { tree } = useConnectionModel(connectionId)
  const [, setTurn] = useState(0)
  const search = view.search.trim().toLowerCase()
  const { expanded, collapsed, sort, reversed, traffic, touched } = view
  const summing = traffic && tree.sumUpTraffic(now)
  const visible = tree.visibleRows({ expanded, collapsed, sort, reversed, search, at: now, hold })
  const { pending, rows } = visible

  useEffect(() => {
    if (!pending && !summing) return
    const frame = requestAnimationFrame(() => setTurn((turn) => turn + 1))
    return () => cancelAnimationFrame(frame)
  })
  useEffect(() => {
    if (!touched && rows.length < openingRows) openFirstBranches(connectionId)
  }, [touched, rows, openFirstBranches, connectionId])
  return { tree, view, visible }
}
