import type { PublishPropertySet } from '#shared/mqtt/publishProperties'
import { payloadEnd, payloadStart, propertiesAt, type MessageChunk } from '../messageLog/messageLogChunk'
import type { FieldName, FieldTest, TermTest } from '../query/queryTerm'
import type { SearchTerm } from '../query/resolveQuery'
import { createJsonTest, createValueTest } from './fieldTest'
import { createJsonFieldReader } from '#shared/json/jsonFields'
import { createKeyScan } from './payloadScan'
import { propertiesOf, propertyValues } from './propertyValues'
import type { RangeTest } from './rangeTest'

type FieldTerm = Extract<TermTest, { readonly kind: 'field' }>
type PayloadField = Extract<FieldName, { readonly source: 'payload' }>
type Property = Exclude<FieldName, PayloadField>

/** The tests of the fields of one filter. */
export type FieldTests = (term: FieldTerm) => RangeTest

/** However many terms ask: a payload is read as JSON at most once, and a section of properties is decoded at most once. */
export const createFieldTests = (terms: readonly SearchTerm[]): FieldTests => {
  const readJson = createJsonReading(terms)
  const readProperties = createPropertyReading()
  return ({ field, test }) =>
    field.source === 'payload' ? payloadTest(field, test, readJson) : propertyTest(field, test, readProperties)
}

const keyOf = ({ path }: PayloadField): string => JSON.stringify(path)

interface JsonReading {
  slotOf(field: PayloadField): number
  /** Where the value of a slot begins in the chunk's memory; -1 = the payload has none, or is no JSON. */
  startOf(chunk: MessageChunk, index: number, slot: number): number
  endOf(slot: number): number
}

const createJsonReading = (terms: readonly SearchTerm[]): JsonReading => {
  const paths = new Map<string, PayloadField>()
  for (const { test } of terms)
    if (test.kind === 'field' && test.field.source === 'payload') paths.set(keyOf(test.field), test.field)
  const slots = [...paths.keys()]
  const reader = createJsonFieldReader([...paths.values()].map(({ path }) => path))
  let known: MessageChunk | null = null
  let knownIndex = -1
  let isJson = false
  return {
    slotOf: (field) => slots.indexOf(keyOf(field)),
    startOf: (chunk, index, slot) => {
      if (chunk !== known || index !== knownIndex) {
        known = chunk
        knownIndex = index
        isJson = reader.read(chunk.memory.bytes, payloadStart(chunk, index), payloadEnd(chunk, index))
      }
      return isJson ? (reader.starts[slot] ?? -1) : -1
    },
    endOf: (slot) => reader.ends[slot] ?? 0,
  }
}

const payloadTest = (field: PayloadField, test: FieldTest, json: JsonReading): RangeTest => {
  const slot = json.slotOf(field)
  const passes = createJsonTest(test)
  const scan = createKeyScan(field.path, test)
  return (range) => {
    const { chunk } = range
    const nextWithKey = scan(range)
    return (index) => {
      if (nextWithKey(index) !== index) return false
      const start = json.startOf(chunk, index, slot)
      return start >= 0 && passes(chunk.memory.bytes, start, json.endOf(slot))
    }
  }
}

type PropertyReading = (chunk: MessageChunk, index: number) => PublishPropertySet | null

const createPropertyReading = (): PropertyReading => {
  let known: MessageChunk | null = null
  let knownIndex = -1
  let set: PublishPropertySet | null = null
  return (chunk, index) => {
    if (chunk === known && index === knownIndex) return set
    known = chunk
    knownIndex = index
    set = propertiesOf(propertiesAt(chunk, index))
    return set
  }
}

/** In a property everything is text, `true` too. */
const asText = (test: FieldTest): FieldTest =>
  'value' in test && test.value.type === 'word' ? { ...test, value: { type: 'text', text: test.value.word } } : test

const propertyTest = (property: Property, test: FieldTest, read: PropertyReading): RangeTest => {
  // Of several values, one has to pass; `!=` says that none is the same.
  const isUnequal = test.op === '!='
  const passes = createValueTest(asText(isUnequal ? { ...test, op: '=' } : test))
  return ({ chunk }) =>
    (index) => {
      const set = read(chunk, index)
      const values = set ? propertyValues(set, property) : []
      return values.length > 0 && values.some((text) => passes({ kind: 'text', text })) !== isUnequal
    }
}
