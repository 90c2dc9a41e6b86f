import { useMemo } from 'react'
import { encodeAvro } from '#shared/encoding/avro/encodedAvro'
import type { SchemaFormat, SchemaWriter } from '#shared/encoding/payloadInFormat'
import { encodeProtobuf } from '#shared/encoding/protobuf/encodedProtobuf'
import type { SchemaWriters } from '#shared/model/composing'
import type { SchemaRule } from '#shared/model/payloadRule'
import { rulesOf, schemaRuleFor } from '#shared/model/ruleOrder'
import type { Connection } from './app'
import { payloadRulesState, schemaKey, type LoadedSchema, type PayloadRulesState } from './payloadRules'
import { useApp } from './useApp'
import { useConnectionObject } from './useConnection'

/** What writes payloads by the schemas that are bound to topics of a connection, as far as those are read. */
export const schemaWriters = ({ id, app }: Pick<Connection, 'id' | 'app'>): SchemaWriters =>
  writersIn(app.get(payloadRulesState), id)

/** The same, for what is drawn. */
export const useSchemaWriters = (): SchemaWriters => {
  const { id } = useConnectionObject()
  const rules = useApp(payloadRulesState, (state) => state.rules)
  const schemas = useApp(payloadRulesState, (state) => state.schemas)
  return useMemo(() => writersIn({ rules, schemas }, id), [rules, schemas, id])
}

const writersIn =
  ({ rules, schemas }: Pick<PayloadRulesState, 'rules' | 'schemas'>, connectionId: string): SchemaWriters =>
  (topic, format) => {
    const rule = schemaRuleFor(rulesOf(rules, connectionId), topic)
    const loaded = rule && schemas.get(schemaKey(rule.schema))
    return rule && loaded ? writerOf(rule, loaded, format) : null
  }

const writerOf = ({ schema }: SchemaRule, loaded: LoadedSchema, format: SchemaFormat): SchemaWriter | null => {
  if (format === 'avro' && loaded.status === 'avro' && schema.kind === 'avro') {
    const { framing: kind = 'none', schemaId = 0 } = schema
    const framing = kind === 'confluent' ? { kind, schemaId } : { kind }
    return (text) => encodeAvro(text, { schema: loaded.schema, name: null, framing })
  }
  if (format !== 'protobuf' || loaded.status !== 'protobuf' || schema.kind !== 'protobuf') return null
  const { types, names } = loaded
  const name = schema.messageType === '' ? (names[0] ?? '') : schema.messageType
  return (text) => encodeProtobuf(text, { types, name })
}
