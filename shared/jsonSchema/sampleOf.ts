import { compareExact, exactNumber, isMultipleOf } from '#shared/json/exactNumber'
import { memberOf, type JsonMap, type JsonNode } from '#shared/json/jsonTree'
import { prettyJson } from '#shared/mqtt/prettyJson'
import { exampleOf } from './formats'
import type { SchemaDocument } from './schemaDocument'
import { textsIn } from './valueKeywords'

/** Levels of a sample: beyond them, and in what leads to itself, only what must be there. */
const deepest = 8
const mostItems = 20
const longest = 1_000

/** A value for a schema, as a JSON text that is laid out. What a pattern wants is not made up. */
export const sampleOf = (document: SchemaDocument): string => {
  const sample = sampleText(document, [document.root], [])
  const pretty = prettyJson(sample)
  return pretty.ok ? pretty.text : sample
}

/** The schemas that a value has to conform to all, with what they lead to; of branches the first. */
const together = (document: SchemaDocument, from: readonly JsonNode[]): readonly JsonMap[] => {
  const found = new Set<JsonMap>()
  const waiting = [...from]
  for (let schema = waiting.shift(); schema && found.size < 200; schema = waiting.shift()) {
    if (schema.kind !== 'map' || found.has(schema)) continue
    found.add(schema)
    const target = document.referenceOf(schema) ?? document.dynamicReferenceOf(schema, [])
    if (target) waiting.push(target)
    waiting.push(...listOf(memberOf(schema, 'allOf')))
    for (const keyword of ['anyOf', 'oneOf']) {
      const branch = firstUsable(listOf(memberOf(schema, keyword)))
      if (branch) waiting.push(branch)
    }
  }
  return [...found]
}

const isFalse = (node: JsonNode) => node.kind === 'constant' && node.value === false

/** One that says nothing but null is hardly what is wanted. */
const firstUsable = (branches: readonly JsonNode[]): JsonNode | undefined => {
  const usable = branches.filter((branch) => !isFalse(branch))
  return usable.find((branch) => textsIn(memberOf(branch, 'type') ?? nothing).join() !== 'null') ?? usable[0]
}

type Outer = readonly JsonNode[]

const sampleText = (document: SchemaDocument, from: readonly JsonNode[], outer: Outer): string => {
  const schemas = together(document, from)
  const given = givenValue(schemas)
  if (given) return writtenText(given)
  switch (typeFor(schemas)) {
    case 'object':
      return objectText(document, schemas, outer)
    case 'array':
      return arrayText(document, schemas, outer)
    case 'string':
      return JSON.stringify(stringFor(schemas))
    case 'integer':
      return numberFor(schemas, true)
    case 'number':
      return numberFor(schemas, false)
    case 'boolean':
      return 'true'
    default:
      return 'null'
  }
}

/** A value that a schema names itself. */
const givenValue = (schemas: readonly JsonMap[]): JsonNode | undefined => {
  for (const keyword of ['const', 'default', 'examples', 'enum'])
    for (const schema of schemas) {
      const named = memberOf(schema, keyword)
      const value = keyword === 'examples' || keyword === 'enum' ? listOf(named)[0] : named
      if (value) return value
    }
  return undefined
}

const hints: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties'],
  array: ['items', 'prefixItems', 'minItems', 'contains'],
  string: ['pattern', 'format', 'minLength', 'maxLength'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
}

/** One that all of them allow; where none is named, one whose keywords there are. */
const typeFor = (schemas: readonly JsonMap[]): string => {
  const named = schemas.flatMap((schema) => {
    const types = textsIn(memberOf(schema, 'type') ?? nothing)
    return types.length > 0 ? [types] : []
  })
  const [first, ...others] = named
  const allows = (types: readonly string[], type: string) =>
    types.includes(type) || (type === 'integer' && types.includes('number'))
  const common = first?.flatMap((type) => (type === 'number' ? ['number', 'integer'] : [type]))
  const possible = common?.filter((type) => others.every((types) => allows(types, type)))
  const wanted = possible?.find((type) => type !== 'null') ?? possible?.[0]
  if (wanted !== undefined) return wanted
  const hinted = Object.keys(hints).find((type) =>
    schemas.some((schema) => hints[type]?.some((keyword) => memberOf(schema, keyword))),
  )
  return hinted ?? 'null'
}

const objectText = (document: SchemaDocument, schemas: readonly JsonMap[], outer: Outer): string => {
  const required = new Set(schemas.flatMap((schema) => textsIn(memberOf(schema, 'required') ?? nothing)))
  const properties = new Map<string, JsonNode[]>()
  for (const schema of schemas)
    for (const { key, value } of membersOf(memberOf(schema, 'properties')))
      properties.set(key, [...(properties.get(key) ?? []), value])
  for (const key of required) if (!properties.has(key)) properties.set(key, furtherOf(schemas))
  const inner = [...outer, ...schemas]
  const members: string[] = []
  for (const [key, values] of properties) {
    const isOptional = !required.has(key)
    const leadsBack = together(document, values).some((schema) => inner.includes(schema))
    if (values.some(isFalse) || (isOptional && (leadsBack || outer.length > deepest)) || inner.length > 500) continue
    members.push(`${JSON.stringify(key)}: ${sampleText(document, values, inner)}`)
  }
  return `{${members.join(', ')}}`
}

/** What a key conforms to that is required and not described. */
const furtherOf = (schemas: readonly JsonMap[]): JsonNode[] =>
  schemas.flatMap((schema) => memberOf(schema, 'additionalProperties') ?? []).filter((one) => !isFalse(one))

