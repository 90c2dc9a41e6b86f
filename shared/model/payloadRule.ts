import { z } from 'zod'
import { charsets } from '#shared/decoding/charsets'
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

export const avroFramings = ['none', 'confluent', 'singleObject'] as const
export const largestSchemaId = 2 ** 31 - 1

/** What a payload conforms to. A version that knows further keys of one finds them again. */
const boundSchemaSchema = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('jsonSchema'), path: schemaPathSchema }),
  z.looseObject({
    kind: z.literal('protobuf'),
    path: schemaPathSchema,
    /** With its package; '' = the only one, or none was chosen yet. */
    messageType: z.string().max(1_000),
  }),
  z.looseObject({
    kind: z.literal('avro'),
    path: schemaPathSchema,
    /** What stands before the data; absent = nothing. */
    framing: z.enum(avroFramings).optional(),
    /** Of the schema in its registry, where Confluent's framing says it; absent = 0. */
    schemaId: z.number().int().min(0).max(largestSchemaId).optional(),
  }),
])
export type BoundSchema = z.infer<typeof boundSchemaSchema>
export type SchemaKind = BoundSchema['kind']
export const schemaKinds = ['jsonSchema', 'protobuf', 'avro'] as const satisfies readonly SchemaKind[]

const longestDecoder = 4_096

/**
 * What is known of the payloads of topics under a filter: the schema they conform to, how they are decoded, or both. Of further keys
 * a version that does not know them keeps what they say.
 */
export const payloadRuleSchema = z
  .looseObject({
    id: z.string().min(1).max(64),
    /** Null = of all connections. */
    connectionId: profileIdSchema.nullable(),
    filter: z.string().superRefine((filter, context) => {
      const problem = topicFilterProblem(filter)
      if (problem) context.addIssue({ code: 'custom', message: problem.code })
    }),
    schema: boundSchemaSchema.optional(),
    /** As `readDecoderName` takes it, such as `gzip+json`. One that this version does not know decodes nothing. */
    decoder: z.string().min(1).max(longestDecoder).optional(),
    /** Of decoders of texts; absent = UTF-8. */
    charset: z.enum(charsets).optional(),
  })
  .refine(({ schema, decoder }) => schema !== undefined || decoder !== undefined)
export type PayloadRule = z.infer<typeof payloadRuleSchema>
/** A rule that binds a schema. */
export type SchemaRule = PayloadRule & { readonly schema: BoundSchema }

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
