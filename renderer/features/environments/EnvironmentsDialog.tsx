import { Fragment, useEffect, useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useErrorText } from '../../i18n/useErrorText'
import { environmentsState } from '../../state/environments'
import { useApp } from '../../state/useApp'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { EnvironmentFields } from './EnvironmentFields'
import { EnvironmentList } from './EnvironmentList'
import styles from './environments.module.css'
import { ExchangeButtons } from './ExchangeButtons'
import { useEnvironmentsForm, type EnvironmentsFormState } from './useEnvironmentsForm'

/** Environments with their variables, while they are being changed. */
export function EnvironmentsDialog() {
  const isEdited = useApp(environmentsState, (state) => state.isEdited)
  return isEdited ? <OpenDialog /> : null
}

function OpenDialog() {
  const t = useTranslations('environments')
  const close = useApp(environmentsState, (state) => state.endEdit)
  const state = useEnvironmentsForm()
  const [leaving, setLeaving] = useState(false)
  const formId = useId()
  const { body, markTried } = useFirstProblem()
  // Escape and Cancel leave what is unchanged, ask once about changes, and Escape takes the question back.
  const leave = () => {
    if (leaving) setLeaving(false)
    else if (state.isChanged) setLeaving(true)
    else close()
  }
  return (
    <Dialog
      title={t('title')}
      open
      onClose={leave}
      size="large"
      footer={<Footer {...{ state, formId, leaving }} onStay={() => setLeaving(false)} onCancel={leave} />}
    >
      <form
        id={formId}
        ref={body}
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          setLeaving(false)
          markTried()
          void state.save()
        }}
      >
        <EnvironmentList state={state} />
        {state.shown ? (
          <EnvironmentFields key={state.shown.id} state={state} environment={state.shown} />
        ) : (
          <p className={styles.empty}>{t('empty', { example: '{{ env.host }}' })}</p>
        )}
      </form>
    </Dialog>
  )
}

/** What is wrong gets the cursor when one has tried to save. */
const useFirstProblem = () => {
  const body = useRef<HTMLFormElement>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (tries > 0) body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [tries])
  return { body, markTried: () => setTries((before) => before + 1) }
}

interface FooterProps {
  readonly state: EnvironmentsFormState
  readonly formId: string
  readonly leaving: boolean
  readonly onStay: () => void
  readonly onCancel: () => void
}

/** The buttons, or the question before changes are thrown away. */
function Footer({ state, formId, leaving, onStay, onCancel }: FooterProps) {
  const t = useTranslations('environments')
  const errorText = useErrorText()
  const close = useApp(environmentsState, ({ endEdit }) => endEdit)
  // Keys: else the buttons would be the same with new words, and the focus would not go to the question.
  if (leaving)
    return (
      <Fragment key="question">
        <p role="alert" className={styles.said}>
          {t('discardQuestion')}
        </p>
        <Button autoFocus onClick={onStay}>
          {t('keepEditing')}
        </Button>
        <Button variant="danger" onClick={close}>
          {t('discard')}
        </Button>
      </Fragment>
    )
  return (
    <Fragment key="actions">
      <ExchangeButtons state={state} />
      {state.error ? (
        <p role="alert" className={styles.failure}>
          {errorText(state.error)}
        </p>
      ) : null}
      <Button onClick={onCancel}>{t('cancel')}</Button>
      <Button type="submit" form={formId} variant="primary">
        {t('save')}
      </Button>
    </Fragment>
  )
}
