import type { PayloadRule } from '#shared/model/payloadRule'
import { rulesOf } from '#shared/model/ruleOrder'
import type { DecodingRule } from '../model/decoding/ruleDecoder'
import { noRules, type LogRules } from '../model/logSearch/logRules'
import type { CheckRule } from '../model/schemaCheck/checkRule'
import type { App, Connection } from './app'
import { connectionsState } from './connections'
import { decodingRulesOf } from './decodingRules'
import { payloadRulesState, schemaKey, type PayloadRulesState } from './payloadRules'

/**
 * Tells queries, charts and checks of every open connection how payloads are read, from the moment a rule or its schema is another
 * one: what they have found by then is looked for anew. Answers its stop.
 */
export const startSearchRules = (app: App): (() => void) => {
  const given = new WeakMap<Connection, LogRules>()
  const tell = () => {
    const { rules, schemas, load } = app.get(payloadRulesState)
    const { all, tabs } = app.get(connectionsState)
    for (const id of tabs) {
      const connection = all.get(id)
      if (!connection) continue
      const known = given.get(connection) ?? noRules
      const here = rulesOf(rules, id)
      const wanted = logRulesOf({ rules: here, schemas })
      for (const { schema } of here) if (schema?.kind === 'jsonSchema') load(schema)
      if (areSame(known.decoding, wanted.decoding) && areSameChecks(known.checks, wanted.checks)) continue
      given.set(connection, wanted)
      connection.model.setRules(wanted)
    }
  }
  tell()
  const stops = [app.watch(payloadRulesState, tell), app.watch(connectionsState, tell)]
  return () => stops.forEach((stop) => stop())
}

/** How payloads are read by the rules of a connection. */
export const logRulesOf = (known: Pick<PayloadRulesState, 'rules' | 'schemas'>): LogRules => ({
  decoding: decodingRulesOf(known),
  checks: checksOf(known.rules, known.schemas),
})

/** The JSON Schemas that rules bind, as far as they are read. */
const checksOf = (rules: readonly PayloadRule[], schemas: PayloadRulesState['schemas']): readonly CheckRule[] =>
  rules.flatMap(({ filter, schema }) => {
    if (schema?.kind !== 'jsonSchema') return []
    const loaded = schemas.get(schemaKey(schema))
    return [{ filter, schema: loaded?.status === 'jsonSchema' ? loaded.text : null }]
  })

const areSameChecks = (before: readonly CheckRule[], after: readonly CheckRule[]): boolean =>
  before.length === after.length &&
  after.every(({ filter, schema }, index) => before[index]?.filter === filter && before[index].schema === schema)

/** A search begins anew with other rules, and not because a schema was read that decodes nothing. */
const areSame = (before: readonly DecodingRule[], after: readonly DecodingRule[]): boolean =>
  before.length === after.length &&
  after.every((rule, index) => {
    const { id, filter, decoder, charset, schema } = before[index] ?? {}
    return (
      rule.id === id &&
      rule.filter === filter &&
      rule.decoder === decoder &&
      rule.charset === charset &&
      isSameSchema(schema ?? null, rule.schema)
    )
  })

const isSameSchema = (before: DecodingRule['schema'], after: DecodingRule['schema']): boolean => {
  if (before?.kind === 'avro') return after?.kind === 'avro' && before.text === after.text
  if (before === null || after?.kind !== 'protobuf') return before === after
  return before.schema === after.schema && before.name === after.name
}
