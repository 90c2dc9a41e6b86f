import { useTranslations } from 'use-intl'
import type { MetricRow, MetricSource } from '#shared/sparkplug/edgeNode'
import { selectionState } from '../../state/selection'
import { useMainClock } from '../../state/useApp'
import { useConnection } from '../../state/useConnection'
import { useSteadyNow } from '../../state/useSteadyNow'
import { useDurations } from '../../ui/durations'
import { formatClock, formatIso } from '../../ui/format'
import { VisibleText } from '../../ui/VisibleText'
import { RowList } from '../../ui/virtualList/RowList'
import styles from './sparkplug.module.css'

/** The latest values of an edge node or a device, in the order of its birth. */
export function MetricTable({ source }: { readonly source: MetricSource }) {
  const t = useTranslations('sparkplug')
  const rows = [...source.metrics.values()]
  const now = useMainClock().wallTimeOf(useSteadyNow())
  return (
    <div className={styles.metrics} data-stale={source.status !== 'online' || undefined}>
      <div className={styles.columns} aria-hidden>
        <span>{t('columns.name')}</span>
        <span className={styles.roomy}>{t('columns.alias')}</span>
        <span className={styles.roomy}>{t('columns.type')}</span>
        <span>{t('columns.value')}</span>
        <span>{t('columns.unit')}</span>
        <span className={styles.age}>{t('columns.age')}</span>
        <span className={styles.roomy}>{t('columns.time')}</span>
        <span>{t('columns.marks')}</span>
      </div>
      <RowList
        label={t('metrics')}
        className={styles.rows}
        count={rows.length}
        rowHeight={24}
        renderRow={(index) => {
          const metric = rows[index]
          return metric ? <MetricLine {...{ metric, now }} isStale={source.status !== 'online'} /> : null
        }}
      />
    </div>
  )
}

interface LineProps {
  readonly metric: MetricRow
  readonly isStale: boolean
  readonly now: number
}

function MetricLine({ metric, isStale, now }: LineProps) {
  const t = useTranslations('sparkplug')
  const durations = useDurations()
  const select = useConnection(selectionState, (state) => state.selectMessage)
  const { name, alias, type, value, unit, sentAt, at, sequence } = metric
  const marks = [
    isStale ? t('marks.stale') : null,
    metric.isHistorical || metric.historical > 0 ? t('marks.historical', { count: metric.historical }) : null,
    metric.isNull ? t('marks.null') : null,
    metric.isTransient ? t('marks.transient') : null,
  ]
  const time = sentAt === null ? null : timeOf(sentAt)
  const times = t('times', { sent: time?.iso ?? '—', arrived: formatIso(at) })
  return (
    <button
      type="button"
      className={styles.metric}
      data-metric={name ?? undefined}
      title={t('showMessage')}
      onClick={() => select(sequence)}
    >
      <span className={styles.cell}>
        {name === null ? t('noName', { alias: alias ?? 'none' }) : <VisibleText text={name} />}
      </span>
      <span className={`${styles.faint} ${styles.roomy}`}>{alias ?? ''}</span>
      <span className={`${styles.faint} ${styles.roomy}`}>{type ?? ''}</span>
      <span className={styles.value}>
        <VisibleText text={value} />
      </span>
      <span className={styles.faint}>{unit === null ? '' : <VisibleText text={unit} />}</span>
      <span className={`${styles.faint} ${styles.age}`} title={times}>
        {durations.age(Math.max(0, now - at))}
      </span>
      <span className={`${styles.faint} ${styles.roomy}`} title={times}>
        {time?.clock ?? formatClock(at)}
      </span>
      <span className={styles.marks}>{marks.filter((mark) => mark !== null).join(', ')}</span>
    </button>
  )
}

/** Milliseconds from outside may be no time that a calendar has. */
const timeOf = (ms: number) =>
  Math.abs(ms) <= 8.64e15 ? { clock: formatClock(ms), iso: formatIso(ms) } : { clock: String(ms), iso: String(ms) }
