import type { PathStep } from '#shared/json/jsonPath'
import type { JsonMap, JsonNode } from '#shared/json/jsonTree'
import type { FindingCode, SchemaFinding } from './finding'
import type { SchemaDocument, SchemaResource } from './schemaDocument'

/** The way to a value, its last step first: made into a path only where something is found. */
interface Steps {
  readonly step: PathStep
  readonly before: Steps | null
}

/** What of a value some schema has looked at: of an object the keys, of a list the places. */
export interface Evaluated {
  readonly keys: Set<string>
  readonly places: Set<number>
}

/** What was found of a value by one schema, or by one branch of it. */
export interface Report {
  count: number
  readonly findings: SchemaFinding[]
}

/** A whole check. */
export interface Run {
  readonly document: SchemaDocument
  /** Schemas that were held against values. */
  work: number
}

/** A value that is held against a schema. */
export interface Place {
  readonly run: Run
  readonly value: JsonNode
  readonly steps: Steps | null
  /** The resources that references led through, outermost first. */
  readonly entered: readonly SchemaResource[]
  readonly depth: number
  readonly report: Report
  /** Null = the document never asks for it. */
  readonly evaluated: Evaluated | null
}

/** What a keyword of a schema says of a value. */
export type Keyword = (place: Place, argument: JsonNode, schema: JsonMap) => void

/** Holds a value against a schema, and reports what does not conform. */
export type Apply = (schema: JsonNode, place: Place) => void

/** A schema may lead to itself without end, and a small one into more work than anybody waits for. */
export const limits = { depth: 1_500, work: 20_000_000, findings: 200 } as const

/** Thrown where a limit is reached. */
export class CheckLimit extends Error {
  constructor(readonly limit: 'depth' | 'work') {
    super(`The limit of ${limit} is reached.`)
  }
}

type Values = SchemaFinding['values']

/** Reports something at a value. */
export const blame = (place: Place, code: FindingCode, values: Values = {}): void => {
  const { kind, position, end } = place.value
  const isContainer = kind === 'map' || kind === 'list'
  blameAt(place, { code, position, end: isContainer ? position + 1 : end, values })
}

/** The same of another part of the text than the whole value, and of a step below it. */
export const blameAt = (
  { report, steps }: Pick<Place, 'report' | 'steps'>,
  found: Omit<SchemaFinding, 'path'>,
): void => {
  report.count += 1
  if (report.findings.length < limits.findings) report.findings.push({ ...found, path: pathOf(steps) })
}

/** A value below another one. */
export const below = (place: Place, step: PathStep, value: JsonNode): Place => ({
  ...place,
  value,
  steps: { step, before: place.steps },
  evaluated: place.evaluated && newEvaluated(),
})

/** The same value, with what is found of it apart. */
export const apart = (place: Place): Place => ({
  ...place,
  report: { count: 0, findings: [] },
  evaluated: place.evaluated && newEvaluated(),
})

export const newEvaluated = (): Evaluated => ({ keys: new Set(), places: new Set() })

/** What one schema has looked at is what the schema around it has. */
export const takeOver = (from: Evaluated | null, into: Evaluated | null): void => {
  if (!from || !into) return
  for (const key of from.keys) into.keys.add(key)
  for (const place of from.places) into.places.add(place)
}

const pathOf = (steps: Steps | null): PathStep[] => {
  const path: PathStep[] = []
  for (let at = steps; at; at = at.before) path.push(at.step)
  return path.toReversed()
}
