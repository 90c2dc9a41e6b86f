import { useTranslations } from 'use-intl'
import type { Qos } from '#shared/model/qos'
import { SelectField } from '../../../ui/fields'

const qosTexts = ['0', '1', '2'] as const
const qosOf = (text: (typeof qosTexts)[number]): Qos => (text === '0' ? 0 : text === '1' ? 1 : 2)

interface QosFieldProps {
  readonly label: string
  readonly value: Qos
  readonly onChange: (qos: Qos) => void
  readonly hideLabel?: boolean
}

export function QosField({ label, value, onChange, hideLabel }: QosFieldProps) {
  const t = useTranslations('profile')
  return (
    <SelectField
      label={label}
      hideLabel={hideLabel}
      value={qosTexts[value]}
      onChange={(text) => onChange(qosOf(text))}
      options={qosTexts.map((text) => ({ value: text, label: t(`qos.${text}`) }))}
    />
  )
}
