import { memo, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { useMainClock } from '../../../state/useApp'
import { useConnectionModel } from '../../../state/useConnection'
import { useDurations, type DurationTexts } from '../../../ui/durations'
import { formatBytes, formatClock, formatRate } from '../../../ui/format'
import type { TreeColumn } from '../columns/treeColumns'
import { QosMix } from './QosMix'
import { Sparkline } from './Sparkline'
import { SchemaCell } from './SchemaCell'
import styles from './traffic.module.css'
import { rowFiguresOf, type RowFigures } from './trafficFigures'
import { formatShortCount } from './trafficText'
import { useLastText } from './useLastText'

interface TrafficCellsProps {
  readonly node: TopicNode
  readonly traffic: TopicIndex['traffic']
  readonly columns: readonly TreeColumn[]
  readonly now: number
  /** Of which time the sums of branches are: when it changes they are drawn again. */
  readonly summedUpAt: number
  /** Of a branch: messages of each of the last seconds, everything below included; null = too many topics. */
  readonly secondsBelow: readonly number[] | null
}

/** The columns of one row. Drawn once a second, however fast messages come. */
export const TrafficCells = memo(function TrafficCells(props: TrafficCellsProps) {
  'use no memo' // Sums are read anew whenever this is drawn.
  const { node, traffic, columns, now, secondsBelow } = props
  const { checks } = useConnectionModel().search
  const t = useTranslations('topicTree')
  const durations = useDurations()
  const lastText = useLastText()
  const summaryOf = useSummary()
  const figures = rowFiguresOf(node, traffic, { now, secondsBelow })
  if (!figures) return <span className={styles.cells} />
  const { own, rate } = figures
  const reason = own ? undefined : t('traffic.noIntervals')
  const cellOf: Readonly<Partial<Record<TreeColumn, () => ReactNode>>> = {
    spark: () => (
      <span key="spark" data-column="spark" title={figures.perSecond ? undefined : t('traffic.tooMany')}>
        {figures.perSecond ? <Sparkline counts={figures.perSecond} /> : null}
      </span>
    ),
    count: () => (
      <span key="count" data-column="count">
        {formatShortCount(figures.messages)}
      </span>
    ),
    rate: () => (
      <span key="rate" data-column="rate" data-faint={rate === 0}>
        {formatRate(rate)}
      </span>
    ),
    interval: () => (
      <span key="interval" data-column="interval" title={reason}>
        {intervalOr(durations, own?.meanInterval, '')}
      </span>
    ),
    p95: () => (
      <span key="p95" data-column="p95" title={reason}>
        {intervalOr(durations, own?.p95Interval, '')}
      </span>
    ),
    size: () => (
      <span key="size" data-column="size">
        {wholeBytes(figures.meanBytes)}
      </span>
    ),
    largest: () => (
      <span key="largest" data-column="largest">
        {formatBytes(figures.largestBytes)}
      </span>
    ),
    mix: () => (
      <span key="mix" data-column="mix">
        <QosMix qos={figures.qos} retained={figures.retained} />
      </span>
    ),
    schema: () => <SchemaCell key="schema" counts={checks.countsBelow(node.topic)} />,
    last: () => (
      <span key="last" data-column="last" title={figures.lastAt === 0 ? t('neverFresh') : undefined}>
        {lastText({ lastAt: figures.lastAt, now })}
      </span>
    ),
  }
  return (
    <span
      className={styles.cells}
      // Made when it is looked for: to say it of every row took a third of the time to draw them.
      onPointerEnter={({ currentTarget }) => (currentTarget.title = summaryOf(figures))}
    >
      {columns.map((column) => cellOf[column]?.())}
    </span>
  )
})

const wholeBytes = (bytes: number) => formatBytes(Math.round(bytes))
const intervalOr = ({ interval: textOf }: DurationTexts, interval: number | null | undefined, missing: string) =>
  interval == null ? missing : textOf(interval)

/** Everything the columns of one row say, also those that are too many for the pane. */
const useSummary = () => {
  const t = useTranslations('topicTree')
  const clock = useMainClock()
  const durations = useDurations()
  return ({ branch, own, ...figures }: RowFigures): string => {
    const [qos0, qos1, qos2] = figures.qos
    const intervals = t('traffic.summary.intervals', {
      mean: intervalOr(durations, own?.meanInterval, '–'),
      p95: intervalOr(durations, own?.p95Interval, '–'),
    })
    return [
      ...(branch ? [t('traffic.summary.below')] : []),
      t('traffic.summary.counts', { messages: figures.messages, rate: formatRate(figures.rate) }),
      t('traffic.summary.sizes', { mean: wholeBytes(figures.meanBytes), largest: formatBytes(figures.largestBytes) }),
      t('traffic.mix', { qos0, qos1, qos2, retained: figures.retained }),
      figures.lastAt === 0
        ? t('neverFresh')
        : t('traffic.summary.last', { time: formatClock(clock.wallTimeOf(figures.lastAt)) }),
      ...(branch ? [t(own ? 'traffic.summary.ownIntervals' : 'traffic.noIntervals')] : []),
      ...(own ? [intervals] : []),
    ].join('\n')
  }
}
