import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { valueAt } from './profilePaths'
import type { DraftForm } from './draftForm'
import { useProblemText } from './draftFields'
import styles from './profileForm.module.css'

type ListName = 'historyInclude' | 'historyExclude'

/** Topic Filters, one a line. */
function FilterListField({
  form,
  path,
  name,
}: {
  readonly form: DraftForm
  readonly path: string
  readonly name: ListName
}) {
  const t = useTranslations('profile')
  const id = useId()
  const problemText = useProblemText(form)
  const found = valueAt(form.draft.profile, path)
  const filters = Array.isArray(found) ? found.map(String) : []
  const problem = filters.map((_, index) => problemText(`${path}.${index}`)).find((text) => text !== undefined)
  return (
    <>
      <label htmlFor={id} className={styles.label}>
        {t(`fields.${name}`)}
      </label>
      <textarea
        id={id}
        rows={3}
        spellCheck={false}
        className={styles.textarea}
        aria-describedby={`${id}-note`}
        data-path={path}
        value={filters.join('\n')}
        onChange={(event) => form.setValue(path, linesOf(event.target.value))}
        onBlur={() => {
          const kept = filters.filter((filter) => filter !== '')
          form.setValue(path, kept)
          kept.forEach((filter, index) => form.leave(`${path}.${index}`, filter))
        }}
      />
      <p id={`${id}-note`} className={styles.listNote} role={problem === undefined ? undefined : 'alert'}>
        {problem ?? t(`${name}Hint`)}
      </p>
    </>
  )
}

export function HistoryIncludeField({ form }: { readonly form: DraftForm }) {
  return <FilterListField form={form} path="history.include" name="historyInclude" />
}

export function HistoryExcludeField({ form }: { readonly form: DraftForm }) {
  return <FilterListField form={form} path="history.exclude" name="historyExclude" />
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.split('\n'))
