import { useTranslations } from 'use-intl'
import type { SenderPlan } from '#shared/model/sender'
import { visibleName } from '#shared/text/visibleText'
import { firstTopic, plannedRate } from '../../../../model/senderPlan'
import { useDurations } from '../../../../ui/durations'
import { formatCount, formatRate } from '../../../../ui/format'

/** Says in a sentence what a plan will do: who sends what, how fast and how long. */
export const usePlanSentence = (): ((plan: SenderPlan) => string) => {
  const t = useTranslations('senders.sentence')
  const whatOf = useWhat()
  const endOf = useEnd()
  const { interval } = useDurations()
  return (plan) => {
    const { shape } = plan
    const parts = [
      whatOf(plan),
      shape.burst > 1 ? t('burst', { count: formatCount(shape.burst) }) : null,
      shape.rampMs > 0 ? t('ramp', { time: interval(shape.rampMs) }) : null,
      shape.jitter > 0 ? t('jitter', { percent: Math.round(shape.jitter * 100) }) : null,
      endOf(plan),
    ].filter((part) => part !== null)
    return t('whole', { parts: parts.join(t('comma')) })
  }
}

const useWhat = () => {
  const t = useTranslations('senders.sentence')
  const { interval } = useDurations()
  const recordingOf = useRecording()
  return ({ source, pace, devices }: SenderPlan): string => {
    const what = {
      count: devices.count,
      devices: formatCount(devices.count),
      topic: visibleName(firstTopic(source)),
      rate: formatRate(plannedRate({ pace, devices }) ?? 0),
    }
    if (source.kind === 'list') {
      const messages = source.steps.length
      return t('list', { ...what, messages, messagesText: formatCount(messages) })
    }
    if (source.kind === 'recording') return recordingOf({ pace, devices })
    const by = source.kind
    if (pace.kind === 'interval')
      return t(`${by}.interval`, { ...what, interval: exactInterval(pace.everyMs, interval) })
    return t(`${by}.rate`, what)
  }
}

const useRecording = () => {
  const t = useTranslations('senders.sentence.recording')
  return ({ pace, devices }: Pick<SenderPlan, 'pace' | 'devices'>): string => {
    if (pace.kind === 'recorded') return pace.speed === 1 ? t('asRecorded') : t('faster', { speed: pace.speed })
    return t('rate', { rate: formatRate(plannedRate({ pace, devices }) ?? 0) })
  }
}

/** Not rounded where a person has typed it to the millisecond. */
const exactInterval = (ms: number, interval: (ms: number) => string): string =>
  ms % 1_000 === 0 && ms < 60_000
    ? interval(ms).replace('.0', '')
    : ms < 60_000
      ? `${formatCount(ms)} ms`
      : interval(ms)

const useEnd = () => {
  const t = useTranslations('senders.sentence')
  const { interval } = useDurations()
  return ({ source, end }: SenderPlan): string => {
    const isOnce = 'loops' in source && !source.loops
    const ends = [
      end.count === null ? null : t('count', { count: end.count, number: formatCount(end.count) }),
      end.afterMs === null ? null : t('lasts', { time: interval(end.afterMs) }),
      isOnce ? t(source.kind === 'rows' ? 'lastRow' : source.kind === 'recording' ? 'lastRecorded' : 'once') : null,
    ].filter((part) => part !== null)
    return ends.length === 0 ? t('untilStopped') : ends.join(t('or'))
  }
}
