import { memberOf, type JsonMember, type JsonNode } from '#shared/json/jsonTree'
import { apart, below, blame, blameAt, newEvaluated, type Apply, type Keyword, type Place } from './evaluation'
import { shownText } from './finding'
import { patternOf } from './pattern'
import { textsIn } from './valueKeywords'

/** Keywords that hold what is in a value against schemas of its own. */
export const partKeywords = (apply: Apply): Readonly<Record<string, Keyword>> => {
  const member = (place: Place, { key, value }: JsonMember, schema: JsonNode) => {
    place.evaluated?.keys.add(key)
    apply(schema, below(place, key, value))
  }
  /** A key for which there is no schema but this one; `false` says that it may not be. */
  const furtherMember = (place: Place, one: JsonMember, schema: JsonNode) => {
    if (!isFalse(schema)) {
      member(place, one, schema)
      return
    }
    const steps = { step: one.key, before: place.steps }
    blameAt(
      { ...place, steps },
      { code: 'noSuchKey', position: one.keyPosition, end: one.keyEnd, values: { key: shownText(one.key) } },
    )
  }
  const item = (place: Place, index: number, schema: JsonNode) => {
    const value = itemsOf(place.value)[index]
    if (!value) return
    place.evaluated?.places.add(index)
    if (isFalse(schema)) blame(below(place, index, value), 'noSuchItem', { count: index })
    else apply(schema, below(place, index, value))
  }
  const itemsFrom = (place: Place, first: number, schema: JsonNode) => {
    for (let index = first; index < itemsOf(place.value).length; index++) item(place, index, schema)
  }
  return {
    properties: (place, argument) => {
      for (const one of membersOf(place.value)) {
        const schema = memberOf(argument, one.key)
        if (schema) member(place, one, schema)
      }
    },
    patternProperties: (place, argument) => {
      for (const one of membersOf(place.value))
        for (const { key, value: schema } of membersOf(argument))
          if (patternOf(key)?.test(one.key)) member(place, one, schema)
    },
    additionalProperties: (place, argument, schema) => {
      const named = memberOf(schema, 'properties')
      const patterns = membersOf(memberOf(schema, 'patternProperties')).map(({ key }) => patternOf(key))
      for (const one of membersOf(place.value)) {
        const isNamed = named !== undefined && memberOf(named, one.key) !== undefined
        if (!isNamed && !patterns.some((pattern) => pattern?.test(one.key))) furtherMember(place, one, argument)
      }
    },
    propertyNames: (place, argument) => {
      for (const { key, keyPosition, keyEnd } of membersOf(place.value)) {
        const name: JsonNode = { kind: 'text', text: key, position: keyPosition, end: keyEnd }
        const named = { ...apart(place), value: name }
        apply(argument, named)
        if (named.report.count > 0)
          blameAt(place, { code: 'keyName', position: keyPosition, end: keyEnd, values: { key: shownText(key) } })
      }
    },
    required: (place, argument) => {
      if (place.value.kind !== 'map') return
      for (const key of textsIn(argument))
        if (!memberOf(place.value, key)) blame(place, 'required', { key: shownText(key) })
    },
    dependentRequired: (place, argument) => {
      for (const { key, value } of membersOf(argument)) needed(place, key, value)
    },
    dependentSchemas: (place, argument) => {
      for (const { key, value } of membersOf(argument)) if (memberOf(place.value, key)) apply(value, place)
    },
    dependencies: (place, argument) => {
      for (const { key, value } of membersOf(argument)) {
        if (value.kind === 'list') needed(place, key, value)
        else if (memberOf(place.value, key)) apply(value, place)
      }
    },
    prefixItems: (place, argument) => {
      for (const [index, schema] of itemsOf(argument).entries()) item(place, index, schema)
    },
    items: (place, argument, schema) => {
      if (argument.kind !== 'list') itemsFrom(place, itemsOf(memberOf(schema, 'prefixItems')).length, argument)
      else for (const [index, one] of argument.items.entries()) item(place, index, one)
    },
    additionalItems: (place, argument, schema) => {
      const items = memberOf(schema, 'items')
      if (items?.kind === 'list') itemsFrom(place, items.items.length, argument)
    },
    contains: (place, argument, schema) => contained(apply, place, { argument, schema }),
  }
}

/** These two look at what all others left over, so they come last. */
export const leftOverKeywords = (apply: Apply): Readonly<Record<string, Keyword>> => ({
  unevaluatedProperties: (place, argument) => {
    for (const one of membersOf(place.value)) {
      if (place.evaluated?.keys.has(one.key)) continue
      place.evaluated?.keys.add(one.key)
      const steps = { step: one.key, before: place.steps }
      if (isFalse(argument))
        blameAt(
          { ...place, steps },
          { code: 'noSuchKey', position: one.keyPosition, end: one.keyEnd, values: { key: shownText(one.key) } },
        )
      else apply(argument, below(place, one.key, one.value))
    }
  },
  unevaluatedItems: (place, argument) => {
    for (const [index, value] of itemsOf(place.value).entries()) {
      if (place.evaluated?.places.has(index)) continue
      place.evaluated?.places.add(index)
      const at = below(place, index, value)
      if (isFalse(argument)) blame(at, 'noSuchItem', { count: index })
      else apply(argument, at)
    }
  },
})

interface Contains {
  readonly argument: JsonNode
  readonly schema: JsonNode
}

const contained = (apply: Apply, place: Place, { argument, schema }: Contains): void => {
  if (place.value.kind !== 'list') return
  let count = 0
  for (const [index, value] of place.value.items.entries()) {
    const tried = { ...apart(place), value, evaluated: place.evaluated && newEvaluated() }
    apply(argument, tried)
    if (tried.report.count > 0) continue
    count += 1
    place.evaluated?.places.add(index)
  }
  const least = countOf(memberOf(schema, 'minContains'))
  const most = countOf(memberOf(schema, 'maxContains'))
  if (least === null && count === 0) blame(place, 'contains')
  else if (least !== null && count < least) blame(place, 'minContains', { limit: least, found: count })
  if (most !== null && count > most) blame(place, 'maxContains', { limit: most, found: count })
}

const countOf = (node: JsonNode | undefined): number | null => (node?.kind === 'number' ? Number(node.digits) : null)

const needed = (place: Place, because: string, keys: JsonNode): void => {
  if (!memberOf(place.value, because)) return
  for (const key of textsIn(keys))
    if (!memberOf(place.value, key))
      blame(place, 'dependentRequired', { key: shownText(key), because: shownText(because) })
}

const membersOf = (node: JsonNode | undefined): readonly JsonMember[] => (node?.kind === 'map' ? node.members : [])
const itemsOf = (node: JsonNode | undefined): readonly JsonNode[] => (node?.kind === 'list' ? node.items : [])
const isFalse = (schema: JsonNode): boolean => schema.kind === 'constant' && schema.value === false
