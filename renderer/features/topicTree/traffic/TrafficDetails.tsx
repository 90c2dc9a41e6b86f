import { X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import type { Silence, TrafficFigures } from '../../../model/topicTraffic/topicTraffic'
import { useMainClock } from '../../../state/useApp'
import { useDurations } from '../../../ui/durations'
import { formatBytes, formatClock, formatCount, formatRate } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { VisibleName } from '../../../ui/VisibleText'
import { useLandmarkName } from '../../../state/useLandmarkName'
import { SilentMark, useSilenceText } from './SilentMark'
import { Sparkline } from './Sparkline'
import styles from './traffic.module.css'

interface TrafficDetailsProps {
  readonly topic: string
  readonly traffic: TopicIndex['traffic']
  readonly topicId: number
  readonly now: number
  readonly silence: Silence | null
  readonly onClose: () => void
}

/** All figures of the selected topic, below the tree. */
export function TrafficDetails({ topic, traffic, topicId, now, silence, onClose }: TrafficDetailsProps) {
  const t = useTranslations('topicTree')
  const landmark = useLandmarkName(t('traffic.detailsLabel'))
  const factsOf = useFacts()
  const silenceText = useSilenceText()
  const figures = traffic.figuresOf(topicId)
  if (!figures) return null
  return (
    <section aria-label={landmark} className={styles.details}>
      <div className={styles.detailsHead}>
        <h3 className={styles.detailsTopic}>
          <VisibleName text={topic} />
        </h3>
        <SilentMark text={silenceText(silence)} />
        <IconButton label={t('traffic.closeDetails')} icon={<X size={14} />} onClick={onClose} />
      </div>
      <Sparkline counts={traffic.perSecond(topicId, now)} />
      <dl className={styles.facts}>
        {factsOf(figures, traffic.rateOf(topicId, now)).map(([term, fact]) => (
          <div key={term} className={styles.fact}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const missing = '–'

const useFacts = () => {
  const t = useTranslations('topicTree')
  const clock = useMainClock()
  const timeOf = (steady: number) => (steady === 0 ? missing : formatClock(clock.wallTimeOf(steady)))
  const durations = useDurations()
  return (figures: TrafficFigures, rate: number): readonly (readonly [term: string, fact: string])[] => [
    [t('traffic.facts.messages'), formatCount(figures.messages)],
    [t('traffic.facts.rate'), t('traffic.perSecond', { rate: formatRate(rate) })],
    [t('traffic.facts.interval'), figures.meanInterval === null ? missing : durations.interval(figures.meanInterval)],
    [t('traffic.facts.p95'), figures.p95Interval === null ? missing : durations.interval(figures.p95Interval)],
    [t('traffic.facts.size'), formatBytes(Math.round(figures.meanBytes))],
    [t('traffic.facts.largest'), formatBytes(figures.largestBytes)],
    [t('traffic.facts.qos'), figures.qos.map(formatCount).join(' · ')],
    [t('traffic.facts.retained'), formatCount(figures.retained)],
    [t('traffic.facts.first'), timeOf(figures.firstAt)],
    [t('traffic.facts.last'), timeOf(figures.lastAt)],
  ]
}
