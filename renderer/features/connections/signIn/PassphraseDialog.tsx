import { useId, useState, type SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { AppError } from '#shared/result'
import { visibleName } from '#shared/text/visibleText'
import { useErrorText } from '../../../i18n/useErrorText'
import { sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { ConnectionContext, useConnection } from '../../../state/useConnection'
import { useEntry } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { CheckField, TextField } from '../../../ui/fields'
import { askingState } from './askingState'
import styles from './prompt.module.css'
import { useRememberHint } from './useRememberHint'

/** Asks for the passphrase of an encrypted key, or of a PKCS #12 file. */
export function PassphraseDialog() {
  const connection = useApp(askingState, ({ forPassphrase }) => forPassphrase.at(-1))
  return connection ? (
    <ConnectionContext key={connection.id} value={connection}>
      <ConnectionPrompt />
    </ConnectionContext>
  ) : null
}

function ConnectionPrompt() {
  const prompt = useConnection(sessionState, (state) => state.passphrasePrompt)
  return prompt ? <OpenPassphrase {...prompt} /> : null
}

function OpenPassphrase({ failure }: { readonly failure: AppError }) {
  const t = useTranslations('connections')
  const fieldText = useTranslations('profile.fields')
  const errorText = useErrorText()
  const name = useEntry()?.profile.name ?? ''
  const connect = useConnection(sessionState, (state) => state.connectWithPassphrase)
  const close = useConnection(sessionState, (state) => state.closePrompts)
  const [keyPassphrase, setPassphrase] = useState('')
  const [remember, setRemember] = useState(false)
  const rememberHint = useRememberHint()
  const formId = useId()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (keyPassphrase !== '') void connect({ keyPassphrase, remember })
  }
  return (
    <Dialog
      title={t('openKey', { name: visibleName(name) })}
      open
      onClose={close}
      size="small"
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" disabled={keyPassphrase === ''}>
            {t('connect')}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.prompt} onSubmit={submit}>
        <p className={styles.explanation}>{errorText(failure)}</p>
        <TextField label={fieldText('keyPassphrase')} type="password" value={keyPassphrase} onChange={setPassphrase} />
        <CheckField label={t('remember')} checked={remember} onChange={setRemember} hint={rememberHint} />
      </form>
    </Dialog>
  )
}
