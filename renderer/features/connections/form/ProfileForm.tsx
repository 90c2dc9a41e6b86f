import { Fragment, useEffect, useId, useRef, useState, type SubmitEvent, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useErrorText } from '../../../i18n/useErrorText'
import { useApp } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { classes } from '../../../ui/classes'
import { Dialog } from '../../../ui/Dialog'
import { problemCount } from './formSections'
import { FormSectionFields } from './FormSectionFields'
import { formSections } from './profileField'
import styles from './profileForm.module.css'
import { profileFormState, type OpenProfileForm } from './profileFormState'
import { useProfileDraft, type ProfileDraftState } from './useProfileDraft'

/** The form of a new or an existing connection, while one is open. */
export function ProfileForm() {
  const opened = useApp(profileFormState, (state) => state.opened)
  return opened ? <OpenForm key={opened.profile.id} opened={opened} /> : null
}

function OpenForm({ opened }: { readonly opened: OpenProfileForm }) {
  const t = useTranslations('profile')
  const close = useApp(profileFormState, (form) => form.close)
  const state = useProfileDraft(opened)
  const [leaving, setLeaving] = useState(false)
  const formId = useId()
  const body = useRef<HTMLDivElement>(null)
  const left = useRef<Element | null>(null)
  const { stoppedAt } = state

  useEffect(() => {
    if (stoppedAt) fieldIn(body.current, stoppedAt.path)?.focus()
  }, [stoppedAt])

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setLeaving(false)
    void state.save()
  }
  const ask = () => {
    left.current = document.activeElement
    setLeaving(true)
  }
  const stay = () => {
    setLeaving(false)
    if (left.current instanceof HTMLElement) left.current.focus()
  }
  // Escape and Cancel leave an untouched form, ask once about a changed one, and Escape takes the question back.
  const leave = () => {
    if (leaving) stay()
    else if (state.dirty) ask()
    else close()
  }
  return (
    <Dialog
      title={opened.entry ? t('edit') : t('new')}
      open
      onClose={leave}
      size="large"
      firstFocus={() => (opened.field === undefined ? null : fieldIn(body.current, opened.field))}
      footer={<FormFooter {...{ state, formId, leaving }} onStay={stay} onCancel={leave} />}
    >
      <form id={formId} noValidate className={styles.form} onSubmit={submit} onKeyDown={submitOnControlEnter}>
        <div ref={body} className={styles.body}>
          <h3 className="visually-hidden">{t(`sections.${state.section}`)}</h3>
          <FormSectionFields form={state.form} section={state.section} />
        </div>
        {/* Behind the fields, so that the dialog opens with the cursor in the first of them. */}
        <SectionList state={state} />
      </form>
    </Dialog>
  )
}

function SectionList({ state }: { readonly state: ProfileDraftState }) {
  const t = useTranslations('profile')
  return (
    <ul className={styles.sectionList}>
      {formSections.map((section) => {
        const problems = problemCount(state.shownProblems, section)
        return (
          <li key={section}>
            <button
              type="button"
              className={classes(styles.sectionButton, problems > 0 && styles.withProblem)}
              aria-current={section === state.section ? 'true' : undefined}
              onClick={() => state.showSection(section)}
            >
              {t(`sections.${section}`)}
              {problems > 0 ? (
                <span className={styles.problemCount} title={t('problemCount', { count: problems })}>
                  {problems}
                </span>
              ) : null}
            </button>
          </li>
        )
      })}
    </ul>
  )
}

interface FooterProps {
  readonly state: ProfileDraftState
  readonly formId: string
  readonly leaving: boolean
  readonly onStay: () => void
  readonly onCancel: () => void
}

function FormFooter({ state, formId, leaving, onStay, onCancel }: FooterProps) {
  const t = useTranslations('profile')
  const errorText = useErrorText()
  const close = useApp(profileFormState, (form) => form.close)
  // Keys: else the buttons would be the same two with new words, and the focus would not go to the question.
  if (leaving)
    return (
      <Fragment key="question">
        <p role="alert" className={classes(styles.footerText, styles.question)}>
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
      {state.failure ? (
        <p role="alert" className={classes(styles.footerText, styles.failure)}>
          {errorText(state.failure)}
        </p>
      ) : null}
      <Button onClick={onCancel}>{t('cancel')}</Button>
      <Button type="submit" form={formId} variant="primary" disabled={state.busy}>
        {t('save')}
      </Button>
    </Fragment>
  )
}

/** Ctrl/Cmd+Enter saves also from where Enter means a new line. */
const submitOnControlEnter = (event: KeyboardEvent<HTMLFormElement>) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  event.currentTarget.requestSubmit()
}

/** The control of a field, by its dotted path into the profile. */
const fieldIn = (body: HTMLElement | null, path: string): HTMLElement | null =>
  body?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`) ?? null
