import { memberOf, type JsonMap, type JsonNode } from '#shared/json/jsonTree'
import { patternOf } from './pattern'
import type { SchemaDocument } from './schemaDocument'
import { textsIn } from './valueKeywords'

/** A key that a schema names. */
export interface DescribedKey {
  readonly key: string
  readonly isRequired: boolean
  /** The types of its value, as the schema says them; '' = any. */
  readonly type: string
  readonly description: string
}

/** A value that a schema names. */
export interface DescribedValue {
  /** As JSON writes it. */
  readonly text: string
  readonly description: string
}

/** Schemas that are looked at for one place: those that lead to each other end there. */
const mostSchemas = 500
const mostOffered = 500

/** The keys that an object at a path may have; null in a path = whatever item of an array. */
export const keysDescribed = (document: SchemaDocument, path: readonly (string | null)[]): readonly DescribedKey[] => {
  const keys = new Map<string, DescribedKey>()
  const schemas = schemasAt(document, path)
  const required = new Set(schemas.flatMap((schema) => textsIn(memberOf(schema, 'required') ?? nothing)))
  for (const schema of schemas)
    for (const { key, value } of membersOf(memberOf(schema, 'properties'))) {
      if (keys.has(key) || keys.size >= mostOffered || isFalse(value)) continue
      const meant = alternatives(document, [value])
      keys.set(key, { key, isRequired: required.has(key), type: typeOfAll(meant), description: descriptionOf(meant) })
    }
  return [...keys.values()]
}

/** The values that a schema names for a place: enum, const, examples, default, and both truths of a boolean. */
export const valuesDescribed = (
  document: SchemaDocument,
  path: readonly (string | null)[],
): readonly DescribedValue[] => {
  const values = new Map<string, DescribedValue>()
  for (const schema of schemasAt(document, path)) {
    const description = descriptionOf([schema])
    for (const node of namedValues(schema)) {
      const text = scalarText(node)
      if (text !== null && !values.has(text) && values.size < mostOffered) values.set(text, { text, description })
    }
  }
  return [...values.values()]
}

/** Every schema that may be meant for a value at a path, with what it refers to and its branches. */
const schemasAt = (document: SchemaDocument, path: readonly (string | null)[]): readonly JsonMap[] => {
  let schemas = alternatives(document, [document.root])
  for (const step of path) {
    const below = schemas.flatMap((schema) => (step === null ? itemsOf(schema) : valuesOf(schema, step)))
    schemas = alternatives(document, below)
  }
  return schemas
}

const alternatives = (document: SchemaDocument, from: readonly JsonNode[]): readonly JsonMap[] => {
  const found = new Set<JsonMap>()
  const waiting = [...from]
  for (let schema = waiting.shift(); schema && found.size < mostSchemas; schema = waiting.shift()) {
    if (schema.kind !== 'map' || found.has(schema)) continue
    found.add(schema)
    const target = document.referenceOf(schema) ?? document.dynamicReferenceOf(schema, [])
    if (target) waiting.push(target)
    for (const keyword of ['allOf', 'anyOf', 'oneOf'])
      for (const branch of listOf(memberOf(schema, keyword))) waiting.push(branch)
    for (const keyword of ['then', 'else']) {
      const branch = memberOf(schema, keyword)
      if (branch) waiting.push(branch)
    }
    for (const { value } of membersOf(memberOf(schema, 'dependentSchemas'))) waiting.push(value)
  }
  return [...found]
}

const valuesOf = (schema: JsonMap, key: string): readonly JsonNode[] => {
  const named = memberOf(memberOf(schema, 'properties') ?? nothing, key)
  const matching = membersOf(memberOf(schema, 'patternProperties')).filter((one) => patternOf(one.key)?.test(key))
  const further = memberOf(schema, 'additionalProperties') ?? memberOf(schema, 'unevaluatedProperties')
  const known = [...(named ? [named] : []), ...matching.map(({ value }) => value)]
  return known.length > 0 || !further ? known : [further]
}

const itemsOf = (schema: JsonMap): readonly JsonNode[] => {
  const items = memberOf(schema, 'items')
  const first = [...listOf(memberOf(schema, 'prefixItems')), ...listOf(items)]
  const others = [items, memberOf(schema, 'additionalItems'), memberOf(schema, 'unevaluatedItems')]
  return [...first, ...others.flatMap((one) => (one?.kind === 'map' ? [one] : []))]
}

const namedValues = (schema: JsonMap): readonly JsonNode[] => {
  const single = ['const', 'default'].flatMap((keyword) => memberOf(schema, keyword) ?? [])
  const several = ['enum', 'examples'].flatMap((keyword) => listOf(memberOf(schema, keyword)))
  const isTruth = textsIn(memberOf(schema, 'type') ?? nothing).includes('boolean')
  return [...several, ...single, ...(isTruth ? truths : [])]
}

const truths: readonly JsonNode[] = [true, false].map((value) => ({ kind: 'constant', value, position: 0, end: 0 }))

const scalarText = (node: JsonNode): string | null => {
  if (node.kind === 'text') return JSON.stringify(node.text)
  if (node.kind === 'number') return node.digits
  return node.kind === 'constant' ? String(node.value) : null
}

const typeOfAll = (schemas: readonly JsonMap[]): string => {
  const types = new Set(schemas.flatMap((schema) => textsIn(memberOf(schema, 'type') ?? nothing)))
  return [...types].join(' | ')
}

/** The nearest one: what stands beside a reference says more than what it leads to. */
const descriptionOf = (schemas: readonly JsonMap[]): string => {
  for (const keyword of ['description', 'title'])
    for (const schema of schemas) {
      const text = memberOf(schema, keyword)
      if (text?.kind === 'text' && text.text !== '') return text.text
    }
  return ''
}

const nothing: JsonNode = { kind: 'list', items: [], position: 0, end: 0 }
const membersOf = (node: JsonNode | undefined) => (node?.kind === 'map' ? node.members : [])
const listOf = (node: JsonNode | undefined): readonly JsonNode[] => (node?.kind === 'list' ? node.items : [])
const isFalse = (node: JsonNode) => node.kind === 'constant' && node.value === false
