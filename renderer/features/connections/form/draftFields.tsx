import { Eye, EyeOff } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Qos } from '#shared/model/qos'
import type { SecretKeeping, SecretName } from '#shared/model/profile'
import { useErrorText } from '../../../i18n/useErrorText'
import { profilesState } from '../../../state/profiles'
import { settingsState } from '../../../state/settings'
import { useApp } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { IconButton } from '../../../ui/IconButton'
import { SelectField, TextField, type TextFieldProps } from '../../../ui/fields'
import { numberPaths, numberRange, type NumberPath, type TextPath } from './profileDraft'
import type { DraftForm } from './useProfileDraft'

const isNumberPath = (path: string): path is NumberPath => (numberPaths as readonly string[]).includes(path)

/** The sentence for the problem of a field, or undefined. */
export const useProblemText = (form: DraftForm): ((path: string) => string | undefined) => {
  const t = useTranslations('profile')
  const errorText = useErrorText()
  return (path) => {
    const failure = form.failureOf(path)
    if (failure) return errorText(failure)
    const code = form.problemOf(path)
    if (code === undefined) return undefined
    const { lowest, highest } = isNumberPath(path) ? numberRange(path) : { lowest: 0, highest: 0 }
    return t.has(`problems.${code}`) ? t(`problems.${code}`, { lowest, highest }) : t('problems.other')
  }
}

interface DraftFieldProps {
  readonly form: DraftForm
  readonly path: TextPath
}

type DraftTextProps = DraftFieldProps & Omit<TextFieldProps, 'value' | 'onChange' | 'label' | 'form'>

/** A text field of the draft: its label is `fields.<path>`, its problem stands below once it was left. */
export function DraftText({ form, path, ...rest }: DraftTextProps) {
  const t = useTranslations('profile')
  const problem = useProblemText(form)(path)
  const warning = form.warningOf(path)
  const isPasting = useRef(false)
  return (
    <TextField
      {...rest}
      warning={warning === undefined ? null : t(`warnings.${warning}`)}
      label={t(`fields.${path}`)}
      value={form.draft.texts[path]}
      onChange={(text) => {
        form.setText(path, text)
        // What is pasted is whole, and can be looked at before the field is left.
        if (isPasting.current) form.leave(path, text)
        isPasting.current = false
      }}
      onPaste={() => void (isPasting.current = true)}
      onBlur={() => form.leave(path, form.draft.texts[path])}
      error={problem}
      data-path={path}
      {...(isNumberPath(path) ? { inputMode: 'numeric' as const } : {})}
    />
  )
}

/** Path of a file, typed or chosen. */
export function DraftFile({ form, path }: DraftFieldProps) {
  const t = useTranslations('profile')
  const chooseFile = useApp(profilesState, (state) => state.chooseCertificateFile)
  const choose = async () => {
    const chosen = await chooseFile()
    if (chosen !== null) form.setText(path, chosen)
  }
  return (
    <DraftText
      form={form}
      path={path}
      mono
      suffix={
        <Button onClick={() => void choose()} aria-label={t('chooseFile', { field: t(`fields.${path}`) })}>
          {t('choose')}
        </Button>
      }
    />
  )
}

const qosTexts = ['0', '1', '2'] as const
const qosOf = (text: (typeof qosTexts)[number]): Qos => (text === '0' ? 0 : text === '1' ? 1 : 2)

interface QosFieldProps {
  readonly label: string
  readonly value: Qos
  readonly onChange: (qos: Qos) => void
  readonly hideLabel?: boolean
}

export function QosField({ label, value, onChange, hideLabel }: QosFieldProps) {
  const t = useTranslations('profile')
  return (
    <SelectField
      label={label}
      hideLabel={hideLabel}
      value={qosTexts[value]}
      onChange={(text) => onChange(qosOf(text))}
      options={qosTexts.map((text) => ({ value: text, label: t(`qos.${text}`) }))}
    />
  )
}

type Keeping = Exclude<SecretKeeping, 'none' | 'unreadable'>

/** How this system would keep a secret typed now. */
const useKeeping = (): Keeping => {
  const keyring = useApp(settingsState, (state) => state.keyringAvailable)
  const plain = useApp(settingsState, (state) => state.settings.storeSecretsWithoutKeyring)
  if (keyring) return 'stored'
  return plain ? 'plain' : 'session'
}

interface SecretFieldProps {
  readonly form: DraftForm
  readonly name: SecretName
  readonly label: string
  readonly onType: (typed: string) => void
}

/** A secret is never shown again: the field says whether one is stored, and typing replaces it. */
export function SecretField({ form, name, label, onType }: SecretFieldProps) {
  const t = useTranslations('profile')
  const [revealed, setRevealed] = useState(false)
  const secret = form.draft.secrets[name]
  const keeping = useKeeping()
  const setForget = (forget: boolean) =>
    form.change({ secrets: { ...form.draft.secrets, [name]: { ...secret, forget } } })
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
