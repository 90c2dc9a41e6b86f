import { CircleSlash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Silence } from '../../model/topicTraffic/topicTraffic'
import { formatAge } from '../../ui/format'
import styles from './traffic.module.css'
import { formatInterval } from './trafficText'

export const useSilenceText = (): ((silence: Silence | null) => string | undefined) => {
  const t = useTranslations('topicTree')
  return (silence) =>
    silence
      ? t('traffic.silent', { quiet: formatAge(silence.quietMs), usual: formatInterval(silence.usualMs) })
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
