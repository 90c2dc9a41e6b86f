import { readJsonTree } from '#shared/json/jsonTree'
import { checkSchema } from '#shared/jsonSchema/checkSchema'
import type { SchemaFinding } from '#shared/jsonSchema/finding'
import { readSchema, type ReadSchema, type SchemaDocument } from '#shared/jsonSchema/schemaDocument'

export interface TextToCheck {
  /** The text of the JSON Schema. */
  readonly schema: string
  readonly text: string
}

/** What became of a text that was held against a schema. */
export type CheckedText =
  | { readonly outcome: 'conforms' }
  /** `findings` has the first of them. */
  | { readonly outcome: 'differs'; readonly count: number; readonly findings: readonly SchemaFinding[] }
  /** Text or schema is no JSON, which is said elsewhere. */
  | { readonly outcome: 'noJson' }
  | { readonly outcome: UncheckedReason }

/** It was not looked at, or not to the end: the schema leads to itself, or to more work than anybody waits for. */
type UncheckedReason = 'depth' | 'work' | 'stuck' | 'tooLong'

/** Characters: what is read of them takes some twenty times as many bytes. */
const longest = 8 * 2 ** 20

export const checkText = ({ schema, text }: TextToCheck): CheckedText => {
  const read = knownSchema(schema)
  return read.ok ? checkAgainst(read.document, text) : { outcome: 'noJson' }
}

export const checkAgainst = (document: SchemaDocument, text: string): CheckedText => {
  if (text.length > longest) return { outcome: 'tooLong' }
  const tree = readJsonTree(text)
  // Sound JSON, of more levels than are looked at.
  if (!tree.ok && tree.detail === 'tooDeep') return { outcome: 'work' }
  if (!tree.ok) return { outcome: 'noJson' }
  const checked = checkSchema(document, tree.root)
  if (!checked.ok) return { outcome: checked.limit }
  return checked.count === 0 ? { outcome: 'conforms' } : { ...checked, outcome: 'differs' }
}

/** The last schemas that were read: the same one is asked for with every pause of a person who types. */
const known = new Map<string, ReadSchema>()
const mostKnown = 8

const knownSchema = (text: string): ReadSchema => {
  const found = known.get(text)
  const read = found ?? readSchema(text)
  known.delete(text)
  known.set(text, read)
  for (const oldest of known.keys()) {
    if (known.size <= mostKnown) break
    known.delete(oldest)
  }
  return read
}
