/** Which version of JSON Schema a document is written in. */
export type Dialect = '2020-12' | '07'

/** What the value of a keyword is: which of them are schemas, and which are checked for their kind. */
export type KeywordKind =
  | 'schema'
  | 'schemas'
  /** A list of schemas, or in draft-07 a schema or a list of them. */
  | 'schemaOrSchemas'
  | 'schemaMap'
  /** A schema or a list of keys, by key. */
  | 'dependencies'
  | 'count'
  | 'number'
  | 'positive'
  | 'pattern'
  | 'types'
  | 'keys'
  | 'keyMap'
  | 'list'
  | 'text'
  | 'truth'

const shared = {
  type: 'types',
  enum: 'list',
  multipleOf: 'positive',
  maximum: 'number',
  exclusiveMaximum: 'number',
  minimum: 'number',
  exclusiveMinimum: 'number',
  maxLength: 'count',
  minLength: 'count',
  pattern: 'pattern',
  format: 'text',
  maxItems: 'count',
  minItems: 'count',
  uniqueItems: 'truth',
  contains: 'schema',
  maxProperties: 'count',
  minProperties: 'count',
  required: 'keys',
  properties: 'schemaMap',
  patternProperties: 'schemaMap',
  additionalProperties: 'schema',
  propertyNames: 'schema',
  allOf: 'schemas',
  anyOf: 'schemas',
  oneOf: 'schemas',
  not: 'schema',
  if: 'schema',
  // oxlint-disable-next-line unicorn/no-thenable -- the keyword of that name; nothing awaits this
  then: 'schema',
  else: 'schema',
  $ref: 'text',
  $id: 'text',
  // Both versions resolve references into either.
  $defs: 'schemaMap',
  definitions: 'schemaMap',
} as const satisfies Readonly<Record<string, KeywordKind>>

const keywordsOf: Readonly<Record<Dialect, Readonly<Record<string, KeywordKind>>>> = {
  '2020-12': {
    ...shared,
    prefixItems: 'schemas',
    items: 'schema',
    maxContains: 'count',
    minContains: 'count',
    dependentRequired: 'keyMap',
    dependentSchemas: 'schemaMap',
    unevaluatedItems: 'schema',
    unevaluatedProperties: 'schema',
    $anchor: 'text',
    $dynamicAnchor: 'text',
    $dynamicRef: 'text',
  },
  '07': { ...shared, items: 'schemaOrSchemas', additionalItems: 'schema', dependencies: 'dependencies' },
}

export const keywordKind = (dialect: Dialect, keyword: string): KeywordKind | undefined =>
  Object.hasOwn(keywordsOf[dialect], keyword) ? keywordsOf[dialect][keyword] : undefined

export const typeNames = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'] as const
export type TypeName = (typeof typeNames)[number]
