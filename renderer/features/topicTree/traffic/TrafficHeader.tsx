import { ChevronDown, ChevronUp } from 'lucide-react'
import { memo, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { TopicSort } from '../../../model/topicIndex/topicIndexNode'
import { useConnection } from '../../../state/useConnection'
import { ColumnEdge } from '../../../ui/ColumnEdge'
import { ContextMenu } from '../../../ui/menus'
import type { SizedTreeColumn } from '../columns/columnWidths'
import { columnSorts } from '../columns/treeColumns'
import { useColumnSizing, type ColumnSizing } from '../columns/useColumnWidths'
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
  const head = useRef<HTMLDivElement>(null)
  const sizing = useColumnSizing(head)
  return (
    <ContextMenu items={columnsMenu} className={styles.headerArea}>
      <div ref={head} role="group" aria-label={t('traffic.columnsLabel')} className={styles.header}>
        <SortLabel {...props} {...{ sizing }} column="name" by="name" />
        {shown.map((column) => {
          const by = columnSorts[column]
          return by ? (
            <SortLabel key={column} {...props} {...{ column, by, sizing }} />
          ) : (
            <span key={column} className={styles.label} data-column={column} title={t(`traffic.hints.${column}`)}>
              <span className={styles.labelText}>{t(`traffic.columns.${column}`)}</span>
              <Edge {...{ column, sizing }} />
            </span>
          )
        })}
      </div>
    </ContextMenu>
  )
})

interface EdgeProps {
  readonly column: SizedTreeColumn
  readonly sizing: ColumnSizing
}

function Edge({ column, sizing }: EdgeProps) {
  const sized = sizing.sized(column)
  return sized ? <ColumnEdge column={sized} isAtLeft={sizing.isAtLeft(column)} /> : null
}

interface LabelProps extends TrafficHeaderProps, EdgeProps {
  readonly by: TopicSort
}

/** Another click on the label that sorts turns the order round. */
function SortLabel({ sort, reversed, column, by, sizing }: LabelProps) {
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
      aria-keyshortcuts={sizing.sized(column) ? 'Alt+ArrowLeft Alt+ArrowRight Alt+Enter' : undefined}
      onClick={() => sortBy(by, active && !reversed)}
      onKeyDown={(event) => sizing.handleKey(event, column)}
    >
      <span className={styles.labelText}>{label}</span>
      {active ? <Arrow size={12} /> : null}
      <Edge {...{ column, sizing }} />
    </button>
  )
}
