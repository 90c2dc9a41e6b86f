import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { array, assert, boolean, constantFrom, dictionary, integer, letrec, oneof, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJsonTree } from '#shared/json/jsonTree'
import { printJsonPath } from '#shared/json/jsonPath'
import { checkSchema } from './checkSchema'
import { readSchema } from './schemaDocument'

const documentOf = (schema: unknown) => {
  const read = readSchema(typeof schema === 'string' ? schema : JSON.stringify(schema))
  if (!read.ok) throw new Error(`No schema: ${read.detail} at ${read.position}`)
  return read.document
}

const treeOf = (text: string) => {
  const tree = readJsonTree(text)
  if (!tree.ok) throw new Error(`No JSON: ${tree.detail}`)
  return tree.root
}

/** Findings as `path code`, with the text that is blamed. */
const findingsOf = (schema: unknown, text: string) => {
  const checked = checkSchema(documentOf(schema), treeOf(text))
  if (!checked.ok) throw new Error(`The limit of ${checked.limit} is reached.`)
  return checked.findings.map(
    ({ path, code, position, end }) => `${printJsonPath(path)} ${code} ${text.slice(position, end)}`,
  )
}

const asRead = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const conforms = (schema: unknown, value: unknown): boolean => findingsOf(schema, JSON.stringify(value)).length === 0

describe('where a value does not conform', () => {
  const schema = {
    type: 'object',
    required: ['celsius', 'unit'],
    additionalProperties: false,
    properties: {
      celsius: { type: 'number', maximum: 100 },
      unit: { enum: ['C', 'F'] },
      axes: { type: 'array', items: { type: 'integer' } },
    },
  }

  it('names the place in the text, the path and the reason', () => {
    expect(findingsOf(schema, '{"celsius": 200, "unit": "K", "axes": [1, "x"], "more": 1}')).toEqual([
      '$.celsius maximum 200',
      '$.unit enum "K"',
      '$.axes[1] type "x"',
      '$.more noSuchKey "more"',
    ])
  })

  it('blames the object for a key that is missing', () => {
    expect(findingsOf(schema, ' {"unit": "C"}')).toEqual(['$ required {'])
  })

  it('looks at each of two members with the same key', () => {
    expect(findingsOf(schema, '{"unit": "C", "celsius": "a", "celsius": 1}')).toEqual(['$.celsius type "a"'])
  })

  it('compares numbers with every digit', () => {
    expect(findingsOf({ maximum: 9007199254740992 }, '9007199254740993')).toEqual(['$ maximum 9007199254740993'])
    expect(findingsOf('{"const": 12345678901234567890}', '12345678901234567891')).toHaveLength(1)
    expect(findingsOf('{"const": 12345678901234567890}', '1234567890123456789.0e1')).toEqual([])
    expect(findingsOf('{"multipleOf": 0.01}', '19.99')).toEqual([])
    expect(findingsOf('{"multipleOf": 3}', '1e100000000')).toHaveLength(1)
    expect(findingsOf('{"type": "integer"}', '1e2147483647')).toEqual([])
  })

  it('says what is wrong with the one branch that was meant', () => {
    const either = { oneOf: [{ type: 'string' }, { type: 'object', required: ['a'] }] }
    expect(findingsOf(either, '{}')).toEqual(['$ required {'])
    expect(findingsOf(either, '1')).toEqual(['$ oneOf 1'])
  })
})

