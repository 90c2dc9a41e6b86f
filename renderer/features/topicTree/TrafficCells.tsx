import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { TopicIndex } from '../../model/topicIndex'
import type { TopicNode } from '../../model/topicIndexNode'
import type { TrafficFigures } from '../../model/topicTraffic'
import { formatAge, formatBytes, formatClock, formatRate } from '../../ui/format'
import { QosMix } from './QosMix'
import { Sparkline } from './Sparkline'
import styles from './traffic.module.css'
import { formatInterval, formatShortCount } from './trafficText'

interface TrafficCellsProps {
  readonly node: TopicNode
  readonly traffic: TopicIndex['traffic']
  readonly now: number
}

const wholeBytes = (bytes: number) => formatBytes(Math.round(bytes))
const intervalOr = (interval: number | null | undefined, missing: string) =>
  interval == null ? missing : formatInterval(interval)

/** Everything the columns of one topic say, also those that are too many for the pane. */
const useSummary = () => {
  const t = useTranslations('topicTree')
  return (figures: TrafficFigures, rate: number): string => {
    const [qos0, qos1, qos2] = figures.qos
    return [
      t('traffic.summary.counts', { messages: figures.messages, rate: formatRate(rate) }),
      t('traffic.summary.sizes', {
        mean: wholeBytes(figures.meanBytes),
        largest: formatBytes(figures.largestBytes),
      }),
      t('traffic.summary.intervals', {
        mean: intervalOr(figures.meanInterval, '–'),
        p95: intervalOr(figures.p95Interval, '–'),
      }),
      t('traffic.mix', { qos0, qos1, qos2, retained: figures.retained }),
      t('traffic.summary.last', { time: formatClock(figures.lastAt) }),
    ].join('\n')
  }
}

/** The columns of one row. Drawn once a second, however fast messages come. A branch has only what adds up below it. */
export const TrafficCells = memo(function TrafficCells({ node, traffic, now }: TrafficCellsProps) {
  const summaryOf = useSummary()
  const figures = traffic.figuresOf(node.topicId)
  const branch = node.children.length > 0
  const rate = branch ? node.subtreeRate : traffic.rateOf(node.topicId, now)
  const largest = branch ? node.subtreeLargest : (figures?.largestBytes ?? 0)
  return (
    <span className={styles.cells} title={figures ? summaryOf(figures, rate) : undefined}>
      <span data-column="spark">{figures ? <Sparkline counts={traffic.perSecond(node.topicId, now)} /> : null}</span>
      <span data-column="count">{formatShortCount(node.subtreeMessages)}</span>
      <span data-column="rate" data-faint={rate === 0}>
        {formatRate(rate)}
      </span>
      <span data-column="interval">{intervalOr(figures?.meanInterval, '')}</span>
      <span data-column="p95">{intervalOr(figures?.p95Interval, '')}</span>
      <span data-column="size">{figures ? wholeBytes(figures.meanBytes) : null}</span>
      <span data-column="largest">{formatBytes(largest)}</span>
      <span data-column="mix">{figures ? <QosMix figures={figures} /> : null}</span>
      <span data-column="last">{formatAge(now - node.subtreeLastAt)}</span>
    </span>
  )
})
