import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { QosField } from '../../../mqttUi/QosField'
import { useProblemText } from './draftFields'
import type { DraftForm } from './draftForm'
import styles from './profileForm.module.css'

export function WillQosField({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  return (
    <QosField
      label={t('fields.willQos')}
      wording="promise"
      value={form.draft.profile.will.qos}
      onChange={(qos) => form.setValue('will.qos', qos)}
    />
  )
}

export function WillPayloadField({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  const id = useId()
  const problem = useProblemText(form)('will.payload')
  return (
    <>
      <label htmlFor={id} className={styles.label}>
        {t('fields.will.payload')}
      </label>
      <textarea
        id={id}
        rows={5}
        spellCheck={false}
        className={styles.textarea}
        value={form.draft.profile.will.payload}
        onChange={(event) => form.setText('will.payload', event.target.value)}
        onBlur={() => form.leave('will.payload', form.draft.profile.will.payload)}
        data-path="will.payload"
        {...(problem === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-note` })}
      />
      {problem === undefined ? null : (
        <p id={`${id}-note`} role="alert" className={styles.failure}>
          {problem}
        </p>
      )}
    </>
  )
}
