import { CircleSlash2 } from 'lucide-react'
import { useLocale, useTranslations } from 'use-intl'
import type { Silence } from '../../../model/topicTraffic/topicTraffic'
import { useDurations } from '../../../ui/durations'
import styles from './traffic.module.css'

/**
 * Sentences that were made. Where a whole plant stands still, every row in view says it anew each second, and most say the
 * same.
 */
const said = new Map<string, string>()
const mostKept = 1_000

/** Says how long a topic has been silent. */
export const useSilenceText = (): ((silence: Silence | null) => string | undefined) => {
  const t = useTranslations('topicTree')
  const locale = useLocale()
  const durations = useDurations()
  return (silence) => {
    if (!silence) return undefined
    const quiet = durations.age(silence.quietMs)
    const usual = durations.interval(silence.usualMs)
    const key = `${locale} ${quiet}, ${usual}`
    const kept = said.get(key)
    if (kept !== undefined) return kept
    if (said.size >= mostKept) said.clear()
    const text = t('traffic.silent', { quiet, usual })
    said.set(key, text)
    return text
  }
}

/** A topic that used to send and stopped; the text is that of `useSilenceText`. */
export function SilentMark({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return null
  return (
    <span role="img" aria-label={text} title={text} className={styles.silent}>
      {icon}
    </span>
  )
}

const icon = <CircleSlash2 size={12} />
