import { useTranslations } from 'use-intl'
import { parseFilter, topicFilterProblem } from '#shared/mqtt/topicFilter'
import { selectProtocolVersion } from '../../store/protocolVersion'
import { useApp } from '../../store/useApp'
import { visibleText } from '../../ui/visibleText'
import styles from './subscriptions.module.css'

interface SharedFilterNoteProps {
  readonly connectionId: string
  readonly filter: string
}

/** What a `$share` filter means (MQTT 5 §4.8.2); nothing for other filters. */
export function SharedFilterNote({ connectionId, filter }: SharedFilterNoteProps) {
  const t = useTranslations('subscriptions')
  const version = useApp(selectProtocolVersion(connectionId))
  const { shareName, filter: shared } = parseFilter(filter)
  if (shareName === null || topicFilterProblem(filter)) return null
  return (
    <p className={styles.note}>
      {t('sharedFilter', { filter: visibleText(shared), group: visibleText(shareName) })}
      {version === '5' ? null : ` ${t('sharedByExtension', { version })}`}
    </p>
  )
}
