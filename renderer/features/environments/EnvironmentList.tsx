import { Plus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { environmentLimits } from '#shared/model/environment'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import { VisibleName } from '../../ui/VisibleText'
import styles from './environments.module.css'
import { newEnvironment } from './environmentsForm'
import type { EnvironmentsFormState } from './useEnvironmentsForm'

/** The names of all environments; the one whose variables stand beside them is marked. */
export function EnvironmentList({ state }: { readonly state: EnvironmentsFormState }) {
  const t = useTranslations('environments')
  const { form, shown, problems } = state
  const isWrong = (id: string) =>
    problems.has(id) || form.some((one) => one.id === id && one.variables.some((variable) => problems.has(variable.id)))
  return (
    <div className={styles.side}>
      <ul aria-label={t('list')} className={styles.list}>
        {form.map(({ id, name, variables }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.item}
              aria-current={id === shown?.id ? 'true' : undefined}
              data-wrong={isWrong(id)}
              onClick={() => state.show(id)}
            >
              <span className={styles.itemName}>
                {name.trim() === '' ? t('nameless') : <VisibleName text={name} mostPieces={4} />}
              </span>
              <span className={styles.itemCount} aria-hidden>
                {formatCount(variables.filter((variable) => variable.name !== '').length)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Button
        variant="quiet"
        icon={<Plus size={14} aria-hidden />}
        disabled={form.length >= environmentLimits.environments}
        onClick={() => state.add(newEnvironment(form, { name: t('newName') }))}
      >
        {t('new')}
      </Button>
    </div>
  )
}
