import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { charsets } from '#shared/decoding/charsets'
import { readDecoderName } from '#shared/decoding/decodeAs'
import { decoders } from '#shared/decoding/decoders'
import type { PayloadRule } from '#shared/model/payloadRule'
import { SelectField, TextField } from '../../ui/fields'

interface FieldsProps {
  readonly rule: Pick<PayloadRule, 'decoder' | 'charset'>
  readonly onChange: (changed: Pick<PayloadRule, 'decoder' | 'charset'>) => void
}

/** What is wrong with the name of a decoder: the part of it that is unknown or ill-formed; null = nothing. */
export const decoderProblem = ({ decoder }: Pick<PayloadRule, 'decoder'>): string | null => {
  if (decoder === undefined) return null
  const read = readDecoderName(decoder)
  return read.ok ? null : (read.problem ?? read.part)
}

/** Decoders that read texts. */
const ofTexts: ReadonlySet<string> = new Set(['text', 'json', 'json-lines', 'csv', 'xml', 'influx'])

/** How payloads are decoded: by the name of a decoder, which may have others in front of it, and what it needs. */
export function DecoderFields({ rule, onChange }: FieldsProps) {
  const t = useTranslations('schemas')
  const listId = useId()
  const { decoder, charset = 'utf-8' } = rule
  const read = decoder === undefined ? null : readDecoderName(decoder)
  const problem = decoderProblem(rule)
  return (
    <>
      <TextField
        label={t('decoder')}
        value={decoder ?? ''}
        mono={decoder !== undefined}
        list={listId}
        placeholder={t('automatic')}
        hint={t('decoderHint')}
        error={problem === null ? null : t('decoderProblem', { problem })}
        onChange={(typed) => onChange({ decoder: typed.trim() === '' ? undefined : typed.trimStart() })}
      />
      <datalist id={listId}>
        {decoders.map(({ name, argumentProblem }) => (
          <option key={name} value={argumentProblem ? `${name}:` : name} />
        ))}
      </datalist>
      {read?.ok && ofTexts.has(read.chain.decoder.name) ? (
        <SelectField
          label={t('charset')}
          value={charset}
          options={charsets.map((value) => ({ value, label: value }))}
          onChange={(chosen) => onChange({ charset: chosen })}
        />
      ) : null}
    </>
  )
}
