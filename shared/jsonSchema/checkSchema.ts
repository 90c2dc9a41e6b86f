import { memberOf, type JsonMap, type JsonNode } from '#shared/json/jsonTree'
import {
  apart,
  blame,
  CheckLimit,
  limits,
  newEvaluated,
  takeOver,
  type Apply,
  type Keyword,
  type Place,
  type Report,
  type Run,
} from './evaluation'
import type { SchemaFinding } from './finding'
import { leftOverKeywords, partKeywords } from './partKeywords'
import type { SchemaDocument } from './schemaDocument'
import { keywordKind } from './schemaKeywords'
import { valueKeywords } from './valueKeywords'

export type SchemaCheck =
  | {
      readonly ok: true
      /** All of them; `findings` has the first ones. */
      readonly count: number
      readonly findings: readonly SchemaFinding[]
    }
  | { readonly ok: false; readonly limit: 'depth' | 'work' }

/** Whether a value conforms to a schema, and where it does not. */
export const checkSchema = (document: SchemaDocument, value: JsonNode): SchemaCheck => {
  const report: Report = { count: 0, findings: [] }
  const run: Run = { document, work: 0 }
  const evaluated = document.hasUnevaluated ? newEvaluated() : null
  try {
    apply(document.root, { run, value, steps: null, entered: [], depth: 0, report, evaluated })
  } catch (error) {
    if (error instanceof CheckLimit) return { ok: false, limit: error.limit }
    throw error
  }
  return { ok: true, count: report.count, findings: report.findings.toSorted((a, b) => a.position - b.position) }
}

const apply: Apply = (schema, place) => {
  const { run } = place
  run.work += 1
  if (run.work > limits.work) throw new CheckLimit('work')
  if (place.depth >= limits.depth) throw new CheckLimit('depth')
  if (schema.kind === 'constant' && schema.value === false) return blame(place, 'nothing')
  if (schema.kind !== 'map') return undefined
  const resource = run.document.resourceOf(schema)
  const isEntered = place.entered.at(-1) === resource
  const own: Place = {
    ...place,
    depth: place.depth + 1,
    entered: isEntered ? place.entered : [...place.entered, resource],
    evaluated: place.evaluated && newEvaluated(),
  }
  applyKeywords(schema, own)
  takeOver(own.evaluated, place.evaluated)
}

const applyKeywords = (schema: JsonMap, place: Place): void => {
  const { dialect, hasUnevaluated } = place.run.document
  const reference = memberOf(schema, '$ref')
  if (dialect === '07' && reference) return toReference(place, reference, schema)
  for (const { key, value } of schema.members) {
    const keyword = keywords.get(key)
    if (keyword && (key === 'const' || keywordKind(dialect, key) !== undefined)) keyword(place, value, schema)
  }
  if (!hasUnevaluated) return undefined
  for (const { key, value } of schema.members) leftOvers.get(key)?.(place, value, schema)
}

const toReference: Keyword = (place, _argument, schema) => {
  const target = place.run.document.referenceOf(schema)
  if (target) apply(target, place)
}

const branchesOf = (place: Place, argument: JsonNode): readonly Place[] => {
  const schemas = argument.kind === 'list' ? argument.items : []
  return schemas.map((schema) => {
    const branch = apart(place)
    apply(schema, branch)
    return branch
  })
}

const holds = ({ report }: Place) => report.count === 0

/** None of the branches holds: what is wrong is said of the one that was meant, where only one has the type of the value. */
const blameBranches = (place: Place, branches: readonly Place[], code: 'anyOf' | 'oneOf'): void => {
  const meant = branches.filter(({ report }) => !report.findings.some((finding) => isOfWhole(finding, place)))
  const [only] = meant
  if (meant.length !== 1 || !only) return blame(place, code, { count: branches.length, found: 0 })
  place.report.count += only.report.count
  place.report.findings.push(...only.report.findings.slice(0, limits.findings - place.report.findings.length))
}

/** That the value itself is another one, so that its parts do not matter. */
const isOfWhole = ({ code, position }: SchemaFinding, { value }: Place): boolean =>
  position === value.position && (code === 'type' || code === 'const' || code === 'enum' || code === 'nothing')

const logicKeywords: Readonly<Record<string, Keyword>> = {
  $ref: toReference,
  $dynamicRef: (place, _argument, schema) => {
    const target = place.run.document.dynamicReferenceOf(schema, place.entered)
    if (target) apply(target, place)
  },
  allOf: (place, argument) => {
    if (argument.kind === 'list') for (const schema of argument.items) apply(schema, place)
  },
  anyOf: (place, argument) => {
    const branches = branchesOf(place, argument)
    const held = branches.filter(holds)
    for (const { evaluated } of held) takeOver(evaluated, place.evaluated)
    if (held.length === 0 && branches.length > 0) blameBranches(place, branches, 'anyOf')
  },
  oneOf: (place, argument) => {
    const branches = branchesOf(place, argument)
    const held = branches.filter(holds)
    const [only] = held
    if (held.length === 1 && only) takeOver(only.evaluated, place.evaluated)
    else if (held.length > 1) blame(place, 'oneOf', { count: branches.length, found: held.length })
    else if (branches.length > 0) blameBranches(place, branches, 'oneOf')
  },
  not: (place, argument) => {
    const branch = apart(place)
    apply(argument, branch)
    if (holds(branch)) blame(place, 'not')
  },
  if: (place, argument, schema) => {
    const branch = apart(place)
    apply(argument, branch)
    if (holds(branch)) takeOver(branch.evaluated, place.evaluated)
    const next = memberOf(schema, holds(branch) ? 'then' : 'else')
    if (next) apply(next, place)
  },
}

// Maps: a key of a schema may be the name of what every object has.
const keywords = new Map(Object.entries({ ...valueKeywords, ...partKeywords(apply), ...logicKeywords }))
const leftOvers = new Map(Object.entries(leftOverKeywords(apply)))
