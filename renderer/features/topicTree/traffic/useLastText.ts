import { useTranslations } from 'use-intl'
import { useDurations } from '../../../ui/durations'

interface Last {
  /** 0 = no live message came. */
  readonly lastAt: number
  readonly now: number
}

/** Time since the last message. A row that is just being written to says so steadily instead of counting within a second. */
export const useLastText = (): ((last: Last) => string) => {
  const t = useTranslations('topicTree')
  const durations = useDurations()
  return ({ lastAt, now }) => {
    if (lastAt === 0) return '–'
    return now - lastAt < 1_000 ? t('justNow') : durations.age(now - lastAt)
  }
}
