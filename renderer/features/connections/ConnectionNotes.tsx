import { FlaskConical, LockOpen, ShieldOff, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { ProfileChange } from '#shared/model/failure'
import type { Profile, ProfileEntry } from '#shared/model/profile'
import type { SessionState, SessionViolation } from '#shared/model/session'
import { useErrorText } from '../../i18n/useErrorText'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { classes } from '../../ui/classes'
import { visibleText } from '#shared/text/visibleText'
import { changeText, failureOf, securityNoteOf } from './connectionFacts'
import { selectConnectError } from './connectionSelectors'
import styles from './connections.module.css'
import { DroppedNote } from './DroppedNote'
import { FailureNote } from './FailureNote'
import { HeldMessages } from './HeldMessages'

/** What is tried and not saved stands here until it is. */
function TriedNote({ profile, change }: { readonly profile: Profile; readonly change: ProfileChange }) {
  const t = useTranslations('connections')
  const saveChange = useApp((app) => app.saveChange)
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

/** Standing lines below the bar: why it is not connected, and what is not safe about it. */
export function ConnectionNotes({ entry, state }: { readonly entry: ProfileEntry; readonly state: SessionState }) {
  const t = useTranslations('connections')
  const { profile } = entry
  const connectError = useApp(selectConnectError(profile.id))
  const session = useApp((app) => app.sessions[profile.id])
  const failure = failureOf(state, connectError)
  const security = securityNoteOf(profile, state)
  return (
    <>
      {failure ? <FailureNote connectionId={profile.id} state={state} failure={failure} /> : null}
      <DroppedNote connectionId={profile.id} state={state} />
      <HeldMessages session={session} />
      {state.phase === 'online' && session?.violation ? <ViolationNote violation={session.violation} /> : null}
      {state.phase === 'online' && state.change ? <TriedNote profile={profile} change={state.change} /> : null}
      {security ? (
        <div className={classes(styles.note, security === 'verifyOff' ? styles.noteWarning : styles.noteQuiet)}>
          {security === 'verifyOff' ? <ShieldOff size={14} aria-hidden /> : <LockOpen size={14} aria-hidden />}
          <p className={styles.noteText}>{t(`security.${security}`)}</p>
        </div>
      ) : null}
    </>
  )
}
