import { useTranslations } from 'use-intl'
import { CheckField, SelectField } from '../../../ui/fields'
import { DraftFile, DraftText } from './draftFields'
import type { DraftForm } from './draftForm'
import type { FieldWords, ProfileField } from './profileField'
import styles from './profileForm.module.css'
import { valueAt } from './profilePaths'

interface FieldGridProps {
  readonly form: DraftForm
  readonly fields: readonly ProfileField[]
}

/** Fields beside and below each other, in their order. */
export function FieldGrid({ form, fields }: FieldGridProps) {
  return (
    <div className={styles.grid}>
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
