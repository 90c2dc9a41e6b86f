import { KeyRound } from 'lucide-react'
import { useId, useState, type SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import { localBrokerAccessSchema, type LocalBrokerAccess } from '#shared/model/localBroker'
import type { ProfileEntry } from '#shared/model/profile'
import type { AppError } from '#shared/result'
import { visibleText } from '#shared/text/visibleText'
import { useErrorText } from '../../../i18n/useErrorText'
import { localBrokerState } from '../../../state/localBroker'
import { profilesState, type ProfilesState } from '../../../state/profiles'
import { useApp } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { TextField } from '../../../ui/fields'
import prompt from '../signIn/prompt.module.css'
import { useRememberHint } from '../signIn/useRememberHint'
import styles from './localBroker.module.css'
import { localBrokerAccessState } from './localBrokerAccessState'

/** Who may connect to the local broker, and the button that changes it. */
export function LocalBrokerAccessLine() {
  const t = useTranslations('connections')
  const entry = useApp(profilesState, selectLocalEntry)
  const { open, show, close } = useApp(localBrokerAccessState, (state) => state)
  const isClosed = entry?.profile.usePassword === true
  const isLost = isClosed && (entry.secrets.password === 'none' || entry.secrets.password === 'unreadable')
  return (
    <div className={styles.brokerAccess}>
      <p role={isLost ? 'alert' : undefined} className={isLost ? styles.problem : styles.brokerClients}>
        {isLost
          ? t('brokerAccessLost')
          : isClosed
            ? t('brokerAccessAs', { username: visibleText(entry.profile.username) })
            : t('brokerAccessOpen')}
      </p>
      <Button variant="quiet" icon={<KeyRound size={12} aria-hidden />} onClick={show}>
        {t('brokerAccess')}
      </Button>
      {open ? <AccessDialog onClose={close} /> : null}
    </div>
  )
}

function AccessDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('connections')
  const errorText = useErrorText()
  const entry = useApp(profilesState, selectLocalEntry)
  const setAccess = useApp(localBrokerState, (state) => state.setAccess)
  const isClosed = entry?.profile.usePassword === true
  const [username, setUsername] = useState(isClosed ? entry.profile.username : '')
  const [password, setPassword] = useState('')
  const [incomplete, setIncomplete] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const keptHint = useRememberHint()
  const formId = useId()
  const apply = async (access: LocalBrokerAccess | null) => {
    const refusal = await setAccess(access)
    setError(refusal)
    if (!refusal) onClose()
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const wanted = localBrokerAccessSchema.safeParse({ username, password })
    setIncomplete(!wanted.success)
    if (wanted.success) void apply(wanted.data)
  }
  const problem = incomplete ? t('brokerAccessMissing') : error ? errorText(error) : undefined
  return (
    <Dialog
      title={t('brokerAccessTitle')}
      open
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          {isClosed ? <Button onClick={() => void apply(null)}>{t('brokerAccessRemove')}</Button> : null}
          <Button type="submit" form={formId} variant="primary">
            {t('brokerAccessSet')}
          </Button>
        </>
      }
    >
      <form id={formId} className={prompt.prompt} onSubmit={submit}>
        <p className={prompt.explanation}>{t('brokerAccessHint')}</p>
        <TextField label={t('brokerUsername')} value={username} onChange={setUsername} />
        <TextField
          label={t('password')}
          type="password"
          value={password}
          onChange={setPassword}
          hint={keptHint}
          error={problem}
        />
      </form>
    </Dialog>
  )
}

/** The connection whose user name and password the local broker asks of its clients. */
const selectLocalEntry = ({ entries }: ProfilesState): ProfileEntry | undefined =>
  entries.find(({ profile }) => profile.kind === 'local')
