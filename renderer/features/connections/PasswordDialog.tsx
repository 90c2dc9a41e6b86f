import { useId, useState, type SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useErrorText } from '../../i18n/useErrorText'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { CheckField, TextField } from '../../ui/fields'
import { visibleName } from '#shared/text/visibleText'
import { selectEntry } from './connectionSelectors'
import styles from './connections.module.css'
import type { PasswordPrompt } from './passwordPrompt'

const useRememberHint = (): string => {
  const t = useTranslations('connections')
  const keyring = useApp((state) => state.keyringAvailable)
  const plain = useApp((state) => state.settings.storeSecretsWithoutKeyring)
  if (keyring) return t('remembered.stored')
  return plain ? t('remembered.plain') : t('remembered.session')
}

function OpenPrompt({ prompt }: { readonly prompt: PasswordPrompt }) {
  const { connectionId, submitted, error } = prompt
  const t = useTranslations('connections')
  const errorText = useErrorText()
  const entry = useApp(selectEntry(connectionId))
  const connect = useApp((state) => state.connect)
  const close = useApp((state) => state.closePasswordPrompt)
  const [password, setPassword] = useState('')
  const [remember, setRemember] = useState(false)
  const rememberHint = useRememberHint()
  const formId = useId()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!submitted) void connect(connectionId, password, remember)
  }
  const { name = '', username = '' } = entry?.profile ?? {}
  return (
    <Dialog
      title={t('signIn', { name: visibleName(name) })}
      open
      onClose={close}
      size="small"
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" disabled={submitted}>
            {t('connect')}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.prompt} onSubmit={submit}>
        <p className={styles.explanation}>
          {entry?.secrets.password === 'unreadable'
            ? t('unreadableSecret')
            : username === ''
              ? t('passwordWanted')
              : t('passwordWantedFor', { username: visibleName(username) })}
        </p>
        <TextField
          label={t('password')}
          type="password"
          value={password}
          onChange={setPassword}
          error={error ? errorText(error) : undefined}
        />
        <CheckField label={t('remember')} checked={remember} onChange={setRemember} hint={rememberHint} />
      </form>
    </Dialog>
  )
}

/** Asks for a password that is needed and not stored, until the broker takes one or the person gives up. */
export function PasswordDialog() {
  const prompt = useApp((state) => state.passwordPrompt)
  return prompt ? <OpenPrompt key={prompt.connectionId} prompt={prompt} /> : null
}
