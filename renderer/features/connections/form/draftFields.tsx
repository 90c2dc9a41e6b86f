import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { isProfileProblem, useErrorText } from '../../../i18n/useErrorText'
import { profilesState } from '../../../state/profiles'
import { useApp } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { TextField, type TextFieldProps } from '../../../ui/fields'
import type { DraftForm } from './draftForm'
import { textAt } from './profileDraft'
import { numberRange, type NumberPath, type TextPath } from './profilePaths'

/** The sentence for the problem of a field, or undefined. */
export const useProblemText = (form: DraftForm): ((path: string) => string | undefined) => {
  const t = useTranslations('profile')
  const errorText = useErrorText()
  return (path) => {
    const failure = form.failureOf(path)
    if (failure) return errorText(failure)
    const code = form.problemOf(path)
    if (code === undefined) return undefined
    const { lowest, highest } = numberRange(path) ?? { lowest: 0, highest: 0 }
    return isProfileProblem(code) ? t(`problems.${code}`, { lowest, highest }) : t('problems.other')
  }
}

type DraftTextProps = Omit<TextFieldProps, 'value' | 'onChange' | 'form'> & {
  readonly form: DraftForm
  readonly path: TextPath | NumberPath
}

/** A field for text or a number of the draft; its problem stands below once it was left. */
export function DraftText({ form, path, ...rest }: DraftTextProps) {
  const t = useTranslations('profile')
  const problem = useProblemText(form)(path)
  const warning = form.warningOf(path)
  const isPasting = useRef(false)
  const value = textAt(form.draft, path) ?? ''
  return (
    <TextField
      {...rest}
      warning={warning === undefined ? null : t(`warnings.${warning}`)}
      value={value}
      onChange={(text) => {
        form.setText(path, text)
        // What is pasted is whole, and can be looked at before the field is left.
        if (isPasting.current) form.leave(path, text)
        isPasting.current = false
      }}
      onPaste={(event) => {
        const isTaken = path === 'host' && form.takeOver(event.clipboardData.getData('text/plain'), ['command'])
        if (isTaken) event.preventDefault()
        isPasting.current = !isTaken
      }}
      onBlur={() => form.leave(path, value)}
      error={problem}
      data-path={path}
    />
  )
}

interface DraftFileProps {
  readonly form: DraftForm
  readonly path: TextPath
  readonly label: string
}

/** Path of a file, typed or chosen. */
export function DraftFile({ form, path, label, ...rest }: DraftFileProps) {
  const t = useTranslations('profile')
  const chooseFile = useApp(profilesState, (state) => state.chooseCertificateFile)
  const choose = async () => {
    const chosen = await chooseFile()
    if (chosen !== null) form.setText(path, chosen)
  }
  return (
    <DraftText
      {...{ form, path, label, ...rest }}
      mono
      suffix={
        <Button onClick={() => void choose()} aria-label={t('chooseFile', { field: label })}>
          {t('choose')}
        </Button>
      }
    />
  )
}
