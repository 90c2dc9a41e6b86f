import { History, Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { largestSavedPayload, type SentMessage } from '#shared/model/publish'
import { composeMessage } from '../../../state/composerRequest'
import { noticesState } from '../../../state/notices'
import { useApp } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { formatBytes, formatClock, formatIso } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { Popover } from '../../../ui/Popover'
import styles from '../publish.module.css'
import { libraryState, selectHistory } from './libraryState'
import { MessageSummary } from './MessageSummary'
import { useSendSaved } from './useSendSaved'

/** What was sent on this connection, newest first. */
export function HistoryPopover() {
  const t = useTranslations('publish')
  const [open, setOpen] = useState(false)
  return (
    <Popover
      title={t('history')}
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton label={t('history')} icon={<History size={14} />} />}
    >
      <HistoryList onDone={() => setOpen(false)} />
    </Popover>
  )
}

function HistoryList({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslations('publish')
  const connection = useConnectionObject()
  const entries = useApp(libraryState, selectHistory(connection.id))
  const clearHistory = useApp(libraryState, (state) => state.clearHistory)
  const showNotice = useApp(noticesState, (state) => state.show)
  const sendSaved = useSendSaved()
  if (entries.length === 0) return <p className={styles.faint}>{t('historyEmpty')}</p>
  const load = (entry: SentMessage) => {
    composeMessage(connection, entry.message)
    onDone()
  }
  const clear = () => {
    const restore = clearHistory(connection.id)
    showNotice({ text: t('historyCleared'), action: { label: t('undo'), run: restore } })
  }
  return (
    <>
      <ul className={styles.list}>
        {entries.map((entry, index) => (
          <li key={`${entry.sentAt} ${entries.length - index}`} className={styles.item}>
            <button type="button" className={styles.itemMain} onClick={() => load(entry)} title={t('loadHint')}>
              <MessageSummary message={entry.message} />
              <time className={styles.faint} dateTime={formatIso(entry.sentAt)} title={formatIso(entry.sentAt)}>
                {formatClock(entry.sentAt)}
              </time>
            </button>
            <IconButton label={t('sendAgain')} icon={<Send size={14} />} onClick={() => sendSaved(entry.message)} />
          </li>
        ))}
      </ul>
      <div className={styles.listFooter}>
        <span className={styles.faint}>{t('historyLimit', { size: formatBytes(largestSavedPayload) })}</span>
        <Button variant="quiet" onClick={clear}>
          {t('clearHistory')}
        </Button>
      </div>
    </>
  )
}
