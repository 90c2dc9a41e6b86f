import type { JsonNode } from '#shared/json/jsonTree'
import { exactNumber, isWhole } from '#shared/json/exactNumber'
import { patternOf } from './pattern'
import { typeNames, type KeywordKind } from './schemaKeywords'

const schemaProblemCodes = [
  'notASchema',
  'wrongKind',
  'unknownType',
  'badPattern',
  'referenceMissing',
  'referenceElsewhere',
  'otherDialect',
] as const
type SchemaProblemCode = (typeof schemaProblemCodes)[number]

/** What is wrong with a schema, or is not looked at; `position` is the UTF-16 offset in its text to blame. */
export interface SchemaProblem {
  readonly code: SchemaProblemCode
  /** The schema is sound all the same. */
  readonly isRemark: boolean
  readonly position: number
  readonly values: Readonly<Record<string, string>>
}

/** What keeps the value of a keyword from meaning anything. */
export const keywordProblems = (keyword: string, kind: KeywordKind, value: JsonNode): readonly SchemaProblem[] => {
  const fault = (code: SchemaProblemCode, at: JsonNode, values: SchemaProblem['values']): SchemaProblem => ({
    code,
    isRemark: false,
    position: at.position,
    values,
  })
  if (!isOfKind(kind, value)) return [fault('wrongKind', value, { keyword, kind: kindWord(kind) })]
  if (kind === 'types')
    return namesIn(value)
      .filter(({ text }) => !(typeNames as readonly string[]).includes(text))
      .map((name) => fault('unknownType', name, { type: name.text }))
  if (kind === 'pattern' && value.kind === 'text' && !patternOf(value.text))
    return [fault('badPattern', value, { pattern: value.text })]
  if (keyword === 'patternProperties' && value.kind === 'map')
    return value.members
      .filter(({ key }) => !patternOf(key))
      .map(({ key, keyPosition }) => ({ ...fault('badPattern', value, { pattern: key }), position: keyPosition }))
  return []
}

type TextNode = JsonNode & { readonly kind: 'text' }

/** Of a keyword that takes one name or several. */
const namesIn = (value: JsonNode): readonly TextNode[] =>
  (value.kind === 'list' ? value.items : [value]).flatMap((one) => (one.kind === 'text' ? [one] : []))

const isListOfTexts = (value: JsonNode) => value.kind === 'list' && value.items.every(({ kind }) => kind === 'text')

const isOfKind = (kind: KeywordKind, value: JsonNode): boolean => {
  switch (kind) {
    // What is no schema is said of itself.
    case 'schema':
    case 'schemaOrSchemas':
      return true
    case 'schemas':
    case 'list':
      return value.kind === 'list'
    case 'schemaMap':
    case 'dependencies':
      return value.kind === 'map'
    case 'keyMap':
      return value.kind === 'map' && value.members.every((member) => isListOfTexts(member.value))
    case 'keys':
      return isListOfTexts(value)
    case 'types':
      return value.kind === 'text' || isListOfTexts(value)
    case 'text':
    case 'pattern':
      return value.kind === 'text'
    case 'truth':
      return value.kind === 'constant' && value.value !== null
    case 'number':
      return value.kind === 'number'
    case 'positive':
      return value.kind === 'number' && exactNumber(value.digits).coefficient > 0n
    case 'count':
      return value.kind === 'number' && isWhole(exactNumber(value.digits)) && Number(value.digits) >= 0
  }
}

/** As the catalogue names what is expected. */
const kindWord = (kind: KeywordKind): string => {
  switch (kind) {
    case 'schemas':
    case 'list':
      return 'list'
    case 'schemaMap':
    case 'dependencies':
    case 'keyMap':
      return 'object'
    case 'keys':
      return 'names'
    case 'types':
    case 'text':
    case 'pattern':
      return 'text'
    default:
      return kind
  }
}
