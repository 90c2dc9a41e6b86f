import { useTranslations } from 'use-intl'
import { hexBytes } from '#shared/model/fault'
import { SelectField, TextField } from '../../ui/fields'
import {
  codesOf,
  faultOf,
  knownCode,
  packetOptions,
  parametersOf,
  type FaultKind,
  type FaultParameters,
} from './faultDraft'

interface FieldsProps {
  readonly kind: FaultKind
  readonly parameters: FaultParameters
  readonly onChange: (change: Partial<FaultParameters>) => void
}

/** What a fault of the kind wants to know. */
export function ParameterFields(props: FieldsProps) {
  return parametersOf[props.kind].map((name) => <ParameterField key={name} name={name} {...props} />)
}

interface FieldProps extends FieldsProps {
  readonly name: keyof FaultParameters
  readonly hideLabel?: boolean
  /** Says which of several fields of one name it is. */
  readonly label?: string
}

export function ParameterField({ name, kind, parameters, onChange, hideLabel, label }: FieldProps) {
  const t = useTranslations('faults')
  const shared = { label: label ?? t(name), hideLabel }
  switch (name) {
    case 'packet':
      return (
        <SelectField
          {...shared}
          value={parameters.packet}
          options={packetOptions}
          onChange={(packet) => onChange({ packet })}
        />
      )
    case 'direction':
      return (
        <SelectField
          {...shared}
          value={parameters.direction}
          options={(['out', 'in'] as const).map((value) => ({ value, label: t(`directions.${value}`) }))}
          onChange={(direction) => onChange({ direction })}
        />
      )
    case 'how':
      return (
        <SelectField
          {...shared}
          value={parameters.how}
          options={(['fin', 'rst'] as const).map((value) => ({ value, label: t(`ways.${value}`) }))}
          onChange={(how) => onChange({ how })}
        />
      )
    case 'code':
      return (
        <SelectField
          {...shared}
          value={knownCode(parameters.packet, parameters.code)}
          options={codesOf(parameters.packet)}
          onChange={(code) => onChange({ code })}
        />
      )
    case 'hex':
      return (
        <TextField
          {...shared}
          value={parameters.hex}
          mono
          placeholder={t('hexExample')}
          error={parameters.hex !== '' && hexBytes(parameters.hex) === null ? t('noHex') : null}
          onChange={(hex) => onChange({ hex })}
        />
      )
    case 'milliseconds':
    case 'bytesPerSecond':
      return (
        <TextField
          {...shared}
          value={parameters[name]}
          mono
          inputMode="numeric"
          error={faultOf(kind, parameters) === null ? t('outOfRange') : null}
          onChange={(value) => onChange({ [name]: value })}
        />
      )
  }
}
