import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import type { HomeAssistantFindings } from './homeAssistant'
import styles from './retained.module.css'

/** Topics that are told by name; the number says how many there are. */
const mostNamed = 3

/** How much was looked at, and what Home Assistant will forget because the server does not keep it. */
export function HomeAssistantNote({ findings }: { readonly findings: HomeAssistantFindings | null }) {
  const t = useTranslations('retained.homeAssistant')
  if (!findings) return <p className={styles.status}>{t('notWhole')}</p>
  const { byPlace, lost, discoveries } = findings
  const named = lost.slice(0, mostNamed).map(({ topic }) => visibleName(topic))
  const topics = [...named, ...(lost.length > mostNamed ? ['…'] : [])].join(', ')
  return (
    <div className={styles.status}>
      <p role="status" aria-label={t('homeAssistant')}>
        {t('count', { discoveries, found: byPlace.size })}
      </p>
      {lost.length > 0 ? <p data-lost={lost.length}>{t('lost', { count: lost.length, topics })}</p> : null}
    </div>
  )
}
