import { readSchema, type ReadSchema, type SchemaDocument } from '#shared/jsonSchema/schemaDocument'
import type { ChosenFile } from '#shared/commands/fileCommands'
import type { ProtobufSchema } from '#shared/encoding/protobuf/protobufSchema'
import { createProtobufTypes, type ProtobufTypes } from '#shared/encoding/protobuf/protobufTypes'
import { parseAvroSchema, type ParsedAvroSchema } from '#shared/encoding/avro/parsedAvroSchema'
import type { AvroSchema } from '#shared/encoding/avro/avroSchema'
import type {
  BoundSchema,
  PayloadRule,
  ProtobufProblem,
  SchemaChoice,
  SchemaContent,
  SchemaRule,
} from '#shared/model/payloadRule'
import { jsonSchemaRuleFor, placedRule, rulesOf, schemaRuleFor, withRuleBack } from '#shared/model/ruleOrder'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import type { AppError } from '#shared/result'
import { useEffect, useMemo } from 'react'
import { defineAppState, type App } from './app'
import { noticesState } from './notices'
import { useApp } from './useApp'
import { useConnectionObject } from './useConnection'

/** What is known of the schema of a rule. */
export type LoadedSchema =
  | { readonly status: 'loading' }
  | { readonly status: 'unreadable'; readonly error: AppError }
  /** It is no JSON: what is wrong, and where in its text. */
  | ({ readonly status: 'noJson'; readonly text: string } & Pick<
      Extract<ReadSchema, { ok: false }>,
      'position' | 'detail'
    >)
  | { readonly status: 'jsonSchema'; readonly text: string; readonly document: SchemaDocument }
  | {
      readonly status: 'protobuf'
      readonly schema: ProtobufSchema
      readonly types: ProtobufTypes
      readonly names: readonly string[]
    }
  | { readonly status: 'faultyProtobuf'; readonly problem: ProtobufProblem }
  | { readonly status: 'avro'; readonly text: string; readonly schema: AvroSchema }
  | { readonly status: 'faultyAvro'; readonly text: string; readonly problem: AvroProblem }

type AvroProblem = Extract<ParsedAvroSchema, { ok: false }>

/** Where a rule is put: among those of a connection, or of all (null). */
export interface RulePlace {
  readonly connectionId: string | null
  /** Null = behind the others. */
  readonly beforeId: string | null
}

export interface PayloadRulesState {
  /** Of all connections, in their order. */
  readonly rules: readonly PayloadRule[]
  /** By what it is and its path; what nobody asked for is absent. */
  readonly schemas: ReadonlyMap<string, LoadedSchema>
  /** Puts it in the place of the one with its id; a new one before another, or behind the others (null). */
  put(rule: PayloadRule, beforeId?: string | null): void
  /** Answers how to put it back where it stood. */
  remove(ruleId: string): () => void
  place(ruleId: string, place: RulePlace): void
  /** Another order. */
  keep(rules: readonly PayloadRule[]): void
  /** The system's dialog; null = cancelled, or it failed, which was said. */
  choose(choice: SchemaChoice): Promise<ChosenFile | null>
  /** Reads a schema that was not read yet. */
  load(schema: BoundSchema): void
  /** Its files may be others now. */
  receiveChanged(path: string): void
}

