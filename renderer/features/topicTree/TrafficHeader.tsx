import { ChevronDown, ChevronUp } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { TopicSort } from '../../model/topicIndex/topicIndexNode'
import { useApp } from '../../store/useApp'
import styles from './traffic.module.css'
import { trafficColumns, type TrafficColumn } from './trafficColumns'

interface TrafficHeaderProps {
  readonly connectionId: string
  readonly sort: TopicSort
  readonly reversed: boolean
}

interface LabelProps extends TrafficHeaderProps {
  readonly column: TrafficColumn | 'name'
  readonly by: TopicSort
}

/** Another click on the label that sorts turns the order round. */
function SortLabel({ connectionId, sort, reversed, column, by }: LabelProps) {
  const t = useTranslations('topicTree')
  const sortTree = useApp((state) => state.sortTree)
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
      onClick={() => sortTree(connectionId, by, active && !reversed)}
    >
      <span className={styles.labelText}>{label}</span>
      {active ? <Arrow size={12} /> : null}
    </button>
  )
}

/** The labels of the columns; they stay while the rows scroll. */
export const TrafficHeader = memo(function TrafficHeader(props: TrafficHeaderProps) {
  const t = useTranslations('topicTree')
  return (
    <div role="group" aria-label={t('traffic.columnsLabel')} className={styles.header}>
      <SortLabel {...props} column="name" by="name" />
      {trafficColumns.map(({ column, sort }) =>
        sort ? (
          <SortLabel key={column} {...props} column={column} by={sort} />
        ) : (
          <span key={column} className={styles.label} data-column={column} title={t(`traffic.hints.${column}`)}>
            <span className={styles.labelText}>{t(`traffic.columns.${column}`)}</span>
          </span>
        ),
      )}
    </div>
  )
})
