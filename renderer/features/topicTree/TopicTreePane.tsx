import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { AskedSince } from '../../model/askedSince'
import { probeState, selectIsNarrowed } from '../../state/probe'
import { selectionState, selectSelectedTopic } from '../../state/selection'
import { useHeardSince } from '../../state/useAskedSince'
import { useConnection } from '../../state/useConnection'
import { useSteadyNow } from '../../state/useSteadyNow'
import { useWidthStyle } from './columns/useColumnWidths'
import { MarkedRowsBar } from './marks/MarkedRowsBar'
import { rowMarksState, selectMarks } from './marks/rowMarksState'
import { PinnedTopics } from './pinned/PinnedTopics'
import { TopicTree } from './rows/TopicTree'
import { useTreeRows, type TreeRows } from './rows/useTreeRows'
import styles from './topicTree.module.css'
import { TrafficDetails } from './traffic/TrafficDetails'
import { TrafficHeader } from './traffic/TrafficHeader'
import { TreeEmptyState } from './TreeEmptyState'
import { TreeHeader } from './TreeHeader'
import { UnkeptNote } from './UnkeptNote'

/** All topics seen on a connection. */
export function TopicTreePane() {
  const now = useSteadyNow()
  const [hovered, setHovered] = useState(false)
  const treeRows = useTreeRows({ now, hold: hovered })
  const marks = useConnection(rowMarksState, selectMarks)
  const mark = useConnection(rowMarksState, (state) => state.mark)
  const widths = useWidthStyle()
  const pane = useRef<HTMLDivElement>(null)
  const askedSince = useHeardSince()
  const unmark = () => {
    mark([])
    // The button that was pressed goes away with the marks.
    pane.current?.querySelector<HTMLElement>('[role="tree"]')?.focus()
  }
  return (
    <div ref={pane} className={styles.pane}>
      <TreeHeader />
      {treeRows ? (
        <div className={styles.body} style={widths} data-sort={treeRows.view.sort} data-traffic={treeRows.view.traffic}>
          <TrafficHeader sort={treeRows.view.sort} reversed={treeRows.view.reversed} />
          <PinnedTopics tree={treeRows.tree} summedUpAt={treeRows.summedUpAt} now={now} />
          <TopicTree {...treeRows} {...{ now, askedSince, hovered }} onHover={setHovered} />
          {treeRows.visible.rows.length === 0 ? <NoRows {...treeRows} /> : null}
        </div>
      ) : null}
      <UnkeptNote />
      {treeRows && marks.size > 0 ? <MarkedRowsBar tree={treeRows.tree} {...{ marks, now }} onClose={unmark} /> : null}
      {treeRows?.view.traffic ? <SelectedTraffic tree={treeRows.tree} {...{ now, askedSince }} /> : null}
    </div>
  )
}

/** Why there is nothing to see: no topic has come, or none is found. */
function NoRows({ tree, view, visible }: TreeRows) {
  const t = useTranslations('topicTree')
  const isNarrowed = useConnection(probeState, selectIsNarrowed)
  return (
    <div className={styles.empty}>
      {tree.topicCount() === 0 ? (
        <TreeEmptyState />
      ) : (
        <p role="status" className={styles.note}>
          {visible.pending ? t('searching') : isNarrowed && view.search === '' ? t('nothingProbed') : t('nothingFound')}
        </p>
      )}
    </div>
  )
}

interface SelectedTrafficProps extends Pick<TreeRows, 'tree'> {
  readonly now: number
  readonly askedSince: AskedSince
}

/** The figures of the selected topic, while the columns of traffic are shown. */
function SelectedTraffic({ tree, now, askedSince }: SelectedTrafficProps) {
  const selected = useConnection(selectionState, selectSelectedTopic)
  const selectTopic = useConnection(selectionState, (state) => state.selectTopic)
  const node = selected === null ? null : tree.find(selected)
  if (!node) return null
  const { topic, topicId } = node
  const { traffic } = tree
  return (
    <TrafficDetails
      {...{ topic, topicId, traffic, now }}
      silence={traffic.silenceOf(topicId, { now, since: askedSince(topic) })}
      onClose={() => selectTopic(null)}
    />
  )
}
