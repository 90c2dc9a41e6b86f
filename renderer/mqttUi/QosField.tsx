import { useTranslations } from 'use-intl'
import type { Qos } from '#shared/model/qos'
import { SelectField } from '../ui/fields'

const levels = ['0', '1', '2'] as const
type Level = (typeof levels)[number]

const qosOf: Readonly<Record<Level, Qos>> = { '0': 0, '1': 1, '2': 2 }

/** What an option says: '1', 'QoS 1' where no label stands beside it, or '1 at least once' where there is room. */
type Wording = 'number' | 'name' | 'promise'

interface QosFieldProps {
  readonly label: string
  readonly value: Qos
  readonly onChange: (qos: Qos) => void
  readonly hideLabel?: boolean
  readonly wording: Wording
}

export function QosField({ label, value, onChange, hideLabel = false, wording }: QosFieldProps) {
  const names = useTranslations('subscriptions')
  const promises = useTranslations('profile')
  const words: Readonly<Record<Wording, (level: Level) => string>> = {
    number: (level) => level,
    name: (level) => names('qosLevel', { level }),
    promise: (level) => promises(`qos.${level}`),
  }
  return (
    <SelectField
      label={label}
      hideLabel={hideLabel}
      value={levels[value]}
      onChange={(level) => onChange(qosOf[level])}
      options={levels.map((level) => ({ value: level, label: words[wording](level) }))}
    />
  )
}
