import { Pencil, Plug, ScrollText, Unplug } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { keepSecrets, type ProfileEntry } from '#shared/model/profile'
import type { SessionPhase } from '#shared/model/session'
import { dialogsState } from '../../../state/dialogs'
import { localBrokerState } from '../../../state/localBroker'
import { profilesState } from '../../../state/profiles'
import { isUnderWay, selectSessionState, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { useEntry } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { ColourDot } from '../../../ui/ColourDot'
import { IconButton } from '../../../ui/IconButton'
import { VisibleName } from '../../../ui/VisibleText'
import { addressOf } from '../connectionFacts'
import { profileFormState } from '../form/profileFormState'
import { StateLabel } from '../list/StateLabel'
import { UnsavedMark } from '../list/UnsavedMark'
import { ConnectionNotes } from '../notes/ConnectionNotes'
import { askingState } from '../signIn/askingState'
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
  const showDialog = useApp(dialogsState, (dialogs) => dialogs.show)
  const saveProfile = useApp(profilesState, (profiles) => profiles.save)
  const edit = () => editProfile(connection)
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
          <Button variant="quiet" onClick={edit}>
            {t('saveConnection')}
          </Button>
        </>
      )}
      {entry.unsaved ? (
        <>
          <UnsavedMark text={t('changesNotSaved')} title={t('changesNotSavedHint')} />
          <Button variant="quiet" onClick={() => void saveProfile(profile, keepSecrets)}>
            {t('saveNow')}
          </Button>
        </>
      ) : null}
      <IconButton
        label={t('details.open')}
        icon={<ScrollText size={14} />}
        onClick={() => showDialog(connection, { kind: 'details' })}
      />
      <IconButton label={t('edit')} icon={<Pencil size={14} />} onClick={edit} />
      <ConnectButton state={state} isLocal={profile.kind === 'local'} />
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
function ConnectButton({ state, isLocal }: { readonly state: SessionPhase; readonly isLocal: boolean }) {
  const t = useTranslations('connections')
  const connect = useConnection(sessionState, (session) => session.connect)
  const disconnect = useConnection(sessionState, (session) => session.disconnect)
  // While a password is asked for, the one "Connect" of the window is the dialog's.
  const asking = useApp(askingState, ({ forPassword }) => forPassword.length > 0)
  const starting = useApp(localBrokerState, ({ broker }) => broker.phase === 'starting')
  if (isUnderWay(state))
    return (
      <Button icon={<Unplug size={14} aria-hidden />} onClick={() => void disconnect()}>
        {t('disconnect')}
      </Button>
    )
  return (
    <Button
      variant="primary"
      icon={<Plug size={14} aria-hidden />}
      disabled={asking || (isLocal && starting)}
      onClick={() => void connect()}
    >
      {asking ? t('waitingForPassword') : t('connect')}
    </Button>
  )
}
