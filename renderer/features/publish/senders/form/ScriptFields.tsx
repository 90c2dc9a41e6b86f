import { useTranslations } from 'use-intl'
import { scriptsState } from '../../../../state/scripts'
import { useApp } from '../../../../state/useApp'
import { SelectField } from '../../../../ui/fields'
import styles from '../senders.module.css'
import type { FormProps } from './formProps'
import { useProblemText } from './useProblemText'

/** Which script makes the messages. A plan without a name gets that of its script. */
export function ScriptFields({ form, change, problems, tried }: FormProps) {
  const t = useTranslations('senders')
  const problemText = useProblemText(tried)
  const scripts = useApp(scriptsState, (state) => state.scripts)
  const known = scripts.some(({ id }) => id === form.scriptId)
  const options = [
    ...(known ? [] : [{ value: '', label: t('chooseScript') }]),
    ...scripts.map(({ id, name }) => ({ value: id, label: name })),
  ]
  const choose = (scriptId: string) => {
    const name = scripts.find(({ id }) => id === scriptId)?.name ?? ''
    change(form.name === '' ? { scriptId, name } : { scriptId })
  }
  return (
    <div className={styles.nameLine}>
      <SelectField
        label={t('script')}
        value={known ? form.scriptId : ''}
        options={options}
        error={problemText(problems.fields.script)}
        hint={t('scriptHint')}
        onChange={choose}
      />
    </div>
  )
}
