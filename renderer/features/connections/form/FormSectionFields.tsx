import { useTranslations } from 'use-intl'
import { usesTls } from '#shared/model/profile'
import type { DraftForm } from './draftForm'
import { FieldGrid } from './FieldGrid'
import { FoldedFields } from './FoldedFields'
import type { Fold, FormSection, ProfileField } from './profileField'
import styles from './profileForm.module.css'
import { profileFields } from './profileFields'

interface FormSectionFieldsProps {
  readonly form: DraftForm
  readonly section: FormSection
}

/** The fields of one section, as the list has them. */
export function FormSectionFields({ form, section }: FormSectionFieldsProps) {
  const fields = profileFields.filter((field) => field.section === section && (field.isShown?.(form) ?? true))
  return (
    <div className={styles.stack}>
      {section === 'tls' ? <TlsUnusedNote form={form} /> : null}
      {stretchesOf(fields).map(({ fold, fields: some }) =>
        fold ? (
          <FoldedFields key={fold} {...{ form, fold }} fields={some} />
        ) : (
          <FieldGrid key={some[0]?.path} form={form} fields={some} />
        ),
      )}
    </div>
  )
}

interface Stretch {
  readonly fold: Fold | undefined
  readonly fields: readonly ProfileField[]
}

/** Fields behind each other that stand in the same fold, or in none. */
const stretchesOf = (fields: readonly ProfileField[]): readonly Stretch[] =>
  fields.reduce<readonly Stretch[]>((stretches, field) => {
    const last = stretches.at(-1)
    return last && last.fold === field.fold
      ? [...stretches.slice(0, -1), { ...last, fields: [...last.fields, field] }]
      : [...stretches, { fold: field.fold, fields: [field] }]
  }, [])

function TlsUnusedNote({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  const { scheme } = form.draft.profile
  return usesTls(scheme) ? null : <p className={styles.note}>{t('tlsUnused', { scheme })}</p>
}