/** Rules of payloads, and the schemas they name as far as somebody looks at them. */
export const payloadRulesState = defineAppState<PayloadRulesState>('payloadRules', ({ owner: app, get, set }) => {
  const showFailure = (error: AppError) => app.get(noticesState).showError(error)
  const setSchema = (key: string, loaded: LoadedSchema) =>
    set(({ schemas }) => ({ schemas: new Map(schemas).set(key, loaded) }))
  const keep = (rules: readonly PayloadRule[]) => {
    set({ rules })
    void app.api.invoke('payloadRules.save', [...rules]).then((saved) => {
      if (!saved.ok) showFailure(saved.error)
    })
  }
  /** Of several readings of one, the last that was begun counts. */
  const readings = new Map<string, number>()
  const read = async (key: string, schema: Pick<BoundSchema, 'kind' | 'path'>) => {
    const reading = (readings.get(key) ?? 0) + 1
    readings.set(key, reading)
    const result = await app.api.invoke('schemaFile.read', { path: schema.path, kind: schema.kind })
    if (readings.get(key) !== reading) return
    setSchema(key, result.ok ? loadedOf(schema.kind, result.value) : { status: 'unreadable', error: result.error })
  }
  return {
    rules: app.snapshot.payloadRules,
    schemas: new Map(),
    put: (rule, beforeId = null) => {
      const { rules } = get()
      const isKnown = rules.some(({ id }) => id === rule.id)
      const { id, connectionId } = rule
      if (isKnown) keep(rules.map((one) => (one.id === id ? rule : one)))
      else keep(placedRule([...rules, rule], id, { connectionId, beforeId }))
    },
    remove: (ruleId) => {
      const before = get().rules
      keep(before.filter(({ id }) => id !== ruleId))
      return () => keep(withRuleBack(get().rules, before, ruleId))
    },
    place: (ruleId, place) => keep(placedRule(get().rules, ruleId, place)),
    keep,
    choose: async (choice) => {
      const chosen = await app.api.invoke('schemaFile.choose', { choice })
      if (chosen.ok) return chosen.value
      showFailure(chosen.error)
      return null
    },
    load: (schema) => {
      const key = schemaKey(schema)
      if (get().schemas.has(key)) return
      setSchema(key, { status: 'loading' })
      void read(key, schema)
    },
    receiveChanged: (path) => {
      for (const key of get().schemas.keys()) {
        const [kind = '', ...rest] = key.split(' ')
        if (rest.join(' ') === path) void read(key, { kind: kind as BoundSchema['kind'], path })
      }
    },
  }
})

/** Reads what messages are written by: one that was kept is sent at once. A JSON Schema is read where somebody looks at it. */
export const startSchemas = (app: App): void => {
  const { rules, load } = app.get(payloadRulesState)
  for (const { schema } of rules) if (schema && schema.kind !== 'jsonSchema') load(schema)
}

export const schemaKey = ({ kind, path }: Pick<BoundSchema, 'kind' | 'path'>): string => `${kind} ${path}`

const loadedOf = (kind: BoundSchema['kind'], content: SchemaContent): LoadedSchema => {
  if (content.kind === 'faultyProtobuf') return { status: 'faultyProtobuf', problem: content.problem }
  if (content.kind === 'protobuf') {
    const names = content.schema.messages.map(({ name }) => name)
    return { status: 'protobuf', schema: content.schema, types: createProtobufTypes(content.schema), names }
  }
  const text = decodeUtf8(content.bytes).replace(/^\uFEFF/, '')
  return kind === 'avro' ? loadedAvro(text) : loadedJsonSchema(text)
}

const loadedAvro = (text: string): LoadedSchema => {
  const parsed = parseAvroSchema(text)
  return parsed.ok ? { status: 'avro', text, schema: parsed.schema } : { status: 'faultyAvro', text, problem: parsed }
}

const loadedJsonSchema = (text: string): LoadedSchema => {
  const schema = readSchema(text)
  return schema.ok
    ? { status: 'jsonSchema', text, document: schema.document }
    : { status: 'noJson', text, position: schema.position, detail: schema.detail }
}

/** What is known of a schema, which is read when it is not; null = there is none. */
export const useSchema = (schema: BoundSchema | null): LoadedSchema | null => {
  const load = useApp(payloadRulesState, (state) => state.load)
  const loaded = useApp(payloadRulesState, ({ schemas }) => (schema ? schemas.get(schemaKey(schema)) : undefined))
  useEffect(() => {
    if (schema) load(schema)
  }, [schema, load])
  return schema ? (loaded ?? { status: 'loading' }) : null
}

/** The rules that count on the connection, in the order in which they are asked. */
export const useRulesHere = (): readonly PayloadRule[] => {
  const { id } = useConnectionObject()
  const rules = useApp(payloadRulesState, (state) => state.rules)
  return useMemo(() => rulesOf(rules, id), [rules, id])
}

/** The JSON Schema that payloads of a topic are held against; null = none. */
export const useJsonSchemaFor = (topic: string): BoundSchema | null => {
  const rules = useRulesHere()
  return useMemo(() => jsonSchemaRuleFor(rules, topic)?.schema ?? null, [rules, topic])
}

/** The rule with the schema that payloads of a topic have; null = none. */
export const useSchemaRuleFor = (topic: string): SchemaRule | null => {
  const rules = useRulesHere()
  return useMemo(() => schemaRuleFor(rules, topic), [rules, topic])
}