describe('lists', () => {
  it('contain what they must, as often as they may', () => {
    const schema = { prefixItems: [true], contains: { type: 'integer' }, minContains: 2, maxContains: 3 }
    expect(findingsOf(schema, '[1]')).toEqual(['$ minContains ['])
    expect(findingsOf(schema, '["a", 1, 2]')).toEqual([])
    expect(findingsOf(schema, '[1, 2, 3, 4]')).toEqual(['$ maxContains ['])
    expect(findingsOf({ contains: true }, '[]')).toEqual(['$ contains ['])
    expect(findingsOf({ contains: false, minContains: 0 }, '[]')).toEqual([])
  })

  it('have places that no schema looked at', () => {
    const schema = {
      anyOf: [{ prefixItems: [{ type: 'null' }] }, { type: 'number' }],
      unevaluatedItems: { type: 'string' },
    }
    expect(findingsOf(schema, '[null, "a", 1]')).toEqual(['$[2] type 1'])
    expect(findingsOf({ allOf: [{ unevaluatedItems: true }], unevaluatedItems: false }, '[1]')).toEqual([])
  })

  it('have looked at what they contain', () => {
    const schema = { contains: { type: 'integer' }, unevaluatedItems: false }
    expect(findingsOf(schema, '[1, "a"]')).toEqual(['$[1] noSuchItem "a"'])
  })
})

describe('references', () => {
  it('lead to definitions, anchors, identified parts and themselves', () => {
    const tree = {
      $ref: '#/$defs/tree',
      $defs: { tree: { properties: { next: { $ref: '#/$defs/tree' } }, type: 'object' } },
    }
    expect(findingsOf(tree, '{"next": {"next": 1}}')).toEqual(['$.next.next type 1'])
    expect(conforms({ $ref: '#a', $defs: { a: { $anchor: 'a', type: 'null' } } }, 1)).toBe(false)
    const identified = {
      $id: 'https://example.com/root.json',
      $ref: 'item.json#/$defs/n',
      $defs: { i: { $id: 'item.json', $defs: { n: { type: 'number' } } } },
    }
    expect(conforms(identified, 'a')).toBe(false)
    expect(conforms(identified, 1)).toBe(true)
  })

  it('of draft-07 stand alone', () => {
    const draft07 = 'http://json-schema.org/draft-07/schema#'
    const schema = { $schema: draft07, definitions: { a: {} }, $ref: '#/definitions/a', type: 'null' }
    expect(conforms(schema, 1)).toBe(true)
    expect(conforms({ ...schema, $schema: 'https://json-schema.org/draft/2020-12/schema' }, 1)).toBe(false)
  })

  it('are followed to the outermost dynamic anchor', () => {
    const strict = {
      $id: 'https://example.com/strict',
      $dynamicAnchor: 'node',
      $ref: 'tree',
      unevaluatedProperties: false,
      $defs: {
        tree: {
          $id: 'https://example.com/tree',
          $dynamicAnchor: 'node',
          properties: { data: true, children: { type: 'array', items: { $dynamicRef: '#node' } } },
        },
      },
    }
    expect(conforms(strict, { children: [{ data: 1 }] })).toBe(true)
    expect(findingsOf(strict, '{"children": [{"daat": 1}]}')).toEqual(['$.children[0].daat noSuchKey "daat"'])
  })

  it('that lead nowhere but to themselves end', () => {
    expect(checkSchema(documentOf({ $ref: '#' }), treeOf('1'))).toEqual({ ok: false, limit: 'depth' })
  })
})

/** Schemas over few keys and values, so that they often meet. */
const key = constantFrom('a', 'b', 'c')
const value = letrec((tie) => ({
  any: oneof(
    { depthSize: 'small', withCrossShrink: true },
    constantFrom(null, true, false, '', 'a', 'bb', 'ccc', '😀'),
    constantFrom(0, 1, 2, 3, -1, 0.5, 1.5, 10),
    array(tie('any'), { maxLength: 4 }),
    dictionary(key, tie('any'), { maxKeys: 3 }),
  ),
})).any

/** Null = the code that the other validator made of a schema does not run: it names what is not there. */
const answerOf = (validate: (value: unknown) => unknown, one: unknown): unknown => {
  try {
    return validate(one)
  } catch (error) {
    if (error instanceof ReferenceError) return null
    throw error
  }
}

