import { CircleAlert, Timer } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { ConnectionFailure } from '#shared/model/failure'
import type { SessionPhase } from '#shared/model/session'
import type { AppError } from '#shared/result'
import { ActionButton } from '../../../actions/ActionButton'
import { useErrorText } from '../../../i18n/useErrorText'
import { sessionState } from '../../../state/session'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { useSteadyNow } from '../../../state/useSteadyNow'
import { Button } from '../../../ui/Button'
import { classes } from '../../../ui/classes'
import { explanationOf } from '../connectionFacts'
import { secondsUntil } from '../list/StateLabel'
import styles from './notes.module.css'
import { RemedyList } from './RemedyList'
import { useRemedyVerb } from './useRemedies'

interface FailureNoteProps {
  readonly state: SessionPhase
  readonly failure: AppError
}

/** Why the connection is not there, and what may help, each with the button that does it. */
export function FailureNote({ state, failure }: FailureNoteProps) {
  const errorText = useErrorText()
  const waiting = state.phase === 'waiting'
  const explained = explanationOf(state, failure)
  return (
    <div className={classes(styles.failure, waiting ? styles.noteWarning : styles.noteDanger)}>
      <div className={styles.note}>
        {waiting ? <Timer size={14} aria-hidden /> : <CircleAlert size={14} aria-hidden />}
        <p role="alert" className={classes(styles.noteText, 'selectable')}>
          {errorText(failure)}
        </p>
        {waiting ? <NextTry state={state} /> : null}
        <DiagnoseButton />
      </div>
      {explained ? <ExplainedRemedies failure={explained} /> : null}
    </div>
  )
}

function DiagnoseButton() {
  const connection = useConnectionObject()
  return <ActionButton id="connection.diagnose" on="connection" subject={connection} variant="quiet" />
}

function NextTry({ state }: { readonly state: SessionPhase & { phase: 'waiting' } }) {
  const t = useTranslations('connections')
  const connect = useConnection(sessionState, (session) => session.connect)
  const now = useSteadyNow(true)
  return (
    <>
      {/* Out of the live region: a screen reader would read every second aloud. */}
      <span className={styles.nextTry}>
        {t('nextTry', { seconds: secondsUntil(state.nextTryAt, now), attempt: state.attempt })}
      </span>
      <Button variant="quiet" onClick={() => void connect()}>
        {t('tryNow')}
      </Button>
    </>
  )
}

function ExplainedRemedies({ failure }: { readonly failure: ConnectionFailure }) {
  return <RemedyList failure={failure} act={useRemedyVerb(failure)} />
}
