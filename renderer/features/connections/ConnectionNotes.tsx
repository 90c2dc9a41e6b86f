import { CircleAlert, LockOpen, ShieldOff, Timer } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { ProfileEntry } from '#shared/model/profile'
import type { SessionState } from '#shared/model/session'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../i18n/useErrorText'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { failureOf, securityNoteOf } from './connectionFacts'
import { selectConnectError } from './connectionSelectors'
import styles from './connections.module.css'
import { isCredentialError } from './passwordPrompt'
import { secondsUntil } from './StateLabel'
import { useSteadyNow } from '../../store/useSteadyNow'

interface WaitingProps {
  readonly connectionId: string
  readonly state: SessionState & { phase: 'waiting' }
}

function NextTry({ connectionId, state }: WaitingProps) {
  const t = useTranslations('connections')
  const connect = useApp((app) => app.connect)
  const now = useSteadyNow(true)
  return (
    <>
      {/* Out of the live region: a screen reader would read every second aloud. */}
      <span className={styles.nextTry}>
        {t('nextTry', { seconds: secondsUntil(state.nextTryAt, now), attempt: state.attempt })}
      </span>
      <Button variant="quiet" onClick={() => void connect(connectionId)}>
        {t('tryNow')}
      </Button>
    </>
  )
}

interface FailureLineProps {
  readonly connectionId: string
  readonly state: SessionState
  readonly failure: AppError
}

function FailureLine({ connectionId, state, failure }: FailureLineProps) {
  const t = useTranslations('connections')
  const errorText = useErrorText()
  const askForPassword = useApp((app) => app.askForPassword)
  const waiting = state.phase === 'waiting'
  return (
    <div className={classes(styles.note, waiting ? styles.noteWarning : styles.noteDanger)}>
      {waiting ? <Timer size={14} aria-hidden /> : <CircleAlert size={14} aria-hidden />}
      <p role="alert" className={classes(styles.noteText, 'selectable')}>
        {errorText(failure)}
      </p>
      {waiting ? <NextTry connectionId={connectionId} state={state} /> : null}
      {isCredentialError(failure) ? (
        <Button variant="quiet" onClick={() => askForPassword(connectionId, failure)}>
          {t('enterPassword')}
        </Button>
      ) : null}
    </div>
  )
}

/** Standing lines below the bar: why it is not connected, and what is not safe about it. */
export function ConnectionNotes({ entry, state }: { readonly entry: ProfileEntry; readonly state: SessionState }) {
  const t = useTranslations('connections')
  const { profile } = entry
  const connectError = useApp(selectConnectError(profile.id))
  const failure = failureOf(state, connectError)
  const security = securityNoteOf(profile, state)
  return (
    <>
      {failure ? <FailureLine connectionId={profile.id} state={state} failure={failure} /> : null}
      {security ? (
        <div className={classes(styles.note, security === 'verifyOff' ? styles.noteWarning : styles.noteQuiet)}>
          {security === 'verifyOff' ? <ShieldOff size={14} aria-hidden /> : <LockOpen size={14} aria-hidden />}
          <p className={styles.noteText}>{t(`security.${security}`)}</p>
        </div>
      ) : null}
    </>
  )
}
