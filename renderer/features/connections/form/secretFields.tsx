import { Eye, EyeOff } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { SecretName } from '#shared/model/profile'
import { selectKeeping, settingsState } from '../../../state/settings'
import { useApp } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { CheckField, TextField } from '../../../ui/fields'
import { IconButton } from '../../../ui/IconButton'
import { useProblemText } from './draftFields'
import type { DraftForm } from './draftForm'
import { withSecret } from './profileDraft'

/** Where none is stored and none typed, it can be asked for on connect. */
export function PasswordField({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  const { profile, secrets } = form.draft
  const { password } = secrets
  const kept = password.keeping !== 'none' && !password.forget && !form.leavesBehind('password')
  return (
    <>
      <SecretField form={form} name="password" label={t('fields.password')} onType={form.setPassword} />
      {password.typed === '' && !kept ? (
        <CheckField
          label={t('askOnConnect')}
          checked={profile.usePassword}
          onChange={(usePassword) => form.setValue('usePassword', usePassword)}
        />
      ) : null}
    </>
  )
}

export function KeyPassphraseField({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  return (
    <SecretField
      form={form}
      name="keyPassphrase"
      label={t('fields.keyPassphrase')}
      onType={(typed) => form.change((draft) => withSecret(draft, 'keyPassphrase', { typed }))}
    />
  )
}

export function ProxyPasswordField({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  return (
    <SecretField
      form={form}
      name="proxyPassword"
      label={t('fields.proxyPassword')}
      onType={(typed) => form.change((draft) => withSecret(draft, 'proxyPassword', { typed }))}
    />
  )
}

interface SecretFieldProps {
  readonly form: DraftForm
  readonly name: SecretName
  readonly label: string
  readonly onType: (typed: string) => void
}

/** A secret is never shown again: the field says whether one is stored, and typing replaces it. */
function SecretField({ form, name, label, onType }: SecretFieldProps) {
  const t = useTranslations('profile')
  const [revealed, setRevealed] = useState(false)
  const secret = form.draft.secrets[name]
  const keeping = useApp(settingsState, selectKeeping)
  const setForget = (forget: boolean) => form.change((draft) => withSecret(draft, name, { forget }))
  const problem = useProblemText(form)(name)
  const leavesBehind = form.leavesBehind(name)
  const held = secret.keeping !== 'none' && secret.typed === '' && !leavesBehind
  const hint = (): ReactNode => {
    if (secret.typed !== '') return t(`willKeep.${keeping}`)
    if (leavesBehind) return t(`leavesBehind.${name}`)
    if (!held) return undefined
    return secret.forget ? t('willForget') : t(`keeping.${secret.keeping}`)
  }
  return (
    <TextField
      label={label}
      type={revealed ? 'text' : 'password'}
      autoComplete="new-password"
      value={secret.typed}
      onChange={onType}
      hint={hint()}
      error={problem}
      placeholder={held && !secret.forget && secret.keeping !== 'unreadable' ? t('stored') : ''}
      data-path={name}
      suffix={
        <>
          {secret.typed === '' ? null : (
            <IconButton
              label={revealed ? t('hide') : t('reveal')}
              icon={revealed ? <EyeOff size={14} /> : <Eye size={14} />}
              onClick={() => setRevealed(!revealed)}
            />
          )}
          {held ? (
            <Button variant="quiet" onClick={() => setForget(!secret.forget)}>
              {secret.forget ? t('keep') : t('forget')}
            </Button>
          ) : null}
        </>
      }
    />
  )
}
