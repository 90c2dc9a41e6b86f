import { useTranslations } from 'use-intl'
import { SelectField, TextField } from '../../../../ui/fields'
import styles from '../senders.module.css'
import type { FormProps } from './formProps'
import { useProblemText } from './useProblemText'

/** How many devices the messages are from, and whether each has a connection of its own. */
export function DevicesSection({ form, change, problems, tried }: FormProps) {
  const t = useTranslations('senders')
  const textOf = useProblemText(tried)
  const { fields } = problems
  return (
    <fieldset className={styles.section}>
      <legend>{t('who')}</legend>
      <div className={styles.pair}>
        <TextField
          label={t('devices')}
          value={form.devices}
          inputMode="numeric"
          mono
          error={textOf(fields.devices)}
          onChange={(devices) => change({ devices })}
        />
        <SelectField
          label={t('clients')}
          value={form.clients}
          options={(['shared', 'own'] as const).map((value) => ({ value, label: t(`clientKinds.${value}`) }))}
          onChange={(clients) => change({ clients })}
        />
      </div>
      {form.clients === 'own' ? (
        <TextField
          label={t('clientId')}
          value={form.clientId}
          mono
          placeholder={t('clientIdExample')}
          error={textOf(fields.clientId)}
          onChange={(clientId) => change({ clientId })}
        />
      ) : null}
      <p className={styles.hint}>{t('devicesHint', { n: '{{ n }}' })}</p>
    </fieldset>
  )
}
