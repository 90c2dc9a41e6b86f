import { FileClock, FileWarning, Repeat } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { OpenedRecording, ReplayStatus } from '#shared/model/recordings'
import { visibleName } from '#shared/text/visibleText'
import { useErrorText } from '../../i18n/useErrorText'
import { dialogsState } from '../../state/dialogs'
import { recordingsState } from '../../state/recordings'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import styles from './recordings.module.css'

/** Standing lines over the workspace: how far a recording is read and what of it could not be, and how far a replay is. */
export function RecordingNotes() {
  const { id } = useConnectionObject()
  const opened = useApp(recordingsState, (state) => state.opened.get(id))
  const replay = useApp(recordingsState, (state) => state.replays.get(id))
  return (
    <div className={styles.notes}>
      {opened ? <Reading recording={opened} /> : null}
      {opened && opened.refused > 0 ? <Refused recording={opened} /> : null}
      {replay ? <Replaying replay={replay} /> : null}
    </div>
  )
}

function Reading({ recording }: { readonly recording: OpenedRecording }) {
  const t = useTranslations('recordings')
  const errorText = useErrorText()
  const stop = useApp(recordingsState, (state) => state.stopReading)
  const { connectionId, phase, error, messages } = recording
  if (phase === 'whole') return null
  const part = partRead(recording)
  const percent = Math.floor(part * 100)
  return (
    <div className={styles.note} data-reading={phase}>
      <FileClock size={14} aria-hidden />
      {phase === 'reading' ? (
        <>
          <span>{t('reading', { percent, number: formatCount(messages) })}</span>
          <progress className={styles.progress} max={1} value={part} aria-label={t('readingLabel')} />
          <Button variant="quiet" onClick={() => stop(connectionId)}>
            {t('stopReading')}
          </Button>
        </>
      ) : (
        <span role={phase === 'failed' ? 'alert' : undefined}>
          {error ? errorText(error) : t('stoppedReading', { percent, number: formatCount(messages) })}
        </span>
      )}
    </div>
  )
}

/** From 0 to 1: of a file by its bytes, of a history by its messages. */
const partRead = ({ stretch, messages, bytes, bytesRead }: OpenedRecording): number => {
  const [read, all] = stretch ? [messages, stretch.messages] : [bytesRead, bytes]
  return all === 0 ? 1 : Math.min(1, read / all)
}

function Refused({ recording }: { readonly recording: OpenedRecording }) {
  const t = useTranslations('recordings')
  const connection = useConnectionObject()
  const show = useApp(dialogsState, (state) => state.show)
  const { refused } = recording
  return (
    <div className={styles.note} data-warning data-refused={refused}>
      <FileWarning size={14} aria-hidden />
      <span>{t('refused', { count: refused, number: formatCount(refused) })}</span>
      <Button variant="quiet" onClick={() => show(connection, { kind: 'refusedParts' })}>
        {t('showRefused')}
      </Button>
    </div>
  )
}

function Replaying({ replay }: { readonly replay: ReplayStatus }) {
  const t = useTranslations('recordings.replaying')
  const errorText = useErrorText()
  const { controlReplay, dismissReplay } = useApp(recordingsState, (state) => state)
  const { connectionId: id, phase, pace, total, read, driftMs } = replay
  const isRunning = phase === 'running' || phase === 'paused'
  const problem = replay.error ?? replay.firstProblem
  return (
    <div className={styles.note} data-replay={phase}>
      <Repeat size={14} aria-hidden />
      <span role="status">
        {t(phase, { name: visibleName(replay.sourceName), read: formatCount(read), total: formatCount(total) })}
      </span>
      {isRunning ? (
        <progress className={styles.progress} max={Math.max(1, total)} value={read} aria-label={t('progress')} />
      ) : null}
      <Counts replay={replay} />
      {pace.kind === 'recorded' ? (
        <span title={t('driftHint')} data-drift={driftMs.mean}>
          {t('drift', { mean: driftMs.mean.toFixed(1), most: driftMs.most.toFixed(0) })}
        </span>
      ) : null}
      {problem ? (
        <span className={styles.problem} title={errorText(problem)}>
          {errorText(problem)}
        </span>
      ) : null}
      <span className={styles.gap} />
      {phase === 'running' ? (
        <Button variant="quiet" onClick={() => controlReplay(id, 'pause')}>
          {t('pause')}
        </Button>
      ) : null}
      {phase === 'paused' && pace.kind !== 'step' ? (
        <Button variant="quiet" onClick={() => controlReplay(id, 'resume')}>
          {t('resume')}
        </Button>
      ) : null}
      {phase === 'paused' ? (
        <Button variant="quiet" onClick={() => controlReplay(id, 'step')}>
          {t('step')}
        </Button>
      ) : null}
      <Button variant="quiet" onClick={() => (isRunning ? controlReplay(id, 'stop') : dismissReplay(id))}>
        {isRunning ? t('stop') : t('dismiss')}
      </Button>
    </div>
  )
}

/** What is zero is not said, but what was sent. */
const counted = ['acknowledged', 'refused', 'lost', 'leftOut', 'echoes', 'unsendable'] as const

function Counts({ replay }: { readonly replay: ReplayStatus }) {
  const t = useTranslations('recordings.replaying')
  const said = counted.filter((name) => replay[name] > 0)
  return (
    <span className={styles.counts} data-sent={replay.sent} data-acknowledged={replay.acknowledged}>
      {[
        t('sent', { number: formatCount(replay.sent) }),
        ...said.map((name) => t(name, { number: formatCount(replay[name]) })),
      ].join(' · ')}
    </span>
  )
}
