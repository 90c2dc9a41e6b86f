import { ChevronDown, ChevronUp } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { TopicSort } from '../../../model/topicIndex/topicIndexNode'
import { useConnection } from '../../../state/useConnection'
import { ContextMenu } from '../../../ui/menus'
import { columnSorts, type TreeColumn } from '../columns/treeColumns'
import { useColumnsMenu } from '../columns/useColumnsMenu'
import { useShownColumns } from '../columns/useShownColumns'
import { treeViewState } from '../treeViewState'
import styles from './traffic.module.css'

interface TrafficHeaderProps {
  readonly sort: TopicSort
  readonly reversed: boolean
}

/** The labels of the columns; they stay while the rows scroll, and a right click chooses which there are. */
export const TrafficHeader = memo(function TrafficHeader(props: TrafficHeaderProps) {
  const t = useTranslations('topicTree')
  const shown = useShownColumns()
  const columnsMenu = useColumnsMenu()
  return (
    <ContextMenu items={columnsMenu} className={styles.headerArea}>
      <div role="group" aria-label={t('traffic.columnsLabel')} className={styles.header}>
        <SortLabel {...props} column="name" by="name" />
        {shown.map((column) => {
          const by = columnSorts[column]
          return by ? (
            <SortLabel key={column} {...props} column={column} by={by} />
          ) : (
            <span key={column} className={styles.label} data-column={column} title={t(`traffic.hints.${column}`)}>
              <span className={styles.labelText}>{t(`traffic.columns.${column}`)}</span>
            </span>
          )
        })}
      </div>
    </ContextMenu>
  )
})

interface LabelProps extends TrafficHeaderProps {
  readonly column: TreeColumn | 'name'
  readonly by: TopicSort
}

/** Another click on the label that sorts turns the order round. */
function SortLabel({ sort, reversed, column, by }: LabelProps) {
  const t = useTranslations('topicTree')
  const sortBy = useConnection(treeViewState, (state) => state.sortBy)
  const active = sort === by
  const upwards = (by === 'name') !== reversed
  const Arrow = upwards ? ChevronUp : ChevronDown
  const label = t(`traffic.columns.${column}`)
  return (
    <button
      type="button"
      className={styles.label}
      data-column={column}
      aria-pressed={active}
      aria-label={t('traffic.sortBy', { column: label })}
      aria-description={active ? t(upwards ? 'traffic.ascending' : 'traffic.descending') : undefined}
      title={t(`traffic.hints.${column}`)}
      onClick={() => sortBy(by, active && !reversed)}
    >
      <span className={styles.labelText}>{label}</span>
      {active ? <Arrow size={12} /> : null}
    </button>
  )
}
