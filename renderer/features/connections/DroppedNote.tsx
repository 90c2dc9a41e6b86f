import { History, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { SessionState } from '#shared/model/session'
import { useErrorText } from '../../i18n/useErrorText'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { useDurations } from '../../ui/durations'
import { formatClock } from '../../ui/format'
import { IconButton } from '../../ui/IconButton'
import styles from './connections.module.css'

interface DroppedNoteProps {
  readonly connectionId: string
  readonly state: SessionState
}

/** A connection that is back tells why it was away, until somebody has read it. */
export function DroppedNote({ connectionId, state }: DroppedNoteProps) {
  const t = useTranslations('connections')
  const errorText = useErrorText()
  const { age } = useDurations()
  const dismissedAt = useApp((app) => app.dismissedDrops[connectionId])
  const dismiss = useApp((app) => app.dismissDrop)
  const openDetails = useApp((app) => app.openDetails)
  if (state.phase !== 'online' || !state.returned || state.returned.droppedAt === dismissedAt) return null
  const { droppedAt, reason, awayMs } = state.returned
  const values = { time: formatClock(droppedAt), reason: errorText(reason), duration: age(awayMs) }
  return (
    <div className={classes(styles.note, styles.noteQuiet)}>
      <History size={14} aria-hidden />
      <p role="status" className={classes(styles.noteText, 'selectable')}>
        {t('droppedNote', values)}
      </p>
      <Button variant="quiet" onClick={() => openDetails(connectionId)}>
        {t('details.history')}
      </Button>
      <IconButton label={t('dismiss')} icon={<X size={14} />} onClick={() => dismiss(connectionId, droppedAt)} />
    </div>
  )
}
