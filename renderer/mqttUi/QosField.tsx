import { useTranslations } from 'use-intl'
import type { Qos } from '#shared/model/qos'
import { SelectField } from '../ui/fields'

const levels = ['0', '1', '2'] as const

interface QosFieldProps {
  readonly value: Qos
  readonly onChange: (qos: Qos) => void
  readonly hideLabel?: boolean
}

export function QosField({ value, onChange, hideLabel }: QosFieldProps) {
  const t = useTranslations('subscriptions')
  return (
    <SelectField
      label={t('qos')}
      hideLabel={hideLabel ?? false}
      value={levels[value]}
      onChange={(level) => onChange(Number(level) as Qos)}
      options={levels.map((level) => ({ value: level, label: t('qosLevel', { level }) }))}
    />
  )
}
