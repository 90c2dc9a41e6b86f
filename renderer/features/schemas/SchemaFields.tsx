import { FileUp, FolderOpen } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import {
  avroFramings,
  largestSchemaId,
  schemaKinds,
  type BoundSchema,
  type SchemaChoice,
  type SchemaKind,
} from '#shared/model/payloadRule'
import { payloadRulesState, useSchema } from '../../state/payloadRules'
import { useApp } from '../../state/useApp'
import { Button } from '../../ui/Button'
import { SelectField, TextField } from '../../ui/fields'
import { VisibleText } from '../../ui/VisibleText'
import { SchemaProblems } from './SchemaProblems'
import styles from './schemas.module.css'

interface FieldsProps {
  readonly schema: BoundSchema
  /** One has tried to save without a file. */
  readonly isMissed: boolean
  readonly onChange: (schema: BoundSchema) => void
}

interface SchemaFieldsProps extends Pick<FieldsProps, 'isMissed'> {
  readonly schema: BoundSchema | undefined
  readonly onChange: (schema: BoundSchema | undefined) => void
}

/** The schema that payloads have, and what its kind needs to be read. */
export function SchemaFields({ schema, isMissed, onChange }: SchemaFieldsProps) {
  const t = useTranslations('schemas')
  return (
    <>
      <SelectField
        label={t('kind')}
        value={schema?.kind ?? 'none'}
        options={[
          ...schemaKinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
          { value: 'none' as const, label: t('noSchema') },
        ]}
        onChange={(kind) => onChange(kind === 'none' ? undefined : emptySchema(kind))}
      />
      {schema ? <FileField schema={schema} isMissed={isMissed} onChange={onChange} /> : null}
      {isMissed && !schema ? (
        <p role="alert" className={styles.missed}>
          {t('decoderOrSchema')}
        </p>
      ) : null}
      {schema?.kind === 'protobuf' ? (
        <MessageTypeField schema={schema} onChange={(messageType) => onChange({ ...schema, messageType })} />
      ) : null}
      {schema?.kind === 'avro' ? <FramingFields schema={schema} onChange={onChange} /> : null}
      {schema && schema.path !== '' ? <SchemaProblems schema={schema} /> : null}
    </>
  )
}

interface TypeFieldProps {
  readonly schema: BoundSchema & { readonly kind: 'protobuf' }
  readonly onChange: (messageType: string) => void
}

/** One of the messages of the schema; where it cannot be read, a name that may be in it later. */
function MessageTypeField({ schema, onChange }: TypeFieldProps) {
  const t = useTranslations('schemas')
  const loaded = useSchema(schema.path === '' ? null : schema)
  const { messageType } = schema
  if (loaded?.status !== 'protobuf')
    return (
      <TextField label={t('messageType')} value={messageType} mono hint={t('messageTypeHint')} onChange={onChange} />
    )
  const known = loaded.names.includes(messageType) ? loaded.names : [messageType, ...loaded.names]
  return (
    <SelectField
      label={t('messageType')}
      value={messageType}
      options={known.map((value) => ({ value, label: value === '' ? t('firstType') : value }))}
      onChange={onChange}
    />
  )
}

interface FramingProps {
  readonly schema: BoundSchema & { readonly kind: 'avro' }
  readonly onChange: (schema: BoundSchema) => void
}

/** No schema of a registry has it: a rule with a wrong id is not saved. */
const wrongId = -1

/** What stands before the data of Avro. */
function FramingFields({ schema, onChange }: FramingProps) {
  const t = useTranslations('schemas')
  const { framing = 'none', schemaId = 0 } = schema
  const [typed, setTyped] = useState(String(schemaId))
  const idIn = (text: string) => schemaIdOf(text) ?? wrongId
  const changeId = (text: string) => {
    setTyped(text)
    onChange({ ...schema, schemaId: idIn(text) })
  }
  return (
    <>
      <SelectField
        label={t('framing')}
        value={framing}
        options={avroFramings.map((value) => ({ value, label: t(`framings.${value}`) }))}
        onChange={(chosen) =>
          onChange({ ...schema, framing: chosen, schemaId: chosen === 'confluent' ? idIn(typed) : 0 })
        }
      />
      {framing === 'confluent' ? (
        <TextField
          label={t('schemaId')}
          value={typed}
          inputMode="numeric"
          mono
          error={schemaIdOf(typed) === null ? t('schemaIdRange', { most: largestSchemaId }) : null}
          onChange={changeId}
        />
      ) : null}
    </>
  )
}

const schemaIdOf = (typed: string): number | null =>
  /^\d{1,10}$/.test(typed.trim()) && Number(typed) <= largestSchemaId ? Number(typed) : null

function FileField({ schema, isMissed, onChange }: FieldsProps) {
  const t = useTranslations('schemas')
  const choose = useApp(payloadRulesState, (state) => state.choose)
  const take = async (choice: SchemaChoice) => {
    const chosen = await choose(choice)
    if (chosen) onChange({ ...schema, path: chosen.path })
  }
  return (
    <div className={styles.file}>
      <span className={styles.fileLabel}>{t('file')}</span>
      <div className={styles.fileRow}>
        <span className={styles.path} data-path={schema.path}>
          {schema.path === '' ? t('noFile') : <VisibleText text={schema.path} />}
        </span>
        <Button icon={<FileUp size={14} aria-hidden />} onClick={() => void take(schema.kind)}>
          {t('chooseFile')}
        </Button>
        {schema.kind === 'protobuf' ? (
          <Button icon={<FolderOpen size={14} aria-hidden />} onClick={() => void take('protobufFolder')}>
            {t('chooseFolder')}
          </Button>
        ) : null}
      </div>
      {isMissed && schema.path === '' ? (
        <p role="alert" className={styles.missed}>
          {t('fileNeeded')}
        </p>
      ) : (
        <p className={styles.hint}>{t('fileHint')}</p>
      )}
    </div>
  )
}

export const emptySchema = (kind: SchemaKind): BoundSchema =>
  kind === 'protobuf' ? { kind, path: '', messageType: '' } : { kind, path: '' }
