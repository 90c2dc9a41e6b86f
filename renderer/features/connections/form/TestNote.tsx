import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { ConnectionTest } from '#shared/model/connectionTest'
import type { ConnectionFailure, Remedy } from '#shared/model/failure'
import type { AppError } from '#shared/result'
import { visibleText } from '#shared/text/visibleText'
import { useErrorText } from '../../../i18n/useErrorText'
import { classes } from '../../../ui/classes'
import { formatCount } from '../../../ui/format'
import noteStyles from '../notes/notes.module.css'
import { RemedyList } from '../notes/RemedyList'
import type { ConnectionTestState } from './connectionTestState'
import styles from './profileForm.module.css'

interface TestNoteProps {
  readonly test: ConnectionTestState['test']
  readonly onRemedy: (remedy: Remedy) => void
}

/** What came of the test of the settings in the form: what the broker said, or why it failed and what may help. */
export function TestNote({ test, onRemedy }: TestNoteProps) {
  const t = useTranslations('profile.test')
  if (test.phase === 'none') return null
  if (test.phase === 'running')
    return (
      <div className={classes(styles.test, noteStyles.note, noteStyles.noteQuiet)} role="status">
        <LoaderCircle size={14} aria-hidden />
        <p className={noteStyles.noteText}>{t('running')}</p>
      </div>
    )
  const { result } = test
  if (!result.ok) return <FailedTest failure={result.error} />
  switch (result.value.outcome) {
    case 'accepted':
      return <AcceptedTest test={result.value} />
    case 'failed':
      return <FailedTest failure={result.value.failure} explained={result.value.failure} onRemedy={onRemedy} />
    case 'cancelled':
      return null
  }
}

function AcceptedTest({ test }: { readonly test: Extract<ConnectionTest, { outcome: 'accepted' }> }) {
  const t = useTranslations('profile.test')
  const { online, connectMilliseconds, pingMilliseconds, hasOtherClientId, leftWillOut } = test
  const trust = online.verified ? 'verified' : 'notVerified'
  return (
    <div className={classes(styles.test, styles.accepted)} role="status" data-outcome="accepted">
      <CircleCheck size={14} aria-hidden />
      <div className="selectable">
        <p>
          <strong>{t('accepted')}</strong>{' '}
          {t('acceptedBy', {
            address: online.address,
            version: online.protocolVersion,
            milliseconds: formatCount(Math.round(connectMilliseconds)),
          })}{' '}
          {pingMilliseconds === null ? t('noAnswer') : t('roundTrip', { milliseconds: pingMilliseconds.toFixed(1) })}{' '}
          {online.tls ? t(trust, { version: online.tls.version }) : t('plain')}
        </p>
        <p className={styles.manner}>
          {t('manner', {
            clientId: visibleText(online.clientId),
            id: hasOtherClientId ? 'other' : 'own',
            will: leftWillOut ? 'leftOut' : 'none',
          })}
        </p>
      </div>
    </div>
  )
}

interface FailedTestProps {
  readonly failure: AppError
  readonly explained?: ConnectionFailure
  readonly onRemedy?: (remedy: Remedy) => void
}

function FailedTest({ failure, explained, onRemedy }: FailedTestProps) {
  const errorText = useErrorText()
  return (
    <div className={classes(styles.test, noteStyles.noteDanger)} data-outcome="failed">
      <div className={noteStyles.note}>
        <CircleAlert size={14} aria-hidden />
        <p role="alert" className={classes(noteStyles.noteText, 'selectable')}>
          {errorText(failure)}
        </p>
      </div>
      {explained && onRemedy ? <RemedyList failure={explained} act={onRemedy} /> : null}
    </div>
  )
}
