import { useTranslations } from 'use-intl'
import type { Qos } from '#shared/model/qos'
import { SelectField } from '../ui/fields'

const levels = ['0', '1', '2'] as const

interface QosFieldProps {
  readonly value: Qos
  readonly onChange: (qos: Qos) => void
  /** Absent = "QoS". */
  readonly label?: string
  readonly hideLabel?: boolean
  /** Says beside each level what it means (MQTT 5 §4.3). */
  readonly explained?: boolean
}

export function QosField({ value, onChange, label, hideLabel = false, explained = false }: QosFieldProps) {
  const t = useTranslations('subscriptions')
  const explain = useTranslations('profile')
  return (
    <SelectField
      label={label ?? t('qos')}
      hideLabel={hideLabel}
      value={levels[value]}
      onChange={(level) => onChange(qosOf(level))}
      options={levels.map((level) => ({
        value: level,
        label: explained ? explain(`qos.${level}`) : t('qosLevel', { level }),
      }))}
    />
  )
}

const qosOf = (level: (typeof levels)[number]): Qos => (level === '0' ? 0 : level === '1' ? 1 : 2)
