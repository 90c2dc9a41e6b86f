import { compareExact, exactNumber, isMultipleOf, isWhole, type ExactNumber } from '#shared/json/exactNumber'
import type { JsonNode } from '#shared/json/jsonTree'
import { blame, type Keyword, type Place } from './evaluation'
import { shownNode, shownText, type FindingCode } from './finding'
import { hasFormat } from './formats'
import { patternOf } from './pattern'
import { valueKey } from './sameValue'
import type { TypeName } from './schemaKeywords'

/** Keywords that look at the value alone, not at what is in it. */
export const valueKeywords: Readonly<Record<string, Keyword>> = {
  type: (place, argument) => {
    const names = textsIn(argument)
    if (names.length > 0 && !names.some((name) => isOfType(place.value, name)))
      blame(place, 'type', { expected: names.join(' | '), found: typeOf(place.value) })
  },
  enum: (place, argument) => {
    if (argument.kind !== 'list' || argument.items.length === 0) return
    const key = valueKey(place.value)
    if (argument.items.every((item) => valueKey(item) !== key))
      blame(place, 'enum', { allowed: shownText(argument.items.slice(0, 10).map(shownNode).join(', ')) })
  },
  const: (place, argument) => {
    if (valueKey(place.value) !== valueKey(argument)) blame(place, 'const', { allowed: shownNode(argument) })
  },
  multipleOf: (place, argument) =>
    numbers(place, argument, (value, limit) => {
      if (limit.coefficient > 0n && !isMultipleOf(value, limit)) blameLimit(place, 'multipleOf', argument)
    }),
  maximum: bound('maximum', (order) => order <= 0),
  exclusiveMaximum: bound('exclusiveMaximum', (order) => order < 0),
  minimum: bound('minimum', (order) => order >= 0),
  exclusiveMinimum: bound('exclusiveMinimum', (order) => order > 0),
  maxLength: size('maxLength', lengthOf),
  minLength: size('minLength', lengthOf),
  maxItems: size('maxItems', (value) => (value.kind === 'list' ? value.items.length : null)),
  minItems: size('minItems', (value) => (value.kind === 'list' ? value.items.length : null)),
  maxProperties: size('maxProperties', keyCount),
  minProperties: size('minProperties', keyCount),
  pattern: (place, argument) => {
    if (place.value.kind !== 'text' || argument.kind !== 'text') return
    if (patternOf(argument.text)?.test(place.value.text) === false)
      blame(place, 'pattern', { pattern: shownText(argument.text) })
  },
  format: (place, argument) => {
    if (place.value.kind !== 'text' || argument.kind !== 'text') return
    if (!hasFormat(place.value.text, argument.text)) blame(place, 'format', { format: argument.text })
  },
  uniqueItems: (place, argument) => {
    if (place.value.kind !== 'list' || argument.kind !== 'constant' || argument.value !== true) return
    const seen = new Map<string, number>()
    for (const [index, item] of place.value.items.entries()) {
      const key = valueKey(item)
      const first = seen.get(key)
      if (first !== undefined) return blame(place, 'uniqueItems', { first, second: index })
      seen.set(key, index)
    }
    return undefined
  },
}

/** What a value is; a whole number is an integer, too. */
const typeOf = (value: JsonNode): TypeName => {
  switch (value.kind) {
    case 'constant':
      return value.value === null ? 'null' : 'boolean'
    case 'number':
      return isWhole(exactNumber(value.digits)) ? 'integer' : 'number'
    case 'text':
      return 'string'
    case 'list':
      return 'array'
    case 'map':
      return 'object'
  }
}

const isOfType = (value: JsonNode, name: string): boolean =>
  name === 'number' ? value.kind === 'number' : typeOf(value) === name

export const textsIn = (argument: JsonNode): readonly string[] =>
  (argument.kind === 'list' ? argument.items : [argument]).flatMap((one) => (one.kind === 'text' ? [one.text] : []))

function bound(code: FindingCode, holds: (order: number) => boolean): Keyword {
  return (place, argument) =>
    numbers(place, argument, (value, limit) => {
      if (!holds(compareExact(value, limit))) blameLimit(place, code, argument)
    })
}

const blameLimit = (place: Place, code: FindingCode, limit: JsonNode) => blame(place, code, { limit: shownNode(limit) })

const numbers = ({ value }: Place, argument: JsonNode, use: (value: ExactNumber, limit: ExactNumber) => void): void => {
  if (value.kind === 'number' && argument.kind === 'number')
    use(exactNumber(value.digits), exactNumber(argument.digits))
}

/** Characters as JSON Schema counts them: not UTF-16 units. */
function lengthOf(value: JsonNode): number | null {
  if (value.kind !== 'text') return null
  let count = 0
  for (const _ of value.text) count += 1
  return count
}

function keyCount(value: JsonNode): number | null {
  return value.kind === 'map' ? new Set(value.members.map(({ key }) => key)).size : null
}

function size(code: FindingCode, measure: (value: JsonNode) => number | null): Keyword {
  const isLargest = code.startsWith('max')
  return (place, argument) => {
    const found = argument.kind === 'number' ? measure(place.value) : null
    if (found === null || argument.kind !== 'number') return
    const limit = Number(argument.digits)
    if (isLargest ? found > limit : found < limit) blame(place, code, { limit, found })
  }
}
