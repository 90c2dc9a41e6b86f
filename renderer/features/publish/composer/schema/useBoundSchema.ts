import type { SchemaDocument } from '#shared/jsonSchema/schemaDocument'
import type { PayloadRule } from '#shared/model/payloadRule'
import { useRuleFor, useSchema, type LoadedSchema } from '../../../../state/payloadRules'

/** The schema that payloads of a topic have. */
export interface BoundToTopic {
  readonly rule: PayloadRule
  readonly loaded: LoadedSchema
  /** Of a JSON Schema that could be read. */
  readonly json: { readonly text: string; readonly document: SchemaDocument } | null
}

/** Null = no rule takes the topic. */
export const useBoundSchema = (topic: string): BoundToTopic | null => {
  const rule = useRuleFor(topic)
  const loaded = useSchema(rule?.schema ?? null)
  if (!rule || !loaded) return null
  return { rule, loaded, json: loaded.status === 'jsonSchema' ? loaded : null }
}
