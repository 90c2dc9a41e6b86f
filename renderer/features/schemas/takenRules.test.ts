import { expect, it } from 'vitest'
import type { PayloadRule } from '#shared/model/payloadRule'
import { takenRules } from './takenRules'

const rule = (id: string, what: Partial<PayloadRule>): PayloadRule => ({ id, connectionId: null, filter: '#', ...what })
const protobuf = rule('p', { schema: { kind: 'protobuf', path: '/a.proto', messageType: '' } })
const jsonSchema = rule('j', { schema: { kind: 'jsonSchema', path: '/a.json' } })

it('takes a JSON Schema beside what decodes, in whatever order they stand', () => {
  expect(takenRules([protobuf, jsonSchema], 'a')).toEqual({ decoding: 1, schema: 2, first: 1 })
  expect(takenRules([jsonSchema, protobuf], 'a')).toEqual({ decoding: 2, schema: 1, first: 1 })
  expect(takenRules([protobuf], 'a')).toEqual({ decoding: 1, schema: 1, first: 1 })
  expect(takenRules([rule('d', { decoder: 'cbor' }), jsonSchema], 'a')).toEqual({ decoding: 1, schema: 2, first: 1 })
})
