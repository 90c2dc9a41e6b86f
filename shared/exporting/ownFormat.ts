import { z } from 'zod'
import { chartSchema, mostCharts } from '#shared/model/chart'
import { collectionLimits, messageIdSchema } from '#shared/model/collection'
import { payloadRuleLimits, payloadRuleSchema } from '#shared/model/payloadRule'
import {
  mostProfiles,
  profileSchema,
  secretNames,
  type Profile,
  type ProfileId,
  type Secrets,
} from '#shared/model/profile'
import { composedMessageSchema } from '#shared/model/publish'

/** By which a file of connections is told from others, whatever its name. */
export const ownFormatName = 'topicscope-connections'
export const ownFormatVersion = 1

const savedMessageSchema = z.object({
  id: messageIdSchema,
  name: z.string().trim().min(1).max(200),
  /** The names of its folders, from the outside. */
  folders: z.array(z.string().min(1).max(200)).max(collectionLimits.depth),
  order: z.number().nullable(),
  shortcut: z.string().max(100),
  message: composedMessageSchema,
})
export type OwnMessage = z.infer<typeof savedMessageSchema>

const base64Schema = z.string().regex(/^[A-Za-z\d+/]*={0,2}$/)

/** A certificate as its file has it, PEM or DER in Base64; never a key. */
const embeddedCertificateSchema = z.object({
  /** The setting of the profile that names the file. */
  field: z.enum(['caFile', 'certificateFile']),
  name: z.string().max(1_000),
  data: base64Schema.max(2 ** 21),
})

/** A connection with what belongs to it. Secrets are no part of it. */
export const ownConnectionSchema = z.object({
  profile: profileSchema,
  savedMessages: z.array(savedMessageSchema).max(collectionLimits.messages).default([]),
  charts: z.array(chartSchema).max(mostCharts).default([]),
  payloadRules: z.array(payloadRuleSchema).max(payloadRuleLimits.rules).default([]),
  certificates: z.array(embeddedCertificateSchema).max(2).optional(),
})
export type OwnConnection = z.infer<typeof ownConnectionSchema>

/** Secrets under a password: the key is made of it by scrypt (RFC 7914). All bytes are written as Base64. */
export const lockedSecretsSchema = z.object({
  derivation: z.literal('scrypt'),
  /** Cost, block size and parallelism. No more than what a computer can do in a moment is accepted. */
  n: z.union([z.literal(2 ** 14), z.literal(2 ** 15), z.literal(2 ** 16), z.literal(2 ** 17)]),
  r: z.literal(8),
  p: z.literal(1),
  salt: base64Schema,
  encryption: z.literal('aes-256-gcm'),
  iv: base64Schema,
  tag: base64Schema,
  data: base64Schema,
})
export type LockedSecrets = z.infer<typeof lockedSecretsSchema>

/** What is encrypted: secrets by the ids of their connections. */
export const openedSecretsSchema = z.record(
  z.string(),
  z.object(Object.fromEntries(secretNames.map((name) => [name, z.string().optional()]))),
)
export type OpenedSecrets = Readonly<Record<ProfileId, Secrets>>

/** The whole file. */
export const ownFileSchema = z.object({
  format: z.literal(ownFormatName),
  version: z.literal(ownFormatVersion),
  connections: z.array(ownConnectionSchema).max(mostProfiles),
  secrets: lockedSecretsSchema.optional(),
})

/** The file's text: keys in the order of the schema and those of another tool by their names, so that a change is a change of its lines. */
export const ownFileText = (connections: readonly OwnConnection[], secrets: LockedSecrets | null): string => {
  const file = ownFileSchema.parse({
    format: ownFormatName,
    version: ownFormatVersion,
    connections: connections.map(inOrder),
    ...(secrets && { secrets }),
  })
  return `${JSON.stringify(file, null, 2)}\n`
}

const inOrder = (connection: OwnConnection): OwnConnection => ({
  ...connection,
  profile: withOrderedFields(connection.profile),
})

/** The fields of another tool by their names: they are in no schema that would put them in order. */
export const withOrderedFields = (profile: Profile): Profile => {
  const { importedFrom } = profile
  if (!importedFrom) return profile
  const pairs = Object.entries(importedFrom.fields).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return { ...profile, importedFrom: { ...importedFrom, fields: Object.fromEntries(pairs) } }
}
