import { useTranslations } from 'use-intl'
import { dialogsState } from '../../../state/dialogs'
import { diskHistoryState, sumsOf } from '../../../state/diskHistory'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { formatBytes, formatCount } from '../../../ui/format'
import styles from './bar.module.css'

/** What the connection keeps on disk, and whether the disk takes it; nothing where nothing is written. */
export function DiskHistoryFact() {
  const t = useTranslations('history')
  const connection = useConnectionObject()
  const show = useApp(dialogsState, (dialogs) => dialogs.show)
  const status = useConnection(diskHistoryState, (state) => state.status)
  if (!status || status.phase === 'idle') return null
  const { messages, bytes } = sumsOf(status)
  const isWaiting = status.phase !== 'recording'
  return (
    <Button
      variant="quiet"
      className={styles.diskHistory}
      data-waiting={isWaiting}
      title={t('statusTitle', {
        messages: formatCount(messages),
        size: formatBytes(bytes),
        missing: formatCount(status.missing),
      })}
      onClick={() => show(connection, { kind: 'diskHistory' })}
    >
      {isWaiting ? t('statusWaits') : t('statusRecording', { size: formatBytes(bytes) })}
    </Button>
  )
}
