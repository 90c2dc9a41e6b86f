import { useId, useState, type SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { AppError } from '#shared/result'
import { visibleName } from '#shared/text/visibleText'
import { useErrorText } from '../../i18n/useErrorText'
import { useApp } from '../../store/useApp'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { CheckField, TextField } from '../../ui/fields'
import styles from './connections.module.css'
import { selectEntry } from './connectionSelectors'
import { useRememberHint } from './useRememberHint'

interface PromptProps {
  readonly connectionId: string
  readonly failure: AppError
}

function OpenPassphrase({ connectionId, failure }: PromptProps) {
  const t = useTranslations('connections')
  const fieldText = useTranslations('profile.fields')
  const errorText = useErrorText()
  const name = useApp(selectEntry(connectionId))?.profile.name ?? ''
  const connect = useApp((state) => state.connectWithPassphrase)
  const close = useApp((state) => state.closePassphrasePrompt)
  const [keyPassphrase, setPassphrase] = useState('')
  const [remember, setRemember] = useState(false)
  const rememberHint = useRememberHint()
  const formId = useId()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (keyPassphrase !== '') void connect(connectionId, { keyPassphrase, remember })
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

/** Asks for the passphrase of an encrypted key, or of a PKCS #12 file. */
export function PassphraseDialog() {
  const prompt = useApp((state) => state.passphrasePrompt)
  return prompt ? <OpenPassphrase key={prompt.connectionId} {...prompt} /> : null
}
