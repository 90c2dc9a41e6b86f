import { array, assert, constantFrom, integer, letrec, oneof, option, property, record, subarray } from 'fast-check'
import { expect, it } from 'vitest'
import { readJsonTree } from '#shared/json/jsonTree'
import { checkSchema } from './checkSchema'
import { sampleOf } from './sampleOf'
import { readSchema } from './schemaDocument'

const documentOf = (schema: unknown) => {
  const read = readSchema(JSON.stringify(schema))
  if (!read.ok) throw new Error(read.detail)
  return read.document
}
const sample = (schema: unknown): unknown => JSON.parse(sampleOf(documentOf(schema)))

const isConforming = (schema: unknown): boolean => {
  const document = documentOf(schema)
  const tree = readJsonTree(sampleOf(document))
  const checked = tree.ok && checkSchema(document, tree.root)
  return checked && checked.ok && checked.count === 0
}

it('has every key that is described, with values that the schema names', () => {
  const schema = {
    type: 'object',
    required: ['id', 'unit'],
    properties: {
      id: { type: 'string', format: 'uuid' },
      unit: { enum: ['C', 'F'] },
      celsius: { type: 'number', minimum: 10, multipleOf: 2.5 },
      at: { type: 'string', format: 'date-time' },
      axes: { type: 'array', items: { type: 'integer', exclusiveMinimum: 3 }, minItems: 2 },
      note: { type: 'string', default: 'none' },
    },
  }
  expect(sample(schema)).toEqual({
    id: '00000000-0000-4000-8000-000000000000',
    unit: 'C',
    celsius: 10,
    at: '2026-01-01T12:00:00Z',
    axes: [4, 4],
    note: 'none',
  })
  expect(isConforming(schema)).toBe(true)
})

it('ends where a schema leads back to itself', () => {
  const tree = {
    type: 'object',
    properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#' } } },
  }
  expect(sample(tree)).toEqual({ name: 'text', children: [] })
  expect(sample({ type: 'object', properties: { next: { $ref: '#' } } })).toEqual({})
})

it('keeps the digits of numbers that the schema names', () => {
  const read = readSchema('{"const": 12345678901234567890.10}')
  expect(read.ok && sampleOf(read.document)).toBe('12345678901234567890.10')
})

const small = option(integer({ min: 0, max: 20 }), { nil: undefined })

const schemas = letrec((tie) => {
  const schema = tie('schema')
  return {
    schema: oneof(
      { depthSize: 'small' },
      record({
        type: constantFrom('number', 'integer'),
        minimum: small,
        multipleOf: constantFrom(undefined, 1, 2, 0.5),
      }),
      record({ type: constantFrom('string'), minLength: small }),
      record({ type: constantFrom('string'), format: constantFrom('date', 'ipv6', 'unknown') }),
      record({ enum: constantFrom([1, 'a'], [null]) }),
      record({ type: constantFrom('array'), items: schema, minItems: integer({ min: 0, max: 2 }) }),
      record({
        type: constantFrom('object'),
        properties: record({ a: schema, b: schema, c: schema }),
        required: subarray(['a', 'b', 'c']),
        additionalProperties: constantFrom(false),
      }),
      record({ anyOf: array(schema, { minLength: 1, maxLength: 3 }) }),
    ),
  }
}).schema

it('conforms to the schema it is made of', () => {
  assert(property(schemas, isConforming))
})
