import { Variable } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { environmentsState, useEnvironmentInUse } from '../../../state/environments'
import { useApp } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { IconButton } from '../../../ui/IconButton'
import { SelectField } from '../../../ui/fields'
import styles from './templates.module.css'

/** Which environment the templates of the connection have, and the way to change what is in it. */
export function EnvironmentSelect() {
  const t = useTranslations('publish.template')
  const { id } = useConnectionObject()
  const { all, use, edit } = useApp(environmentsState, (state) => state)
  const inUse = useEnvironmentInUse()
  return (
    <div className={styles.environment} title={t('environment')}>
      <SelectField
        label={t('environment')}
        value={inUse?.id ?? ''}
        options={[
          { value: '', label: t('noEnvironment') },
          ...all.map((one) => ({ value: one.id, label: visibleName(one.name) })),
        ]}
        onChange={(environmentId) => void use(id, environmentId)}
      />
      <IconButton label={t('editEnvironments')} icon={<Variable size={14} />} onClick={edit} />
    </div>
  )
}
