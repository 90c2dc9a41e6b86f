import { useTranslations } from 'use-intl'
import { parseFilter, topicFilterProblem } from '#shared/mqtt/topicFilter'
import { selectProtocolVersion } from '../../store/protocolVersion'
import { useApp } from '../../store/useApp'
import { visibleName } from '#shared/text/visibleText'
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
      {t('sharedFilter', { filter: visibleName(shared), group: visibleName(shareName) })}
      {version === '5' ? null : ` ${t('sharedByExtension', { version })}`}
    </p>
  )
}
