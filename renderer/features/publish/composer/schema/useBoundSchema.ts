import type { SchemaDocument } from '#shared/jsonSchema/schemaDocument'
import type { SchemaRule } from '#shared/model/payloadRule'
import { useSchemaRuleFor, useSchema, type LoadedSchema } from '../../../../state/payloadRules'

/** The schema that payloads of a topic have. */
export interface BoundToTopic {
  readonly rule: SchemaRule
  readonly loaded: LoadedSchema
  /** Of a JSON Schema that could be read. */
  readonly json: { readonly text: string; readonly document: SchemaDocument } | null
}

/** Null = no rule takes the topic. */
export const useBoundSchema = (topic: string): BoundToTopic | null => {
  const rule = useSchemaRuleFor(topic)
  const loaded = useSchema(rule?.schema ?? null)
  if (!rule || !loaded) return null
  return { rule, loaded, json: loaded.status === 'jsonSchema' ? loaded : null }
}
