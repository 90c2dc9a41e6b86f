import { Pin, PinOff } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { MessageLog } from '../../../model/messageLog/messageLog'
import { showDifferenceFrom } from '../../../state/comparison'
import { selectionState } from '../../../state/selection'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { formatClock } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { HistoryPreview } from './HistoryPreview'
import styles from './history.module.css'
import { pinnedMessagesState } from './pinnedMessages'

interface PinnedProps {
  readonly topic: string
  readonly log: MessageLog
}

/** Pinned messages of the topic, above the others. One that the log gave up is compared with what is shown. */
export function PinnedMessages({ topic, log }: PinnedProps) {
  const t = useTranslations('inspector.history')
  const connection = useConnectionObject()
  const pinned = useConnection(pinnedMessagesState, (state) => state.pinned)
  const togglePin = useConnection(pinnedMessagesState, (state) => state.togglePin)
  const here = pinned.filter((message) => message.topic === topic)
  if (here.length === 0) return null
  return (
    <ul className={styles.pinned} aria-label={t('pinned')}>
      {here.map((message) => {
        const isGone = log.rowOfSequence(message.sequence) === null
        const choose = () =>
          isGone
            ? showDifferenceFrom(connection, message)
            : connection.get(selectionState).selectMessage(message.sequence)
        return (
          <li key={message.sequence} className={styles.pinnedItem}>
            <button type="button" className={styles.pinnedRow} onClick={choose}>
              <Pin size={12} aria-hidden="true" />
              <span className={styles.time}>{formatClock(message.time)}</span>
              <span className={styles.preview}>
                <HistoryPreview message={message} />
              </span>
              {isGone ? <span className={styles.gone}>{t('gone')}</span> : null}
            </button>
            <IconButton label={t('unpin')} icon={<PinOff size={12} />} onClick={() => togglePin(message)} />
          </li>
        )
      })}
    </ul>
  )
}
