import { ChevronDown, ChevronUp } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { TopicSort } from '../../../model/topicIndex/topicIndexNode'
import { useConnection } from '../../../state/useConnection'
import { treeViewState } from '../treeViewState'
import styles from './traffic.module.css'

interface TrafficHeaderProps {
  readonly sort: TopicSort
  readonly reversed: boolean
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

type TrafficColumn = 'spark' | 'count' | 'rate' | 'size' | 'largest' | 'interval' | 'p95' | 'mix' | 'last'

/** In the order they stand, and what a click on the label sorts by; which of them are shown is the style sheet's. */
const trafficColumns: readonly { readonly column: TrafficColumn; readonly sort: TopicSort | null }[] = [
  { column: 'spark', sort: null },
  { column: 'count', sort: 'count' },
  { column: 'rate', sort: 'rate' },
  { column: 'interval', sort: 'interval' },
  { column: 'p95', sort: 'p95' },
  { column: 'size', sort: 'size' },
  { column: 'largest', sort: 'largest' },
  { column: 'mix', sort: null },
  { column: 'last', sort: 'activity' },
]

interface LabelProps extends TrafficHeaderProps {
  readonly column: TrafficColumn | 'name'
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
