import { useTranslations } from 'use-intl'
import { useErrorText } from '../../../i18n/useErrorText'
import { useApp } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { classes } from '../../../ui/classes'
import { DiscardQuestion, type Leaving } from '../../../ui/DiscardQuestion'
import { connectionTestState } from './connectionTestState'
import styles from './profileForm.module.css'
import { profileFormState } from './profileFormState'
import type { OpenFormState } from './useOpenForm'

interface FooterProps {
  readonly state: OpenFormState
  readonly formId: string
  /** A new connection is made to be connected, so that Enter does it; a known one is saved. */
  readonly isNew: boolean
  readonly leaving: Leaving
}

/** The buttons of the form, or the question before changes are thrown away. */
export function FormFooter(props: FooterProps) {
  const { state, formId, isNew, leaving } = props
  const t = useTranslations('profile')
  const errorText = useErrorText()
  const close = useApp(profileFormState, (form) => form.close)
  if (leaving.isAsking) return <DiscardQuestion onStay={leaving.stay} onDiscard={close} />
  return (
    <>
      <TestButton state={state} />
      <DiagnoseButton state={state} />
      {state.failure ? (
        <p role="alert" className={classes(styles.footerText, styles.failure)}>
          {errorText(state.failure)}
        </p>
      ) : (
        <span className={styles.footerText} />
      )}
      <Button onClick={leaving.leave}>{t('cancel')}</Button>
      <SaveButton {...{ state, formId }} isDefault={!isNew} then="close" />
      <SaveButton {...{ state, formId }} isDefault={isNew} then="connect" />
    </>
  )
}

interface SaveButtonProps {
  readonly state: OpenFormState
  readonly formId: string
  /** It is what Enter does. */
  readonly isDefault: boolean
  readonly then: 'close' | 'connect'
}

function SaveButton({ state, formId, isDefault, then }: SaveButtonProps) {
  const t = useTranslations('profile')
  const words = t(then === 'close' ? 'save' : 'saveAndConnect')
  return isDefault ? (
    <Button type="submit" form={formId} variant="primary" disabled={state.busy}>
      {words}
    </Button>
  ) : (
    <Button disabled={state.busy} onClick={() => void state.save(then)}>
      {words}
    </Button>
  )
}

/** It keeps its place while it runs, and ends then what it began. */
function TestButton({ state }: { readonly state: OpenFormState }) {
  const t = useTranslations('profile.test')
  const stop = useApp(connectionTestState, (test) => test.stop)
  return state.test.phase === 'running' ? (
    <Button onClick={stop}>{t('stop')}</Button>
  ) : (
    <Button onClick={() => void state.runTest()}>{t('run')}</Button>
  )
}

function DiagnoseButton({ state }: { readonly state: OpenFormState }) {
  const t = useTranslations('doctor')
  return <Button onClick={state.diagnose}>{t('open')}</Button>
}
