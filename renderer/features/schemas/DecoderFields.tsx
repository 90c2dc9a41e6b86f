import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { charsets } from '#shared/decoding/charsets'
import { readDecoderName } from '#shared/decoding/decodeAs'
import { decoders } from '#shared/decoding/decoders'
import type { PayloadRule } from '#shared/model/payloadRule'
import { SelectField, TextField } from '../../ui/fields'
import { ArgumentFields } from './ArgumentFields'
import { decoderKinds, draftOfName, nameOfDraft, noDecoder, withKind, type DecoderDraft } from './decoderDraft'
import { FrontFields } from './FrontFields'

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

/** How payloads are decoded: by fields, and by the name of a decoder, which says the same. */
export function DecoderFields({ rule, onChange }: FieldsProps) {
  const t = useTranslations('schemas')
  const { decoder, charset = 'utf-8' } = rule
  const draft = draftOfName(decoder)
  const change = (changed: DecoderDraft) => onChange({ decoder: nameOfDraft(changed) })
  return (
    <>
      <SelectField
        label={t('kindOfDecoder')}
        value={draft?.kind ?? 'asWritten'}
        options={[...decoderKinds, ...(draft ? [] : (['asWritten'] as const))].map((value) => ({
          value,
          label: t(`decoderKinds.${value}`),
        }))}
        onChange={(kind) => {
          if (kind !== 'asWritten') change(withKind(draft ?? noDecoder, kind))
        }}
      />
      {draft ? <ArgumentFields draft={draft} onChange={change} /> : null}
      {draft && ofTexts.has(draft.kind) ? (
        <SelectField
          label={t('charset')}
          value={charset}
          options={charsets.map((value) => ({ value, label: value }))}
          onChange={(chosen) => onChange({ charset: chosen })}
        />
      ) : null}
      {draft && draft.kind !== 'automatic' ? (
        <FrontFields fronts={draft.fronts} onChange={(fronts) => change({ ...draft, fronts })} />
      ) : null}
      <NameField rule={rule} onChange={onChange} />
    </>
  )
}

/** For whoever knows the names: what the fields say, and what they do not have. */
function NameField({ rule, onChange }: FieldsProps) {
  const t = useTranslations('schemas')
  const listId = useId()
  const { decoder } = rule
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
    </>
  )
}
