import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { TopicTree } from './TopicTree'
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
  const nothingShown = visible.rows.length === 0
  return (
    <div className={styles.pane}>
      <TreeHeader connectionId={connectionId} tree={tree} view={view} />
      <div className={styles.body}>
        <TopicTree {...treeRows} connectionId={connectionId} now={now} hovered={hovered} onHover={setHovered} />
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
    </div>
  )
}
