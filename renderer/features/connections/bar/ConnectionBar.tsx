import { useTranslations } from 'use-intl'
import type { ProfileEntry } from '#shared/model/profile'
import type { SessionPhase } from '#shared/model/session'
import { ActionButton } from '../../../actions/ActionButton'
import { localBrokerState } from '../../../state/localBroker'
import { isUnderWay, selectSessionState, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { useEntry } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { ColourDot } from '../../../ui/ColourDot'
import { VisibleName } from '../../../ui/VisibleText'
import { addressOf } from '../connectionFacts'
import { profileFormState } from '../form/profileFormState'
import { StateLabel } from '../list/StateLabel'
import { UnsavedMark } from '../list/UnsavedMark'
import { ConnectionNotes } from '../notes/ConnectionNotes'
import styles from './bar.module.css'
import { ServerSupport } from './ServerSupport'

/** Header of the workspace: which connection, how it stands, and the button that changes that. */
export function ConnectionBar() {
  const entry = useEntry()
  return entry ? (
    <header className={styles.bar}>
      <BarLine entry={entry} />
      <ConnectionNotes profile={entry.profile} />
    </header>
  ) : null
}

function BarLine({ entry }: { readonly entry: ProfileEntry }) {
  const t = useTranslations('connections')
  const { profile, saved } = entry
  const connection = useConnectionObject()
  const state = useConnection(sessionState, selectSessionState)
  const localPort = useApp(localBrokerState, ({ broker }) => (broker.phase === 'running' ? broker.port : null))
  const editProfile = useApp(profileFormState, (form) => form.edit)
  return (
    <div className={styles.barLine}>
      <ColourDot colour={profile.colour} />
      <h1 className={styles.barName}>
        <VisibleName text={profile.name} />
      </h1>
      <span className={styles.address}>
        <VisibleName text={addressOf(profile, localPort)} />
      </span>
      <StateLabel state={state} />
      {state.phase === 'online' ? <ServerSupport state={state} /> : null}
      {state.phase === 'online' ? <SessionNote state={state} /> : null}
      <span className={styles.gap} />
      {saved ? null : (
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
      <ActionButton id="connection.details" on="connection" subject={connection} />
      <ActionButton id="connection.edit" on="connection" subject={connection} />
      <ConnectButton state={state} />
    </div>
  )
}

const sessionWords = {
  resumed: ['sessionResumed', 'sessionResumedHint'],
  none: ['sessionNew', 'sessionNewHint'],
  begunAnew: ['sessionNew', 'sessionAnewHint'],
  keptAnyway: ['sessionKept', 'sessionKeptHint'],
  notSaid: ['sessionUnknown', 'sessionUnknownHint'],
} as const

/** Whether the broker still knew this client (MQTT 5 §3.2.2.1.1): with it, what was missed comes in. */
function SessionNote({ state }: { readonly state: SessionPhase & { phase: 'online' } }) {
  const t = useTranslations('connections')
  const [words, hint] = sessionWords[state.session]
  return (
    <span className={styles.faint} title={t(hint)}>
      {t(words)}
    </span>
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
