import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { selectSelectedTopic } from '../../store/selectionSlice'
import { useApp } from '../../store/useApp'
import { useHeardSince } from '../../store/useAskedSince'
import { MarkedRowsBar } from './MarkedRowsBar'
import { noMarks } from './rowMarks'
import { TopicTree } from './TopicTree'
import { TrafficDetails } from './TrafficDetails'
import { TrafficHeader } from './TrafficHeader'
import { TreeEmptyState } from './TreeEmptyState'
import { TreeHeader } from './TreeHeader'
import styles from './topicTree.module.css'
import { useNow } from '../../ui/useNow'
import { useTreeRows } from './useTreeRows'

/** All topics seen on a connection. */
export function TopicTreePane({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations('topicTree')
  const now = useNow()
  const [hovered, setHovered] = useState(false)
  const treeRows = useTreeRows(connectionId, { now, hold: hovered })
  const { tree, view, visible } = treeRows
  const { traffic } = tree
  const selected = useApp(selectSelectedTopic(connectionId))
  const selectTopic = useApp((state) => state.selectTopic)
  const marks = useApp((state) => state.markedTopics[connectionId] ?? noMarks)
  const markTopics = useApp((state) => state.markTopics)
  const pane = useRef<HTMLDivElement>(null)
  const askedSince = useHeardSince(connectionId)
  const selectedNode = view.traffic && selected !== null ? tree.find(selected) : null
  const nothingShown = visible.rows.length === 0
  const unmark = () => {
    markTopics(connectionId, [])
    // The button that was pressed goes away with the marks.
    pane.current?.querySelector<HTMLElement>('[role="tree"]')?.focus()
  }
  return (
    <div ref={pane} className={styles.pane}>
      <TreeHeader connectionId={connectionId} tree={tree} view={view} />
      <div className={styles.body} data-sort={view.sort}>
        {view.traffic ? <TrafficHeader connectionId={connectionId} sort={view.sort} reversed={view.reversed} /> : null}
        <TopicTree {...treeRows} {...{ connectionId, now, askedSince, hovered }} onHover={setHovered} />
        {nothingShown ? (
          <div className={styles.empty}>
            {tree.topicCount() === 0 ? (
              <TreeEmptyState connectionId={connectionId} />
            ) : (
              <p role="status" className={styles.note}>
                {visible.pending ? t('searching') : t('nothingFound')}
              </p>
            )}
          </div>
        ) : null}
      </div>
      {marks.size > 0 ? <MarkedRowsBar {...{ connectionId, tree, marks, now }} onClose={unmark} /> : null}
      {selectedNode ? (
        <TrafficDetails
          topic={selectedNode.topic}
          topicId={selectedNode.topicId}
          {...{ traffic, now }}
          silence={traffic.silenceOf(selectedNode.topicId, { now, since: askedSince(selectedNode.topic) })}
          onClose={() => selectTopic(connectionId, null)}
        />
      ) : null}
    </div>
  )
}
