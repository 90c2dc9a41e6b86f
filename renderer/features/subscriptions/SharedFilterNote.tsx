import { useTranslations } from 'use-intl'
import { parseFilter, topicFilterProblem } from '#shared/mqtt/topicFilter'
import { useProtocolVersion } from '../../state/useEntry'
import { visibleName } from '#shared/text/visibleText'
import styles from './subscriptions.module.css'

/** What a `$share` filter means (MQTT 5 §4.8.2); nothing for other filters. */
export function SharedFilterNote({ filter }: { readonly filter: string }) {
  const t = useTranslations('subscriptions')
  const version = useProtocolVersion()
  const { shareName, filter: shared } = parseFilter(filter)
  if (shareName === null || topicFilterProblem(filter)) return null
  return (
    <p className={styles.note}>
      {t('sharedFilter', { filter: visibleName(shared), group: visibleName(shareName) })}
      {version === '5' ? null : ` ${t('sharedByExtension', { version })}`}
    </p>
  )
}
