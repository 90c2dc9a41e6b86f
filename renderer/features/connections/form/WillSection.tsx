import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { CheckField } from '../../../ui/fields'
import { DraftText, QosField } from './draftFields'
import styles from './profileForm.module.css'
import type { DraftForm } from './useProfileDraft'

function PayloadField({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  const id = useId()
  return (
    <div className={styles.whole}>
      <label htmlFor={id} className={styles.label}>
        {t('fields.will.payload')}
      </label>
      <textarea
        id={id}
        rows={5}
        spellCheck={false}
        className={styles.textarea}
        value={form.draft.texts['will.payload']}
        onChange={(event) => form.setText('will.payload', event.target.value)}
      />
    </div>
  )
}

export function WillSection({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  const { draft } = form
  return (
    <div className={styles.grid}>
      <div className={styles.whole}>
        <CheckField
          label={t('fields.willEnabled')}
          checked={draft.willEnabled}
          onChange={(willEnabled) => form.change({ willEnabled })}
          hint={t('willHint')}
        />
      </div>
      {draft.willEnabled ? (
        <>
          <div className={styles.twoThirds}>
            <DraftText form={form} path="will.topic" mono />
          </div>
          <div className={styles.third}>
            <QosField
              label={t('fields.willQos')}
              value={draft.willQos}
              onChange={(willQos) => form.change({ willQos })}
            />
          </div>
          <PayloadField form={form} />
          <div className={styles.whole}>
            <CheckField
              label={t('fields.willRetain')}
              checked={draft.willRetain}
              onChange={(willRetain) => form.change({ willRetain })}
            />
          </div>
        </>
      ) : null}
    </div>
  )
}
