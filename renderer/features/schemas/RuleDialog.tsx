import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { payloadRuleSchema, type PayloadRule } from '#shared/model/payloadRule'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import type { TriedMessage } from '../../state/decoded'
import { dialogsState, selectDialog } from '../../state/dialogs'
import { payloadRulesState } from '../../state/payloadRules'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { SelectField, TextField } from '../../ui/fields'
import { DecoderFields, decoderProblem } from './DecoderFields'
import { FilterTopics } from './FilterTopics'
import { emptySchema, SchemaFields } from './SchemaFields'
import styles from './schemas.module.css'
import { TriedPayload } from './TriedPayload'
import { useTryOut } from './useTryOut'

/** Writes which topics are decoded how, and which schema they have. */
export function RuleDialog() {
  const asked = useApp(dialogsState, selectDialog('payloadRule'))
  return asked ? <Editor key={asked.rule.id} {...asked} /> : null
}

interface EditorProps {
  readonly rule: PayloadRule
  /** The rule that a new one is put before; null = behind the others. */
  readonly beforeId: string | null
  /** What is decoded meanwhile as the rule says; null = nothing. */
  readonly sample: TriedMessage | null
}

function Editor({ rule, beforeId, sample }: EditorProps) {
  const t = useTranslations('schemas')
  const problemText = useTranslations('filterProblems')
  const { id } = useConnectionObject()
  const put = useApp(payloadRulesState, (state) => state.put)
  const isKnown = useApp(payloadRulesState, ({ rules }) => rules.some((one) => one.id === rule.id))
  const close = useApp(dialogsState, (state) => state.close)
  const [draft, setDraft] = useState(rule)
  const [tried, setTried] = useState(false)
  const change = (changed: Partial<PayloadRule>) => setDraft({ ...draft, ...changed })
  const problem = topicFilterProblem(draft.filter)
  const save = () => {
    setTried(true)
    const read = payloadRuleSchema.safeParse(savedOf(draft))
    if (!read.success || decoderProblem(draft) !== null) return
    put(read.data, beforeId)
    close()
  }
  return (
    <Dialog
      title={t(isKnown ? 'editTitle' : 'newTitle')}
      open
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button variant="primary" onClick={save}>
            {t('save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextField
          label={t('filter')}
          value={draft.filter}
          mono
          placeholder="plant/+/temperature"
          error={problem && (tried || problem.code !== 'empty') ? problemText(problem.code) : null}
          onChange={(filter) => change({ filter })}
        />
        <FilterTopics
          {...{ rule: draft, beforeId }}
          like={sample?.topic ?? null}
          onFilter={(filter) => change({ filter })}
        />
        <SelectField
          label={t('scope')}
          value={draft.connectionId === null ? 'all' : 'here'}
          options={[
            { value: 'here', label: t('here') },
            { value: 'all', label: t('everywhere') },
          ]}
          onChange={(scope) => change({ connectionId: scope === 'all' ? null : id })}
        />
        <DecoderFields rule={draft} onChange={(changed) => change(withFittingSchema(draft, changed))} />
        {sample ? <Sample sample={sample} rule={draft} /> : null}
        <SchemaFields
          schema={draft.schema}
          isMissed={tried && draft.decoder === undefined}
          onChange={(schema) => change({ schema })}
        />
      </div>
    </Dialog>
  )
}

/** A schema without a file is none, where the rule says how payloads are decoded. */
const savedOf = ({ schema, ...rule }: PayloadRule): PayloadRule =>
  schema === undefined || (schema.path === '' && rule.decoder !== undefined) ? rule : { ...rule, schema }

/** A decoder that needs a schema offers its kind, unless a file was chosen already. */
const withFittingSchema = ({ schema }: PayloadRule, changed: Partial<PayloadRule>): Partial<PayloadRule> => {
  const [, kind] = /(?:^|\+)(protobuf|avro)\b/.exec(changed.decoder ?? '') ?? []
  const isChosen = schema !== undefined && schema.path !== ''
  if (isChosen || (kind !== 'protobuf' && kind !== 'avro') || schema?.kind === kind) return changed
  return { ...changed, schema: emptySchema(kind) }
}

interface SampleProps {
  readonly sample: TriedMessage
  readonly rule: PayloadRule
}

/** The message that the rule is made for, as the rule decodes it now. */
function Sample({ sample, rule }: SampleProps) {
  const isSound = decoderProblem(rule) === null
  const { filter, decoder, charset, schema } = rule
  const tried = useMemo(() => savedOf({ ...rule, decoder, charset, schema }), [filter, decoder, charset, schema]) // oxlint-disable-line react-hooks/exhaustive-deps
  const out = useTryOut(isSound ? sample : null, tried)
  return <TriedPayload out={out} />
}
