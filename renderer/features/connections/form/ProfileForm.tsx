import { useEffect, useId, useRef, type SubmitEvent, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useApp } from '../../../state/useApp'
import { classes } from '../../../ui/classes'
import { Dialog } from '../../../ui/Dialog'
import { useLeaving } from '../../../ui/DiscardQuestion'
import { DoctorDialog } from '../doctor/DoctorDialog'
import { problemCount } from './formSections'
import { FormSectionFields } from './FormSectionFields'
import { FormFooter } from './FormFooter'
import { PasteField } from './PasteField'
import { formSections } from './profileField'
import { connectionTestState } from './connectionTestState'
import styles from './profileForm.module.css'
import { profileFormState, type OpenProfileForm } from './profileFormState'
import { TestNote } from './TestNote'
import { useOpenForm, type OpenFormState } from './useOpenForm'

/** The form of a new or an existing connection, while one is open. */
export function ProfileForm() {
  const opened = useApp(profileFormState, (state) => state.opened)
  return opened ? <OpenForm key={opened.profile.id} opened={opened} /> : null
}

function OpenForm({ opened }: { readonly opened: OpenProfileForm }) {
  const t = useTranslations('profile')
  const close = useApp(profileFormState, (form) => form.close)
  const state = useOpenForm(opened)
  const isNew = opened.entry === null
  // Its first control takes an address, and fills the others with it.
  const isBlank = isNew && opened.field === undefined
  const stopTest = useApp(connectionTestState, (test) => test.stop)
  const leaving = useLeaving({ isChanged: () => state.dirty, close })
  const formId = useId()
  const body = useRef<HTMLDivElement>(null)
  const { stoppedAt } = state

  useEffect(() => {
    if (stoppedAt) fieldIn(body.current, stoppedAt.path)?.focus()
  }, [stoppedAt])

  // What was tested is forgotten with the form.
  useEffect(() => stopTest, [stopTest])

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    leaving.takeBack()
    void state.save(isNew ? 'connect' : 'close')
  }
  return (
    <Dialog
      title={opened.entry ? t('edit') : t('new')}
      open
      onClose={leaving.leave}
      size="large"
      firstFocus={() => (isBlank ? null : fieldIn(body.current, opened.field ?? 'name'))}
      footer={<FormFooter {...{ state, formId, isNew, leaving }} />}
    >
      <form id={formId} noValidate className={styles.form} onSubmit={submit} onKeyDown={submitOnControlEnter}>
        {opened.profile.kind === 'local' ? null : (
          <PasteField
            form={state.form}
            reading={state.reading}
            onPutAway={state.putReadingAway}
            keepsMessage={state.keepsMessage}
            onKeepMessage={state.keepMessage}
          />
        )}
        <div ref={body} className={styles.body}>
          <h3 className="visually-hidden">{t(`sections.${state.section}`)}</h3>
          <FormSectionFields form={state.form} section={state.section} />
        </div>
        <SectionList state={state} />
        <TestNote test={state.test} onRemedy={state.tryRemedy} />
      </form>
      <DoctorDialog inForm />
    </Dialog>
  )
}

function SectionList({ state }: { readonly state: OpenFormState }) {
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

/** Ctrl/Cmd+Enter saves also from where Enter means a new line. */
const submitOnControlEnter = (event: KeyboardEvent<HTMLFormElement>) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  event.currentTarget.requestSubmit()
}

/** The control of a field, by its dotted path into the profile: its own, or the first of several. Its fold opens. */
const fieldIn = (body: HTMLElement | null, path: string): HTMLElement | null => {
  const control = controlIn(body, path)
  const fold = control?.closest('details')
  if (fold) fold.open = true
  return control
}

const controlIn = (body: HTMLElement | null, path: string): HTMLElement | null => {
  const name = CSS.escape(path)
  const controls = `:is(input, select, textarea, button):not(:disabled)`
  return (
    body?.querySelector<HTMLElement>(`[data-path="${name}"]`) ??
    body?.querySelector<HTMLElement>(`[data-field="${name}"] ${controls}`) ??
    null
  )
}
