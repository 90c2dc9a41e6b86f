import type { JsonPath } from '#shared/json/jsonPath'
import type { JsonNode } from '#shared/json/jsonTree'

const findingCodes = [
  'type',
  'enum',
  'const',
  'multipleOf',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'format',
  'maxItems',
  'minItems',
  'uniqueItems',
  'contains',
  'maxContains',
  'minContains',
  'maxProperties',
  'minProperties',
  'required',
  'dependentRequired',
  'noSuchKey',
  'noSuchItem',
  'keyName',
  'anyOf',
  'oneOf',
  'not',
  'nothing',
] as const
export type FindingCode = (typeof findingCodes)[number]

/** Where a value does not conform to its schema, and why. */
export interface SchemaFinding {
  readonly code: FindingCode
  readonly path: JsonPath
  /** What is to blame, in UTF-16 offsets: of an object or a list its first mark. */
  readonly position: number
  readonly end: number
  readonly values: Readonly<Record<string, string | number>>
}

/** Characters of a text that a finding carries. */
const longestShown = 80

export const shownText = (text: string): string =>
  text.length > longestShown ? `${text.slice(0, longestShown)}…` : text

/** A value as it is written, on one line; long ones are cut. */
export const shownNode = (node: JsonNode): string => shownText(writtenNode(node, longestShown + 1))

const writtenNode = (node: JsonNode, most: number): string => {
  switch (node.kind) {
    case 'constant':
      return String(node.value)
    case 'number':
      return node.digits.slice(0, most)
    case 'text':
      return JSON.stringify(node.text.slice(0, most))
    case 'list':
      return `[${node.items
        .slice(0, 10)
        .map((item) => writtenNode(item, most))
        .join(', ')}]`
    case 'map':
      return `{${node.members
        .slice(0, 10)
        .map(({ key, value }) => `${JSON.stringify(key.slice(0, most))}: ${writtenNode(value, most)}`)
        .join(', ')}}`
  }
}
