import { useTranslations } from 'use-intl'
import { messagesState } from '../../state/messages'
import { useConnection } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import styles from './log.module.css'

/** What the latest clear took away, for as long as it can be brought back. */
export function ClearedNote() {
  const t = useTranslations('log')
  const cleared = useConnection(messagesState, (state) => state.cleared)
  const undoClear = useConnection(messagesState, (state) => state.undoClear)
  if (!cleared) return null
  return (
    <span role="status" className={styles.cleared}>
      {t('cleared', { messages: cleared.messages, count: formatCount(cleared.messages) })}
      <Button variant="quiet" onClick={undoClear}>
        {t('undoClear')}
      </Button>
    </span>
  )
}
