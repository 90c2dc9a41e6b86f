import { useTranslations } from 'use-intl'
import type { SessionPhase } from '#shared/model/session'
import { ActionButton } from '../../../actions/ActionButton'
import { isUnderWay, selectSessionState, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { useEntry } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { VisibleName } from '../../../ui/VisibleText'
import { profileFormState } from '../form/profileFormState'
import { UnsavedMark } from '../list/UnsavedMark'
import styles from './bar.module.css'

/** What is done to the connection in view: what is not saved, its details, its form, and the button that connects it. */
export function ConnectionBar() {
  const t = useTranslations('connections')
  const connection = useConnectionObject()
  const entry = useEntry()
  const state = useConnection(sessionState, selectSessionState)
  const editProfile = useApp(profileFormState, (form) => form.edit)
  if (!entry) return null
  const isRecording = entry.profile.kind === 'recording'
  return (
    <div className={styles.bar}>
      {/* Its tab names it for the eye. */}
      <h1 className="visually-hidden">
        <VisibleName text={entry.profile.name} />
      </h1>
      {entry.saved || isRecording ? null : (
        <>
          <UnsavedMark text={t('notSaved')} />
          <Button variant="quiet" onClick={() => editProfile(connection)}>
            {t('saveConnection')}
          </Button>
        </>
      )}
      {entry.unsaved ? (
        <>
          <UnsavedMark text={t('changesNotSaved')} title={t('changesNotSavedHint')} />
          <ActionButton id="connection.saveNow" on="connection" subject={connection} variant="quiet" />
        </>
      ) : null}
      <ActionButton id="connection.details" on="connection" subject={connection} iconSize={16} />
      <ActionButton id="connection.edit" on="connection" subject={connection} iconSize={16} />
      {isRecording ? (
        <ActionButton id="recordings.replay" on="connection" subject={connection} variant="plain" />
      ) : (
        <ConnectButton state={state} />
      )}
    </div>
  )
}

/** One button that keeps its place and focus: it connects, or ends what is there or under way. */
function ConnectButton({ state }: { readonly state: SessionPhase }) {
  const connection = useConnectionObject()
  const [id, variant] = isUnderWay(state)
    ? (['connection.disconnect', 'plain'] as const)
    : (['connection.connect', 'primary'] as const)
  return <ActionButton id={id} on="connection" subject={connection} variant={variant} />
}
