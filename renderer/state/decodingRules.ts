import type { PayloadRule } from '#shared/model/payloadRule'
import { filterMatches } from '#shared/mqtt/topicFilter'
import { rulesOf } from '#shared/model/ruleOrder'
import type { DecodingRule, DecodingSchema } from '../model/decoding/ruleDecoder'
import { schemaKey, type LoadedSchema, type PayloadRulesState } from './payloadRules'

/** Of all rules those that say how payloads are decoded, with their schemas as far as those are read. */
export const decodingRulesOf = ({
  rules,
  schemas,
}: Pick<PayloadRulesState, 'rules' | 'schemas'>): readonly DecodingRule[] =>
  rules.flatMap((rule) => {
    const loaded = rule.schema && schemas.get(schemaKey(rule.schema))
    const decoder = decoderNameOf(rule)
    if (decoder === null) return []
    const schema = loaded ? schemaOf(rule, loaded) : null
    return [{ id: rule.id, filter: rule.filter, decoder, charset: rule.charset ?? null, schema }]
  })

/** Whether a rule says how payloads are decoded. */
export const saysDecoder = (rule: PayloadRule): boolean => decoderNameOf(rule) !== null

/** A schema of Protobuf or Avro says by itself how payloads are decoded; null = the rule says nothing of it. */
const decoderNameOf = ({ decoder, schema }: PayloadRule): string | null => {
  if (decoder !== undefined) return decoder
  if (schema?.kind === 'protobuf') return 'protobuf'
  if (schema?.kind !== 'avro') return null
  const { framing = 'none' } = schema
  return framing === 'none' ? 'avro' : framing === 'confluent' ? 'avro-confluent' : 'avro-single-object'
}

const schemaOf = ({ schema }: PayloadRule, loaded: LoadedSchema): DecodingSchema | null => {
  if (loaded.status === 'avro') return { kind: 'avro', text: loaded.text }
  if (loaded.status !== 'protobuf' || schema?.kind !== 'protobuf') return null
  const name = schema.messageType === '' ? (loaded.names[0] ?? '') : schema.messageType
  return { kind: 'protobuf', schema: loaded.schema, name }
}

/** The first rule of a connection that says how payloads of the topic are decoded. */
export const createRuleByTopic = (rules: readonly PayloadRule[], connectionId: string) => {
  const here = rulesOf(rules, connectionId).filter(saysDecoder)
  const known = new Map<string, PayloadRule | null>()
  return (topic: string): PayloadRule | null => {
    if (here.length === 0) return null
    const found = known.get(topic)
    if (found !== undefined) return found
    const rule = here.find(({ filter }) => filterMatches(filter, topic)) ?? null
    if (known.size >= mostTopics) known.clear()
    known.set(topic, rule)
    return rule
  }
}

/** Topics whose rule is remembered. */
const mostTopics = 20_000
