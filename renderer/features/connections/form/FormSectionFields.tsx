import { useTranslations } from 'use-intl'
import { usesTls } from '#shared/model/profile'
import { CheckField, SelectField } from '../../../ui/fields'
import { DraftFile, DraftText } from './draftFields'
import type { DraftForm } from './draftForm'
import type { FormSection, ProfileField, FieldWords } from './profileField'
import styles from './profileForm.module.css'
import { profileFields } from './profileFields'
import { valueAt } from './profilePaths'

interface FormSectionFieldsProps {
  readonly form: DraftForm
  readonly section: FormSection
}

/** The fields of one section, as the list has them. */
export function FormSectionFields({ form, section }: FormSectionFieldsProps) {
  const fields = profileFields.filter((field) => field.section === section && (field.isShown?.(form) ?? true))
  return (
    <div className={styles.grid}>
      {section === 'tls' ? <TlsUnusedNote form={form} /> : null}
      {placesOf(fields).map((inPlace) => (
        <div key={inPlace[0].path} className={styles[inPlace[0].width]}>
          {inPlace.map((field) => (
            <div key={field.path} data-field={field.path}>
              <Field form={form} field={field} />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}

type Place = readonly [ProfileField, ...ProfileField[]]

/** Each field with those that join it. */
const placesOf = (fields: readonly ProfileField[]): readonly Place[] =>
  fields.reduce<readonly Place[]>((places, field) => {
    const last = places.at(-1)
    return field.joins && last ? [...places.slice(0, -1), [...last, field]] : [...places, [field]]
  }, [])

function Field({ form, field }: { readonly form: DraftForm; readonly field: ProfileField }) {
  const t = useTranslations('profile')
  if (field.kind === 'own') return <field.Component form={form} />
  const hintKey = field.hint === undefined ? undefined : wordsOf(field.hint, form)
  const common = {
    label: t(wordsOf(field.label, form)),
    hint: hintKey === undefined ? undefined : t(hintKey),
    disabled: field.isDisabled?.(form) ?? false,
  }
  const value = valueAt(form.draft.profile, field.path)
  switch (field.kind) {
    case 'text':
      return (
        <DraftText
          {...{ form, ...common }}
          path={field.path}
          mono={field.mono ?? false}
          placeholder={field.placeholder === undefined ? undefined : t(field.placeholder)}
        />
      )
    case 'number':
      return <DraftText {...{ form, ...common }} path={field.path} mono={field.mono ?? false} inputMode="numeric" />
    case 'file':
      return <DraftFile {...{ form, ...common }} path={field.path} />
    case 'check':
      return (
        <CheckField
          {...common}
          checked={value === true}
          onChange={(checked) => form.setValue(field.path, checked)}
          path={field.path}
        />
      )
    case 'select':
      return (
        <SelectField
          {...common}
          value={String(value)}
          onChange={(chosen) => form.setValue(field.path, chosen)}
          options={field.options.map((option) => ({
            value: option,
            label: field.wordsOf ? t(field.wordsOf(option)) : option,
          }))}
        />
      )
  }
}

const wordsOf = <Key extends string | undefined>(words: FieldWords<Key>, form: DraftForm): Key =>
  typeof words === 'function' ? words(form) : words

function TlsUnusedNote({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  const { scheme } = form.draft.profile
  return usesTls(scheme) ? null : <p className={styles.note}>{t('tlsUnused', { scheme })}</p>
}
