import { z } from 'zod'
import type { ProtobufSchema } from '#shared/encoding/protobuf/protobufSchema'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import { profileIdSchema } from './profile'

export const payloadRuleLimits = {
  rules: 1_000,
  /** Of all files of a schema together. */
  schemaBytes: 8 * 2 ** 20,
  /** A schema in Protobuf is a folder of files, or one with those it imports. */
  schemaFiles: 500,
} as const

/** Where a schema stands: an absolute path that the system's dialog gave. Of Protobuf it may be a folder. */
const schemaPathSchema = z.string().min(1).max(4_096)

/** What a payload conforms to. A version that knows further keys of one finds them again. */
const boundSchemaSchema = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('jsonSchema'), path: schemaPathSchema }),
  z.looseObject({
    kind: z.literal('protobuf'),
    path: schemaPathSchema,
    /** With its package; '' = the only one, or none was chosen yet. */
    messageType: z.string().max(1_000),
  }),
  z.looseObject({ kind: z.literal('avro'), path: schemaPathSchema }),
])
export type BoundSchema = z.infer<typeof boundSchemaSchema>
export type SchemaKind = BoundSchema['kind']
export const schemaKinds = ['jsonSchema', 'protobuf', 'avro'] as const satisfies readonly SchemaKind[]

/**
 * What is known of the payloads of topics under a filter: now the schema they conform to. How they are decoded is a further key of
 * a rule, beside this one; a version that does not know it keeps it.
 */
export const payloadRuleSchema = z.looseObject({
  id: z.string().min(1).max(64),
  /** Null = of all connections. */
  connectionId: profileIdSchema.nullable(),
  filter: z.string().superRefine((filter, context) => {
    const problem = topicFilterProblem(filter)
    if (problem) context.addIssue({ code: 'custom', message: problem.code })
  }),
  schema: boundSchemaSchema,
})
export type PayloadRule = z.infer<typeof payloadRuleSchema>

/** What the system's dialog is to offer. */
export const schemaChoiceSchema = z.enum([...schemaKinds, 'protobufFolder'])
export type SchemaChoice = z.infer<typeof schemaChoiceSchema>

export const schemaReadSchema = z.object({ path: schemaPathSchema, kind: z.enum(schemaKinds) })

/** What stands in the files of a schema now: of JSON Schema and Avro the file, of Protobuf its types. */
export type SchemaContent =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'protobuf'; readonly schema: ProtobufSchema }
  | { readonly kind: 'faultyProtobuf'; readonly problem: ProtobufProblem }

/** What keeps .proto files or a descriptor set from being a schema. */
export interface ProtobufProblem {
  readonly code: 'fileMissing' | 'notProto' | 'notDescriptors' | 'unresolved' | 'tooMuch'
  readonly file: string
  readonly line: number | null
  /** In the parser's words; of a descriptor set, the byte from which it cannot be read. */
  readonly detail: string
}
