import { z } from 'zod'
import type { SecretKeeping } from './profile'
import { isWithinBytes } from './size'

export const environmentLimits = {
  environments: 200,
  variables: 1_000,
  /** Characters of a name. */
  name: 200,
  variableName: 100,
  /** Characters of a value. */
  value: 65_535,
} as const

const idSchema = z.string().min(1).max(64)
const environmentNameSchema = z.string().trim().min(1).max(environmentLimits.name)

/** As `{{ env.name }}` can say it. */
const variableNameSchema = z
  .string()
  .max(environmentLimits.variableName)
  .regex(/^[A-Za-z_][A-Za-z0-9_-]*$/)

export const isVariableName = (text: string): boolean => variableNameSchema.safeParse(text).success

const valueSchema = z.string().max(environmentLimits.value)

const haveOwnNames = (all: readonly { readonly name: string }[]): boolean =>
  new Set(all.map(({ name }) => name)).size === all.length

/**
 * A variable as it stands on disk, where secrets have no value: they are kept as passwords are. What a later version writes beside
 * it is kept.
 */
const storedVariableSchema = z.looseObject({
  id: idSchema,
  name: variableNameSchema,
  secret: z.boolean(),
  value: valueSchema,
})

export const storedEnvironmentSchema = z.looseObject({
  id: idSchema,
  name: environmentNameSchema,
  variables: z.array(storedVariableSchema).max(environmentLimits.variables).refine(haveOwnNames),
})
export type StoredEnvironment = z.infer<typeof storedEnvironmentSchema>

/** A variable as it was typed. */
const typedVariableSchema = z.object({
  id: idSchema,
  name: variableNameSchema,
  secret: z.boolean(),
  /** Null = what is kept of the secret stays; only of secrets. */
  value: valueSchema.nullable(),
  /** Of a copy: the variable whose secret it gets as well; only without a value. */
  secretOf: idSchema.optional(),
})

export const typedEnvironmentsSchema = z
  .array(
    z.object({
      id: idSchema,
      name: environmentNameSchema,
      variables: z.array(typedVariableSchema).max(environmentLimits.variables).refine(haveOwnNames),
    }),
  )
  .max(environmentLimits.environments)
  .refine(isWithinBytes(16 * 2 ** 20), 'tooLong')
export type TypedEnvironment = z.infer<typeof typedEnvironmentsSchema>[number]
export type TypedVariable = TypedEnvironment['variables'][number]

/** A variable as the window knows it: of a secret only how it is kept. */
export type Variable = { readonly id: string; readonly name: string } & (
  | { readonly secret: false; readonly value: string }
  | { readonly secret: true; readonly keeping: SecretKeeping }
)

/** Variables for templates, under a name; the environment of a connection is named by its profile. */
export interface Environment {
  readonly id: string
  readonly name: string
  readonly variables: readonly Variable[]
}

/** Environments as a file for others; secrets are in it by their names only. */
export const exchangedEnvironmentsSchema = z.object({
  version: z.literal(1),
  environments: z
    .array(
      z.object({
        name: environmentNameSchema,
        variables: z
          .array(
            z.object({ name: variableNameSchema, secret: z.boolean().default(false), value: valueSchema.default('') }),
          )
          .max(environmentLimits.variables)
          .refine(haveOwnNames),
      }),
    )
    .max(environmentLimits.environments),
})
export type ExchangedEnvironments = z.infer<typeof exchangedEnvironmentsSchema>

/** What stands in the place of a secret, however long it is. */
export const secretDots = '••••••'
