import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { newProfile } from '#shared/model/profile'
import type { DraftForm } from './draftForm'
import { FieldGrid } from './FieldGrid'
import type { Fold, ProfileField } from './profileField'
import styles from './profileForm.module.css'
import { valueAt } from './profilePaths'

interface FoldedFieldsProps {
  readonly form: DraftForm
  readonly fold: Fold
  readonly fields: readonly ProfileField[]
}

/** Fields behind a fold. It is open where one of them is not as usual or has a problem; else a person opens it. */
export function FoldedFields({ form, fold, fields }: FoldedFieldsProps) {
  const t = useTranslations('profile')
  const [wasUsual] = useState(() => fields.every(({ path }) => isUsual(form, path)))
  const hasProblem = fields.some(({ path }) => form.problemOf(path) !== undefined)
  return (
    <details className={styles.fold} open={!wasUsual || hasProblem || undefined}>
      <summary>{t(`folds.${fold}`)}</summary>
      <p className={styles.explanation}>{t(`foldHints.${fold}`)}</p>
      <FieldGrid form={form} fields={fields} />
    </details>
  )
}

const usual = newProfile({ id: 'usual' })
const isUsual = ({ draft }: DraftForm, path: string) =>
  JSON.stringify(valueAt(draft.profile, path)) === JSON.stringify(valueAt(usual, path))
