import { useTranslations } from 'use-intl'
import { parseFilter, topicFilterProblem } from '#shared/mqtt/topicFilter'
import { visibleText } from '../../ui/visibleText'
import styles from './subscriptions.module.css'

/** What a `$share` filter means (MQTT 5 §4.8.2); nothing for other filters. */
export function SharedFilterNote({ filter }: { readonly filter: string }) {
  const t = useTranslations('subscriptions')
  const { shareName, filter: shared } = parseFilter(filter)
  if (shareName === null || topicFilterProblem(filter)) return null
  return (
    <p className={styles.note}>{t('sharedFilter', { filter: visibleText(shared), group: visibleText(shareName) })}</p>
  )
}
