import { History, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useErrorText } from '../../../i18n/useErrorText'
import { defineConnectionState } from '../../../state/app'
import { dialogsState } from '../../../state/dialogs'
import { selectSessionState, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { classes } from '../../../ui/classes'
import { useDurations } from '../../../ui/durations'
import { formatClock } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import styles from './notes.module.css'

interface ReturnedNoteState {
  /** When the connection ended whose note the person has closed; null = none. */
  readonly dismissedAt: number | null
  dismiss(endedAt: number): void
}

const returnedNoteState = defineConnectionState<ReturnedNoteState>('returnedNote', ({ set }) => ({
  dismissedAt: null,
  dismiss: (dismissedAt) => set({ dismissedAt }),
}))

/** A connection that is back tells why it was away, until somebody has read it. */
export function ReturnedNote() {
  const t = useTranslations('connections')
  const errorText = useErrorText()
  const { age } = useDurations()
  const connection = useConnectionObject()
  const state = useConnection(sessionState, selectSessionState)
  const dismissedAt = useConnection(returnedNoteState, (note) => note.dismissedAt)
  const dismiss = useConnection(returnedNoteState, (note) => note.dismiss)
  const showDialog = useApp(dialogsState, (dialogs) => dialogs.show)
  if (state.phase !== 'online' || !state.returned || state.returned.endedAt === dismissedAt) return null
  const { endedAt, reason, awayMs } = state.returned
  const values = { time: formatClock(endedAt), reason: errorText(reason), duration: age(awayMs) }
  return (
    <div className={classes(styles.note, styles.noteQuiet)}>
      <History size={14} aria-hidden />
      <p role="status" className={classes(styles.noteText, 'selectable')}>
        {t('returnedNote', values)}
      </p>
      <Button variant="quiet" onClick={() => showDialog(connection, { kind: 'details' })}>
        {t('details.history')}
      </Button>
      <IconButton label={t('dismiss')} icon={<X size={14} />} onClick={() => dismiss(endedAt)} />
    </div>
  )
}
