import { History, Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { largestKeptPayload, type HistoryEntry } from '#shared/model/publish'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { formatBytes, formatClock, formatIso } from '../../ui/format'
import { IconButton } from '../../ui/IconButton'
import { Popover } from '../../ui/Popover'
import { MessageSummary } from './MessageSummary'
import styles from './publish.module.css'
import { useSendKept } from './useSendKept'

const noEntries: readonly HistoryEntry[] = []

interface ListProps {
  readonly connectionId: string
  readonly onDone: () => void
}

function HistoryList({ connectionId, onDone }: ListProps) {
  const t = useTranslations('publish')
  const entries = useApp((state) => state.library.history[connectionId] ?? noEntries)
  const composeMessage = useApp((state) => state.composeMessage)
  const clearHistory = useApp((state) => state.clearHistory)
  const showNotice = useApp((state) => state.showNotice)
  const sendKept = useSendKept(connectionId)
  if (entries.length === 0) return <p className={styles.faint}>{t('historyEmpty')}</p>
  const load = (entry: HistoryEntry) => {
    composeMessage(entry.message)
    onDone()
  }
  const clear = () => {
    const restore = clearHistory(connectionId)
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
            <IconButton label={t('sendAgain')} icon={<Send size={14} />} onClick={() => sendKept(entry.message)} />
          </li>
        ))}
      </ul>
      <div className={styles.listFooter}>
        <span className={styles.faint}>{t('historyLimit', { size: formatBytes(largestKeptPayload) })}</span>
        <Button variant="quiet" onClick={clear}>
          {t('clearHistory')}
        </Button>
      </div>
    </>
  )
}

/** What was sent on this connection, newest first. */
export function HistoryPopover({ connectionId }: { readonly connectionId: string }) {
  const t = useTranslations('publish')
  const [open, setOpen] = useState(false)
  return (
    <Popover
      title={t('history')}
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton label={t('history')} icon={<History size={14} />} />}
    >
      <HistoryList connectionId={connectionId} onDone={() => setOpen(false)} />
    </Popover>
  )
}
