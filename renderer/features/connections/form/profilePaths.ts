import { z } from 'zod'
import { profileSchema, type Profile } from '#shared/model/profile'

/** Dotted paths of the profile whose values are of this type. */
type PathsOf<Value, Whole = Profile> = {
  [Key in keyof Whole & string]: Whole[Key] extends readonly unknown[]
    ? never
    : Whole[Key] extends object
      ? `${Key}.${PathsOf<Value, Whole[Key]>}`
      : Value extends Whole[Key]
        ? Key
        : never
}[keyof Whole & string]

export type TextPath = PathsOf<string>
export type NumberPath = PathsOf<number>
export type CheckPath = PathsOf<boolean>

type Part = Readonly<Record<string, unknown>>

/** What stands at a path; undefined where nothing does. */
export const valueAt = (profile: Profile, path: string): unknown =>
  path.split('.').reduce<unknown>((part, name) => (isPart(part) ? part[name] : undefined), profile)

/** The profile with another value at a path. */
export const withValueAt = (profile: Profile, path: string, value: unknown): Profile =>
  // The paths above lead to values of the type they are named for, so what comes out is a profile again.
  withPart({ ...profile }, path.split('.'), value) as Profile

const withPart = (whole: Part, [name = '', ...rest]: readonly string[], value: unknown): Part => {
  const part = whole[name]
  return { ...whole, [name]: rest.length > 0 && isPart(part) ? withPart(part, rest, value) : value }
}

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null

/** Where the schema has numbers: in the order in which it has them. */
export const numberPaths: readonly NumberPath[] = numbersIn(profileSchema).map(([path]) => path as NumberPath)

/** Number fields that may be empty: then they are null. */
export const optionalNumbers: ReadonlySet<string> = new Set(
  numbersIn(profileSchema).flatMap(([path, , isOptional]) => (isOptional ? [path] : [])),
)

/** Lowest and highest value a number field takes, as the schema has them; null where there is no number. */
export const numberRange = (path: string): { readonly lowest: number; readonly highest: number } | null => {
  const schema = ranges.get(path)
  if (!schema) return null
  return { lowest: schema.minValue ?? 0, highest: schema.maxValue ?? Number.MAX_SAFE_INTEGER }
}

const ranges = new Map(numbersIn(profileSchema).map(([path, schema]) => [path, schema]))

type NumberIn = readonly [path: string, schema: z.ZodNumber, isOptional: boolean]

function numbersIn(schema: z.ZodType, path = ''): readonly NumberIn[] {
  const given = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.unwrap() : schema
  const inner = given instanceof z.ZodNullable ? given.unwrap() : given
  if (inner instanceof z.ZodNumber) return [[path, inner, inner !== given]]
  if (!(inner instanceof z.ZodObject)) return []
  return Object.entries(inner.shape as Readonly<Record<string, z.ZodType>>).flatMap(([name, field]) =>
    numbersIn(field, path === '' ? name : `${path}.${name}`),
  )
}
