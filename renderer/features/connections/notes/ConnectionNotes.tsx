import { CalendarClock, FlaskConical, LockOpen, ShieldOff, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { ProfileChange } from '#shared/model/failure'
import type { Profile } from '#shared/model/profile'
import type { SessionPhase, SessionViolation } from '#shared/model/session'
import type { TlsFacts } from '#shared/model/tlsFacts'
import { visibleText } from '#shared/text/visibleText'
import { useErrorText } from '../../../i18n/useErrorText'
import { profilesState } from '../../../state/profiles'
import { selectSessionState, sessionState } from '../../../state/session'
import { useApp, useMainClock } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import { useSteadyNow } from '../../../state/useSteadyNow'
import { useEntry } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { classes } from '../../../ui/classes'
import { formatIso } from '../../../ui/format'
import { certificateEnd } from '../certificateEnd'
import { changeText, failureOf, securityNoteOf } from '../connectionFacts'
import { ReturnedNote } from './ReturnedNote'
import { FailureNote } from './FailureNote'
import { HeldMessages } from './HeldMessages'
import styles from './notes.module.css'

/** Standing lines below the bar: why it is not connected, and what is not safe about it. */
export function ConnectionNotes() {
  const entry = useEntry()
  // What is folded out belongs to one connection.
  return entry ? <Notes key={entry.profile.id} profile={entry.profile} /> : null
}

function Notes({ profile }: { readonly profile: Profile }) {
  const state = useConnection(sessionState, selectSessionState)
  const connectError = useConnection(sessionState, (session) => session.connectError)
  const violation = useConnection(sessionState, ({ status }) => status?.violation)
  const failure = failureOf(state, connectError)
  return (
    <div className={styles.notes}>
      {failure ? <FailureNote state={state} failure={failure} /> : null}
      <ReturnedNote />
      <HeldMessages />
      {state.phase === 'online' && violation ? <ViolationNote violation={violation} /> : null}
      {state.phase === 'online' && state.change ? <TriedNote profile={profile} change={state.change} /> : null}
      <SecurityLine profile={profile} state={state} />
      {state.phase === 'online' && state.tls ? <CertificateLine facts={state.tls} /> : null}
    </div>
  )
}

/** What the broker did against the protocol, as often as it did; the connection goes on. */
function ViolationNote({ violation }: { readonly violation: SessionViolation }) {
  const t = useTranslations('connections')
  const errorText = useErrorText()
  return (
    <div className={classes(styles.note, styles.noteQuiet)}>
      <TriangleAlert size={14} aria-hidden />
      <p className={styles.noteText}>
        {errorText(violation.error)} ({t('violationCount', { count: violation.count })})
      </p>
    </div>
  )
}

/** What is tried and not saved stands here until it is. */
function TriedNote({ profile, change }: { readonly profile: Profile; readonly change: ProfileChange }) {
  const t = useTranslations('connections')
  const saveChange = useApp(profilesState, (profiles) => profiles.saveChange)
  return (
    <div className={classes(styles.note, styles.noteWarning)}>
      <FlaskConical size={14} aria-hidden />
      <p className={styles.noteText}>{t('triedWith', { settings: visibleText(changeText(profile, change)) })}</p>
      <Button variant="quiet" onClick={() => void saveChange(profile.id, change)}>
        {t('keepChange')}
      </Button>
    </div>
  )
}

/** Told while it is connected, so that nobody is surprised on the day on which it ends. */
function CertificateLine({ facts }: { readonly facts: TlsFacts }) {
  const t = useTranslations('connections')
  const clock = useMainClock()
  const end = certificateEnd(facts, clock.wallTimeOf(useSteadyNow()))
  if (!end) return null
  const { whose, subject, days, validTo } = end
  const values = { whose, subject: visibleText(subject), day: formatIso(validTo).slice(0, 10) }
  return (
    <div className={classes(styles.note, days < 7 ? styles.noteWarning : styles.noteQuiet)} data-certificate-end={days}>
      <CalendarClock size={14} aria-hidden />
      <p className={styles.noteText}>
        {days < 0 ? t('certificateOver', values) : t('certificateEnd', { ...values, days })}
      </p>
    </div>
  )
}

function SecurityLine({ profile, state }: { readonly profile: Profile; readonly state: SessionPhase }) {
  const t = useTranslations('connections')
  const security = securityNoteOf(profile, state)
  if (!security) return null
  return (
    <div className={classes(styles.note, security === 'verifyOff' ? styles.noteWarning : styles.noteQuiet)}>
      {security === 'verifyOff' ? <ShieldOff size={14} aria-hidden /> : <LockOpen size={14} aria-hidden />}
      <p className={styles.noteText}>{t(`security.${security}`)}</p>
    </div>
  )
}
