import { CircleSlash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Silence } from '../../../model/topicTraffic/topicTraffic'
import { useDurations } from '../../../ui/durations'
import styles from './traffic.module.css'

export const useSilenceText = (): ((silence: Silence | null) => string | undefined) => {
  const t = useTranslations('topicTree')
  const durations = useDurations()
  return (silence) =>
    silence
      ? t('traffic.silent', { quiet: durations.age(silence.quietMs), usual: durations.interval(silence.usualMs) })
      : undefined
}

/** A topic that used to send and stopped. */
export function SilentMark({ silence }: { readonly silence: Silence | null }) {
  const textOf = useSilenceText()
  const text = textOf(silence)
  if (text === undefined) return null
  return (
    <span role="img" aria-label={text} title={text} className={styles.silent}>
      <CircleSlash2 size={12} />
    </span>
  )
}