const arrayText = (document: SchemaDocument, schemas: readonly JsonMap[], outer: Outer): string => {
  const least = largestCount(schemas, 'minItems') ?? 0
  const most = smallestCount(schemas, 'maxItems') ?? mostItems
  const inner = [...outer, ...schemas]
  const first = schemas.flatMap((schema) => [
    ...listOf(memberOf(schema, 'prefixItems')),
    ...listOf(memberOf(schema, 'items')),
  ])
  const items = schemas.flatMap((schema) => {
    const each = memberOf(schema, 'items')
    return each && each.kind !== 'list' ? [each] : []
  })
  const contained = schemas.flatMap((schema) => memberOf(schema, 'contains') ?? [])
  const leadsBack = together(document, [...first, ...items]).some((schema) => inner.includes(schema))
  const isEnd = items.some(isFalse)
  const wanted = Math.max(least, first.length, leadsBack || isEnd || outer.length > deepest ? 0 : 1, contained.length)
  const count = inner.length > 500 ? 0 : Math.min(wanted, most, mostItems)
  const texts = Array.from({ length: count }, (_, index) => {
    const own = first[index]
    return sampleText(document, own ? [own] : [...items, ...contained], inner)
  })
  return `[${texts.join(', ')}]`
}

const stringFor = (schemas: readonly JsonMap[]): string => {
  for (const schema of schemas) {
    const format = memberOf(schema, 'format')
    const example = format?.kind === 'text' ? exampleOf(format.text) : undefined
    if (example !== undefined) return example
  }
  const least = Math.min(largestCount(schemas, 'minLength') ?? 0, longest)
  const most = smallestCount(schemas, 'maxLength') ?? Infinity
  return 'text'.padEnd(least, 'x').slice(0, Math.max(least, most))
}

/** Zero, or the number next to it that the limits allow. */
const numberFor = (schemas: readonly JsonMap[], isWhole: boolean): string => {
  const limits = schemas.flatMap((schema) => limitsIn(schema))
  const steps = schemas.flatMap((schema) => digitsOf(schema, 'multipleOf'))
  const step = Number(steps[0] ?? (isWhole ? 1 : 0.1))
  const edges = limits.flatMap(({ digits }) => {
    const edge = Number(digits)
    const near = Math.round(edge / step)
    return [
      digits,
      ...[-1, 0, 1].map((by) => written((near + by) * step)),
      written(edge + step / 2),
      written(edge - step / 2),
    ]
  })
  const candidates = ['0', ...edges, '1']
  return candidates.find((digits) => isAllowed(digits, { limits, steps, isWhole })) ?? '0'
}

interface Limit {
  readonly digits: string
  readonly allows: (order: number) => boolean
}

const limitsIn = (schema: JsonMap): readonly Limit[] => [
  ...digitsOf(schema, 'minimum').map((digits) => ({ digits, allows: (order: number) => order >= 0 })),
  ...digitsOf(schema, 'exclusiveMinimum').map((digits) => ({ digits, allows: (order: number) => order > 0 })),
  ...digitsOf(schema, 'maximum').map((digits) => ({ digits, allows: (order: number) => order <= 0 })),
  ...digitsOf(schema, 'exclusiveMaximum').map((digits) => ({ digits, allows: (order: number) => order < 0 })),
]

interface Wanted {
  readonly limits: readonly Limit[]
  readonly steps: readonly string[]
  readonly isWhole: boolean
}

const isAllowed = (digits: string, { limits, steps, isWhole }: Wanted): boolean => {
  const number = exactNumber(digits)
  return (
    (!isWhole || number.exponent >= 0) &&
    limits.every((limit) => limit.allows(compareExact(number, exactNumber(limit.digits)))) &&
    steps.map(exactNumber).every((step) => step.coefficient <= 0n || isMultipleOf(number, step))
  )
}

/** As many digits as a person would write. */
const written = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(12))) : '0')

const digitsOf = (schema: JsonMap, keyword: string): readonly string[] => {
  const node = memberOf(schema, keyword)
  return node?.kind === 'number' ? [node.digits] : []
}

const countsOf = (schemas: readonly JsonMap[], keyword: string) =>
  schemas.flatMap((schema) => digitsOf(schema, keyword).map(Number))
const largestCount = (schemas: readonly JsonMap[], keyword: string): number | undefined => {
  const counts = countsOf(schemas, keyword)
  return counts.length > 0 ? Math.max(...counts) : undefined
}
const smallestCount = (schemas: readonly JsonMap[], keyword: string): number | undefined => {
  const counts = countsOf(schemas, keyword)
  return counts.length > 0 ? Math.min(...counts) : undefined
}

/** A value of the schema, as JSON. */
const writtenText = (node: JsonNode): string => {
  switch (node.kind) {
    case 'constant':
      return String(node.value)
    case 'number':
      return node.digits
    case 'text':
      return JSON.stringify(node.text)
    case 'list':
      return `[${node.items.map(writtenText).join(', ')}]`
    case 'map':
      return `{${node.members.map(({ key, value }) => `${JSON.stringify(key)}: ${writtenText(value)}`).join(', ')}}`
  }
}

const nothing: JsonNode = { kind: 'list', items: [], position: 0, end: 0 }
const membersOf = (node: JsonNode | undefined) => (node?.kind === 'map' ? node.members : [])
const listOf = (node: JsonNode | undefined): readonly JsonNode[] => (node?.kind === 'list' ? node.items : [])