/** What it does with `contains` beside other keywords of lists is not what the standard says; see the cases above. */
const combined = (parts: readonly object[]): object => {
  const schema = Object.fromEntries(parts.flatMap((part) => Object.entries(part)))
  if (Array.isArray(schema['items'])) delete schema['contains']
  return schema
}

const schemaOf = (dialect: '2020-12' | '07') =>
  letrec((tie) => {
    const schema = tie('schema')
    const types = constantFrom('null', 'boolean', 'object', 'array', 'number', 'string', 'integer')
    const count = integer({ min: 0, max: 3 })
    const some = array(schema, { minLength: 1, maxLength: 3 })
    const byKey = dictionary(key, schema, { maxKeys: 3 })
    const keys = array(key, { maxLength: 2 }).map((listed) => [...new Set(listed)])
    const reference = constantFrom('#/$defs/x', '#/$defs/y')
    const both = {
      type: oneof(
        types,
        array(types, { minLength: 1, maxLength: 2 }).map((listed) => [...new Set(listed)]),
      ),
      enum: array(value, { minLength: 1, maxLength: 3 }),
      const: value,
      multipleOf: constantFrom(1, 2, 0.5, 3),
      maximum: count,
      exclusiveMaximum: count,
      minimum: count,
      exclusiveMinimum: count,
      maxLength: count,
      minLength: count,
      pattern: constantFrom('^a', 'b', 'c$', '^.$'),
      maxItems: count,
      minItems: count,
      uniqueItems: boolean(),
      maxProperties: count,
      minProperties: count,
      required: keys,
      properties: byKey,
      patternProperties: dictionary(constantFrom('^a', 'b|c', '.'), schema, { maxKeys: 2 }),
      additionalProperties: schema,
      propertyNames: schema,
      allOf: some,
      anyOf: some,
      oneOf: some,
      not: schema,
      if: schema,
      // oxlint-disable-next-line unicorn/no-thenable -- the keyword of that name; nothing awaits this
      then: schema,
      else: schema,
      ...(dialect === '07' ? {} : { $ref: reference }),
    }
    const own =
      dialect === '07'
        ? {
            items: oneof(schema, some),
            additionalItems: schema,
            contains: schema,
            dependencies: dictionary(key, oneof(schema, keys)),
          }
        : {
            items: schema,
            prefixItems: some,
            dependentRequired: dictionary(key, keys, { maxKeys: 2 }),
            dependentSchemas: byKey,
            unevaluatedProperties: schema,
          }
    const keywords = Object.entries({ ...both, ...own }).map(([name, arbitrary]) => record({ [name]: arbitrary }))
    return {
      schema: oneof(
        { depthSize: 'small' },
        boolean(),
        // What stands beside one in draft-07 does not count, but for the other validator.
        record({ $ref: reference }),
        array(oneof(...keywords), { minLength: 1, maxLength: 4 }).map((parts) => combined(parts)),
      ),
    }
  }).schema

describe('against another validator', () => {
  for (const [dialect, Validator] of [
    ['2020-12', Ajv2020],
    ['07', Ajv],
  ] as const)
    it(`answers the same for ${dialect}`, () => {
      const definitions = {
        x: { type: ['string', 'number'] },
        y: { type: 'object', properties: { a: { type: 'integer' } } },
      }
      const $schema =
        dialect === '07' ? 'http://json-schema.org/draft-07/schema#' : `https://json-schema.org/draft/2020-12/schema`
      assert(
        property(schemaOf(dialect), array(value, { minLength: 1, maxLength: 5 }), (schema, values) => {
          // As they come out of JSON: the other one takes objects without a prototype for others.
          const whole = asRead({ $schema, $defs: definitions, allOf: [schema] }) as object
          const validate = new Validator({ strict: false, validateSchema: false, logger: false }).compile(whole)
          for (const one of values.map(asRead)) {
            const answer = answerOf(validate, one)
            if (answer !== null) expect(conforms(whole, one), JSON.stringify([whole, one])).toBe(answer)
          }
        }),
        { numRuns: 300 },
      )
    })
})
