import { useTranslations } from 'use-intl'
import type { Finding } from '#shared/homeAssistant/finding'
import { visibleName } from '#shared/text/visibleText'
import { useDurations } from '../../ui/durations'
import styles from './retained.module.css'

/** What speaks against a message of Home Assistant's: its kind, and the reason in a sentence. */
export function FindingText({ finding, now }: { readonly finding: Finding; readonly now: number }) {
  const t = useTranslations('retained.homeAssistant')
  const reason = useReason(finding, now)
  return (
    <span className={styles.finding} data-finding={finding.kind} title={reason}>
      <span className={styles.kind}>{t(`kinds.${finding.kind}`)}</span>
      {reason}
    </span>
  )
}

const useReason = (finding: Finding, now: number): string => {
  const t = useTranslations('retained.homeAssistant')
  const durations = useDurations()
  switch (finding.kind) {
    case 'unreadable':
      return t(`problems.${finding.problem}`)
    case 'silent':
      return t('reasons.silent', { ...topicsOf(finding), length: durations.age(now - finding.since) })
    case 'unheard':
      return t('reasons.unheard', topicsOf(finding))
    case 'offline':
      return t('reasons.offline', { topic: visibleName(finding.topic), payload: visibleName(finding.payload) })
    case 'expired': {
      const { topic, seconds, since } = finding
      return t('reasons.expired', { topic: visibleName(topic), seconds, length: durations.age(now - since) })
    }
    case 'ranOut':
    case 'orphan':
      return t(`reasons.${finding.kind}`)
  }
}

const topicsOf = ({ topics }: { readonly topics: readonly string[] }) => ({
  topic: visibleName(topics[0] ?? ''),
  more: topics.length - 1,
})
