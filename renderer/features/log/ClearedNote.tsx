import { useTranslations } from 'use-intl'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import styles from './log.module.css'

/** What the latest clear took away, for as long as it can be brought back. */
export function ClearedNote({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations('log')
  const cleared = useApp((state) => state.clearedLogs[connectionId])
  const undoClear = useApp((state) => state.undoClear)
  if (!cleared) return null
  return (
    <span role="status" className={styles.cleared}>
      {t('cleared', { messages: cleared.messages, count: formatCount(cleared.messages) })}
      <Button variant="quiet" onClick={() => undoClear(connectionId)}>
        {t('undoClear')}
      </Button>
    </span>
  )
}
