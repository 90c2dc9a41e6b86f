import { rulesOf } from '#shared/model/ruleOrder'
import type { DecodingRule } from '../model/decoding/ruleDecoder'
import type { App, Connection } from './app'
import { connectionsState } from './connections'
import { decodingRulesOf } from './decodingRules'
import { payloadRulesState } from './payloadRules'

const none: readonly DecodingRule[] = []

/**
 * Tells queries and charts of every open connection how payloads are decoded, from the moment a rule or its schema is another
 * one: what they have found by then is looked for anew. Answers its stop.
 */
export const startSearchRules = (app: App): (() => void) => {
  const given = new WeakMap<Connection, readonly DecodingRule[]>()
  const tell = () => {
    const { rules, schemas } = app.get(payloadRulesState)
    const { all, tabs } = app.get(connectionsState)
    for (const id of tabs) {
      const connection = all.get(id)
      if (!connection) continue
      const known = given.get(connection) ?? none
      const wanted = decodingRulesOf({ rules: rulesOf(rules, id), schemas })
      if (areSame(known, wanted)) continue
      given.set(connection, wanted)
      connection.model.setRules(wanted)
    }
  }
  tell()
  const stops = [app.watch(payloadRulesState, tell), app.watch(connectionsState, tell)]
  return () => stops.forEach((stop) => stop())
}

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
