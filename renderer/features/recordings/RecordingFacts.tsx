import { FileClock } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { OpenedRecording } from '#shared/model/recordings'
import { recordingsState } from '../../state/recordings'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { formatBytes, formatCount } from '../../ui/format'
import { VisibleName } from '../../ui/VisibleText'
import styles from './recordings.module.css'
import { useTimeSpan } from './useTimeSpan'

/** What the recording in view is: its file, kind, time and number, in the place of what is said of a connection. */
export function RecordingFacts() {
  const { id } = useConnectionObject()
  const recording = useApp(recordingsState, ({ opened }) => opened.get(id))
  return recording ? <Facts recording={recording} /> : null
}

function Facts({ recording }: { readonly recording: OpenedRecording }) {
  const t = useTranslations('recordings')
  const span = useTimeSpan()
  const { file, format, stretch, messages, bytes, from, to } = recording
  return (
    <>
      <span role="status" aria-label={t('status')} className={styles.kind} data-recording-phase={recording.phase}>
        <FileClock size={12} aria-hidden />
        {t(stretch ? 'kindHistory' : 'kind')}
      </span>
      <span className={styles.file}>
        <VisibleName text={file} />
      </span>
      {stretch ? null : <span>{t('formatAndSize', { format, size: formatBytes(bytes) })}</span>}
      {from === null || to === null ? null : <span className={styles.span}>{span(from, to)}</span>}
      <span data-recorded-messages={messages}>{t('messages', { count: messages, number: formatCount(messages) })}</span>
    </>
  )
}
