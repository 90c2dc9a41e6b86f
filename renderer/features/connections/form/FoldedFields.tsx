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

/**
 * Fields behind a fold. It is open from the start where one of them is not as usual, and opens where one has a problem; else a person
 * opens it. It closes by hand only: not under the hand that mends the problem.
 */
export function FoldedFields({ form, fold, fields }: FoldedFieldsProps) {
  const t = useTranslations('profile')
  const [isOpen, setOpen] = useState(() => !fields.every(({ path }) => isUsual(form, path)))
  const hasProblem = fields.some(({ path }) => form.problemOf(path) !== undefined)
  return (
    <details
      className={styles.fold}
      open={isOpen || hasProblem}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t(`folds.${fold}`)}</summary>
      <p className={styles.explanation}>{t(`foldHints.${fold}`)}</p>
      <FieldGrid form={form} fields={fields} />
    </details>
  )
}

const usual = newProfile({ id: 'usual' })
const isUsual = ({ draft }: DraftForm, path: string) =>
  JSON.stringify(valueAt(draft.profile, path)) === JSON.stringify(valueAt(usual, path))
