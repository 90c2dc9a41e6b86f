import { useTranslations } from 'use-intl'
import { numberDecoders, numberFormat, type NumberFormat } from '#shared/decoding/numberDecoders'
import { CheckField, SelectField, TextField } from '../../ui/fields'
import { decoderAvroFramings, timeUnits, type DecoderDraft } from './decoderDraft'
import styles from './schemas.module.css'

interface ArgumentProps {
  readonly draft: DecoderDraft
  readonly onChange: (draft: DecoderDraft) => void
}

/** What a decoder takes beside its name, a field each. */
export function ArgumentFields({ draft, onChange }: ArgumentProps) {
  const t = useTranslations('schemas')
  const change = (changed: Partial<DecoderDraft>) => onChange({ ...draft, ...changed })
  switch (draft.kind) {
    case 'number':
      return <NumberFields number={draft.number} onChange={(number) => change({ number })} />
    case 'unix':
      return (
        <>
          <SelectField
            label={t('timeUnit')}
            value={draft.unit}
            options={timeUnits.map((value) => ({ value, label: t(`timeUnits.${value}`) }))}
            onChange={(unit) => change({ unit })}
          />
          <NumberFields number={draft.number} mayBeDigits onChange={(number) => change({ number })} />
        </>
      )
    case 'struct':
      return (
        <TextField
          label={t('structLine')}
          value={draft.fields}
          mono
          hint={t('structHint')}
          onChange={(fields) => change({ fields })}
        />
      )
    case 'protobuf':
      return (
        <CheckField
          label={t('delimited')}
          checked={draft.isDelimited}
          hint={t('needsSchema')}
          onChange={(isDelimited) => change({ isDelimited })}
        />
      )
    case 'avro':
      return (
        <SelectField
          label={t('avroFraming')}
          value={draft.framing}
          hint={t('needsAvro')}
          options={decoderAvroFramings.map((value) => ({ value, label: t(`avroFramings.${value}`) }))}
          onChange={(framing) => change({ framing })}
        />
      )
    default:
      return null
  }
}

interface NumberProps {
  /** Such as `u16be`; '' = written in digits. */
  readonly number: string
  readonly mayBeDigits?: boolean
  readonly onChange: (number: string) => void
}

const withoutOrder = ({ kind, bits }: NumberFormat): string => `${kind}${bits}`

/** Each once, whatever its order. */
const numberTypes: readonly string[] = [
  ...new Set(
    numberDecoders.flatMap(({ name }) => {
      const format = numberFormat(name)
      return format ? [withoutOrder(format)] : []
    }),
  ),
]

function NumberFields({ number, mayBeDigits = false, onChange }: NumberProps) {
  const t = useTranslations('schemas')
  const format = numberFormat(number)
  const order = format?.isLittle ? 'le' : 'be'
  const nameOf = (type: string, wanted: 'be' | 'le') => (type === '' || /^[ui]8$/.test(type) ? type : type + wanted)
  const labelOf = (type: string) => {
    const { kind, bits } = numberFormat(type) ?? { kind: 'u', bits: 0 }
    if (bits === 0) return t('inDigits')
    return `${type}: ${t(kind === 'u' ? 'unsigned' : kind === 'i' ? 'signed' : 'float', { bits })}`
  }
  return (
    <div className={styles.pair}>
      <SelectField
        label={t('numberType')}
        value={format ? withoutOrder(format) : ''}
        options={[...(mayBeDigits ? [''] : []), ...numberTypes].map((value) => ({ value, label: labelOf(value) }))}
        onChange={(type) => onChange(nameOf(type, order))}
      />
      <SelectField
        label={t('byteOrder')}
        value={order}
        disabled={!format || format.bits === 8}
        options={(['be', 'le'] as const).map((value) => ({ value, label: t(`byteOrders.${value}`) }))}
        onChange={(chosen) => onChange(nameOf(format ? withoutOrder(format) : '', chosen))}
      />
    </div>
  )
}
