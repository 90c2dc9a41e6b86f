import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { cloudPresets, missingFields, type CloudPreset, type CloudValues } from '#shared/cloud/cloudPresets'
import { signingMethods } from '#shared/model/signing'
import { Button } from '../../../ui/Button'
import { SelectField, TextField } from '../../../ui/fields'
import styles from './cloud.module.css'
import type { DraftForm } from './draftForm'
import { withCloudService } from './pastedConnection'

/** Fills the form with what a cloud service wants, and says what it allows. */
export function CloudServiceField({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('cloud')
  const ofProfile = useTranslations('profile')
  const [preset, setPreset] = useState<CloudPreset | null>(null)
  return (
    <div className={styles.service}>
      <SelectField
        label={t('service')}
        hint={t('hint')}
        value={preset?.id ?? ''}
        disabled={form.draft.profile.kind === 'local'}
        options={[
          { value: '', label: t('choose') },
          ...cloudPresets.map(({ id }) => ({ value: id, label: t(`presets.${id}.name`) })),
        ]}
        onChange={(id) => setPreset(cloudPresets.find((one) => one.id === id) ?? null)}
      />
      {preset ? <PresetFields key={preset.id} preset={preset} form={form} /> : null}
      <SelectField
        label={ofProfile('fields.signing.method')}
        hint={ofProfile('signingHint')}
        value={form.draft.profile.signing.method}
        options={signingMethods.map((value) => ({ value, label: ofProfile(`signingMethods.${value}`) }))}
        onChange={(method) => form.setValue('signing.method', method)}
      />
    </div>
  )
}

function PresetFields({ preset, form }: { readonly preset: CloudPreset; readonly form: DraftForm }) {
  const t = useTranslations('cloud')
  const [values, setValues] = useState<CloudValues>({})
  const [isTried, setIsTried] = useState(false)
  const [isFilled, setIsFilled] = useState(false)
  const missing = missingFields(preset, values)
  const fill = () => {
    setIsTried(true)
    if (missing.length > 0) return
    form.change((draft) => withCloudService(draft, preset, values))
    setIsFilled(true)
  }
  return (
    <div role="group" aria-label={t(`presets.${preset.id}.name`)} className={styles.preset}>
      <p className={styles.text}>{t(`presets.${preset.id}.text`)}</p>
      {preset.fields.map(({ field, example, isOptional }) => (
        <TextField
          key={field}
          label={isOptional === true ? t('optional', { field: t(`fields.${field}`) }) : t(`fields.${field}`)}
          value={values[field] ?? ''}
          mono
          placeholder={example}
          error={isTried && missing.includes(field) ? t('missing') : null}
          onChange={(value) => {
            setValues({ ...values, [field]: value })
            setIsFilled(false)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            // Enter fills the fields, and saves them not yet.
            event.preventDefault()
            event.stopPropagation()
            fill()
          }}
        />
      ))}
      <div className={styles.verbs}>
        <Button onClick={fill}>{t('fill')}</Button>
        <span role="status">{isFilled ? t('filled') : ''}</span>
      </div>
    </div>
  )
}
