import { Copy, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { environmentLimits } from '#shared/model/environment'
import { selectKeeping, settingsState } from '../../state/settings'
import { useApp } from '../../state/useApp'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/fields'
import { IconButton } from '../../ui/IconButton'
import styles from './environments.module.css'
import { copyOf, type FormEnvironment } from './environmentsForm'
import type { EnvironmentsFormState } from './useEnvironmentsForm'
import { useNameProblem } from './useNameProblem'
import { VariableRow } from './VariableRow'

interface FieldsProps {
  readonly state: EnvironmentsFormState
  readonly environment: FormEnvironment
}

/** One environment: its name and its variables. */
export function EnvironmentFields({ state, environment }: FieldsProps) {
  const t = useTranslations('environments')
  const problemText = useNameProblem()
  const { id, name, variables } = environment
  return (
    <div className={styles.fields}>
      <div className={styles.head}>
        <TextField
          label={t('name')}
          value={name}
          maxLength={environmentLimits.name}
          error={problemText(state.problems.get(id))}
          onChange={(changed) => state.change({ ...environment, name: changed })}
        />
        <IconButton
          label={t('duplicate')}
          icon={<Copy size={14} />}
          onClick={() => state.add(copyOf(state.form, environment))}
        />
        <IconButton label={t('remove')} icon={<Trash2 size={14} />} onClick={() => state.remove(id)} />
      </div>
      <Variables state={state} environment={environment} />
      <div className={styles.below}>
        <Button
          variant="quiet"
          icon={<Plus size={14} aria-hidden />}
          disabled={variables.length >= environmentLimits.variables}
          onClick={state.addVariable}
        >
          {t('addVariable')}
        </Button>
        <SecretsNote environment={environment} />
      </div>
    </div>
  )
}

function Variables({ state, environment: { variables } }: FieldsProps) {
  const t = useTranslations('environments')
  const problemText = useNameProblem()
  if (variables.length === 0) return <p className={styles.empty}>{t('noVariables')}</p>
  return (
    <div className={styles.scroller}>
      <table aria-label={t('variables')} className={styles.table}>
        <thead>
          <tr>
            <th>{t('variable')}</th>
            <th>{t('value')}</th>
            <th>{t('secret')}</th>
            <th>
              <span className="visually-hidden">{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {variables.map((variable, place) => (
            <VariableRow
              key={variable.id}
              number={place + 1}
              variable={variable}
              problem={problemText(state.problems.get(variable.id))}
              onChange={state.changeVariable}
              onRemove={() => state.removeVariable(variable.id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What becomes of secrets on this system. */
function SecretsNote({ environment: { variables } }: Pick<FieldsProps, 'environment'>) {
  const t = useTranslations('environments')
  const keeping = useApp(settingsState, selectKeeping)
  const hasSecret = variables.some(({ secret }) => secret)
  return (
    <p className={styles.hint}>
      {hasSecret ? t(`secretsKept.${keeping}`) : t('howToUse', { example: '{{ env.host }}' })}
    </p>
  )
}
