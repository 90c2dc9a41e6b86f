import { filterMatches } from '#shared/mqtt/topicFilter'
import type { PayloadRule, SchemaRule } from './payloadRule'

/** The rules that count on a connection, in the order in which they are asked: its own, then those of all. */
export const rulesOf = (rules: readonly PayloadRule[], connectionId: string): readonly PayloadRule[] => [
  ...rules.filter((rule) => rule.connectionId === connectionId),
  ...rules.filter((rule) => rule.connectionId === null),
]

/** The first one whose filter matches a topic, which need not be a sound one while it is typed. */
export const ruleFor = (rules: readonly PayloadRule[], topic: string): PayloadRule | null =>
  topic === '' ? null : (rules.find(({ filter }) => filterMatches(filter, topic)) ?? null)

/** The first one that binds a schema to a topic: one that only says how payloads are decoded is none. */
export const schemaRuleFor = (rules: readonly PayloadRule[], topic: string): SchemaRule | null => {
  const rule = ruleFor(
    rules.filter(({ schema }) => schema !== undefined),
    topic,
  )
  return rule?.schema ? { ...rule, schema: rule.schema } : null
}

/** The first one that binds a JSON Schema to a topic, which Protobuf or Avro of other rules may be decoded before it is held against it. */
export const jsonSchemaRuleFor = (rules: readonly PayloadRule[], topic: string): SchemaRule | null =>
  schemaRuleFor(
    rules.filter(({ schema }) => schema?.kind === 'jsonSchema'),
    topic,
  )

/** Puts a rule before or behind the next one of the same connection. The same list where there is none. */
export const movedRule = (rules: readonly PayloadRule[], id: string, step: -1 | 1): readonly PayloadRule[] => {
  const rule = rules.find((one) => one.id === id)
  const group = rules.filter((one) => one.connectionId === rule?.connectionId)
  const neighbour = rule && group[group.indexOf(rule) + step]
  if (!rule || !neighbour) return rules
  return rules.map((one) => (one === rule ? neighbour : one === neighbour ? rule : one))
}

/** Puts a rule before another one, whose connection it has then; null = at the end of those of a connection. */
export const placedRule = (
  rules: readonly PayloadRule[],
  id: string,
  place: Pick<PayloadRule, 'connectionId'> & { readonly beforeId: string | null },
): readonly PayloadRule[] => {
  const rule = rules.find((one) => one.id === id)
  if (!rule || place.beforeId === id) return rules
  const moved = { ...rule, connectionId: place.connectionId }
  const others = rules.filter((one) => one !== rule)
  const at = others.findIndex((one) => one.id === place.beforeId)
  return at < 0 ? [...others, moved] : [...others.slice(0, at), moved, ...others.slice(at)]
}

/** A rule of `before` that is not among the rules any more, in front of the one that it stood before, if that is still there. */
export const withRuleBack = (
  rules: readonly PayloadRule[],
  before: readonly PayloadRule[],
  id: string,
): readonly PayloadRule[] => {
  const place = before.findIndex((one) => one.id === id)
  const rule = before[place]
  if (!rule || rules.some((one) => one.id === id)) return rules
  return placedRule([...rules, rule], id, {
    connectionId: rule.connectionId,
    beforeId: before[place + 1]?.id ?? null,
  })
}
