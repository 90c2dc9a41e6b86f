import { useTranslations } from 'use-intl'
import type { MetricRow, MetricSource } from '#shared/sparkplug/edgeNode'
import { selectionState } from '../../state/selection'
import { useConnection } from '../../state/useConnection'
import { formatClock, formatIso } from '../../ui/format'
import { VisibleText } from '../../ui/VisibleText'
import { RowList } from '../../ui/virtualList/RowList'
import styles from './sparkplug.module.css'

/** The latest values of an edge node or a device, in the order of its birth. */
export function MetricTable({ source }: { readonly source: MetricSource }) {
  const t = useTranslations('sparkplug')
  const rows = [...source.metrics.values()]
  return (
    <div className={styles.metrics} data-stale={source.status !== 'online' || undefined}>
      <div className={styles.columns} aria-hidden>
        <span>{t('columns.name')}</span>
        <span>{t('columns.alias')}</span>
        <span>{t('columns.type')}</span>
        <span>{t('columns.value')}</span>
        <span>{t('columns.unit')}</span>
        <span>{t('columns.time')}</span>
        <span>{t('columns.marks')}</span>
      </div>
      <RowList
        label={t('metrics')}
        className={styles.rows}
        count={rows.length}
        rowHeight={24}
        renderRow={(index) => {
          const metric = rows[index]
          return metric ? <MetricLine metric={metric} isStale={source.status !== 'online'} /> : null
        }}
      />
    </div>
  )
}

function MetricLine({ metric, isStale }: { readonly metric: MetricRow; readonly isStale: boolean }) {
  const t = useTranslations('sparkplug')
  const select = useConnection(selectionState, (state) => state.selectMessage)
  const { name, alias, type, value, unit, sentAt, at, sequence } = metric
  const marks = [
    isStale ? t('marks.stale') : null,
    metric.isHistorical || metric.historical > 0 ? t('marks.historical', { count: metric.historical }) : null,
    metric.isNull ? t('marks.null') : null,
    metric.isTransient ? t('marks.transient') : null,
  ]
  const time = sentAt === null ? null : timeOf(sentAt)
  return (
    <button
      type="button"
      className={styles.metric}
      data-metric={name ?? undefined}
      title={t('showMessage')}
      onClick={() => select(sequence)}
    >
      <span className={styles.cell}>{name === null ? t('noName') : <VisibleText text={name} />}</span>
      <span className={styles.faint}>{alias ?? ''}</span>
      <span className={styles.faint}>{type ?? ''}</span>
      <span className={styles.value}>
        <VisibleText text={value} />
      </span>
      <span className={styles.faint}>{unit === null ? '' : <VisibleText text={unit} />}</span>
      <span className={styles.faint} title={t('times', { sent: time?.iso ?? '—', arrived: formatIso(at) })}>
        {time?.clock ?? formatClock(at)}
      </span>
      <span className={styles.marks}>{marks.filter((mark) => mark !== null).join(', ')}</span>
    </button>
  )
}

/** Milliseconds from outside may be no time that a calendar has. */
const timeOf = (ms: number) =>
  Math.abs(ms) <= 8.64e15 ? { clock: formatClock(ms), iso: formatIso(ms) } : { clock: String(ms), iso: String(ms) }
