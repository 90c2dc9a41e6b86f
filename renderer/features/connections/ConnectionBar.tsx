import { Pencil, Plug, ScrollText, Unplug } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { keepSecrets, type ProfileEntry } from '#shared/model/profile'
import type { SessionState } from '#shared/model/session'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { ColourDot } from '../../ui/ColourDot'
import { IconButton } from '../../ui/IconButton'
import { VisibleName } from '../../ui/VisibleText'
import { addressOf } from './connectionFacts'
import { ConnectionNotes } from './ConnectionNotes'
import { isUnderWay, selectEntry, selectSessionState } from './connectionSelectors'
import styles from './connections.module.css'
import { ServerSupport } from './ServerSupport'
import { StateLabel } from './StateLabel'

const sessionWords = {
  resumed: ['sessionResumed', 'sessionResumedHint'],
  none: ['sessionNew', 'sessionNewHint'],
  begunAnew: ['sessionNew', 'sessionAnewHint'],
  keptAnyway: ['sessionKept', 'sessionKeptHint'],
  notSaid: ['sessionUnknown', 'sessionUnknownHint'],
} as const

/** Whether the broker still knew this client (MQTT 5 §3.2.2.1.1): with it, what was missed comes in. */
function SessionNote({ state }: { readonly state: SessionState & { phase: 'online' } }) {
  const t = useTranslations('connections')
  const [words, hint] = sessionWords[state.session]
  return (
    <span className={styles.faint} title={t(hint)}>
      {t(words)}
    </span>
  )
}

interface ConnectButtonProps {
  readonly connectionId: string
  readonly state: SessionState
}

/** One button that keeps its place and focus: it connects, or ends what is there or under way. */
function ConnectButton({ connectionId, state }: ConnectButtonProps) {
  const t = useTranslations('connections')
  const connect = useApp((app) => app.connect)
  const disconnect = useApp((app) => app.disconnect)
  // While a password is asked for, the one "Connect" of the window is the dialog's.
  const asking = useApp((app) => app.passwordPrompt !== null)
  const starting = useApp((app) => app.localBroker.phase === 'starting')
  const local = useApp((app) => selectEntry(connectionId)(app)?.profile.kind === 'local')
  if (isUnderWay(state))
    return (
      <Button icon={<Unplug size={14} aria-hidden />} onClick={() => void disconnect(connectionId)}>
        {t('disconnect')}
      </Button>
    )
  return (
    <Button
      variant="primary"
      icon={<Plug size={14} aria-hidden />}
      disabled={asking || (local && starting)}
      onClick={() => void connect(connectionId)}
    >
      {asking ? t('waitingForPassword') : t('connect')}
    </Button>
  )
}

function Bar({ entry }: { readonly entry: ProfileEntry }) {
  const t = useTranslations('connections')
  const { profile, saved } = entry
  const state = useApp(selectSessionState(profile.id))
  const localPort = useApp((app) => (app.localBroker.phase === 'running' ? app.localBroker.port : null))
  const openProfileForm = useApp((app) => app.openProfileForm)
  const openDetails = useApp((app) => app.openDetails)
  const saveProfile = useApp((app) => app.saveProfile)
  const edit = () => openProfileForm(profile.id)
  return (
    <header className={styles.bar}>
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
            <span className={styles.unsaved}>{t('notSaved')}</span>
            <Button variant="quiet" onClick={edit}>
              {t('saveConnection')}
            </Button>
          </>
        )}
        {entry.unsaved ? (
          <>
            <span className={styles.unsaved} title={t('changesNotSavedHint')}>
              {t('changesNotSaved')}
            </span>
            <Button variant="quiet" onClick={() => void saveProfile(profile, keepSecrets)}>
              {t('saveNow')}
            </Button>
          </>
        ) : null}
        <IconButton label={t('details.open')} icon={<ScrollText size={14} />} onClick={() => openDetails(profile.id)} />
        <IconButton label={t('edit')} icon={<Pencil size={14} />} onClick={edit} />
        <ConnectButton connectionId={profile.id} state={state} />
      </div>
      <ConnectionNotes entry={entry} state={state} />
    </header>
  )
}

/** Header of the workspace: which connection, how it stands, and the button that changes that. */
export function ConnectionBar({ connectionId }: { readonly connectionId: string }) {
  const entry = useApp(selectEntry(connectionId))
  return entry ? <Bar entry={entry} /> : null
}
