import type { PublishPropertySet } from '#shared/mqtt/publishProperties'
import { propertiesAt, type MessageChunk } from '../messageLog/messageLogChunk'
import type { FieldName, FieldTest, TermTest } from '../query/queryTerm'
import type { SearchTerm } from '../query/resolveQuery'
import { createFieldReading, type FieldReading } from './fieldReading'
import { createPlacedTest, createValueTest } from './fieldTest'
import type { LogDecoding } from './logDecoding'
import { createKeyScan } from './payloadScan'
import { propertiesOf, propertyValues } from './propertyValues'
import type { RangeTest } from './rangeTest'

type FieldTerm = Extract<TermTest, { readonly kind: 'field' }>
type PayloadField = Extract<FieldName, { readonly source: 'payload' }>
type Property = Exclude<FieldName, PayloadField>

/** The tests of the fields of one filter. */
export type FieldTests = (term: FieldTerm) => RangeTest

/** However many terms ask: a payload is read as JSON at most once, and a section of properties is decoded at most once. */
export const createFieldTests = (terms: readonly SearchTerm[], decoding: LogDecoding | null): FieldTests => {
  const payloads = createPayloadReading(terms, decoding)
  const readProperties = createPropertyReading()
  return ({ field, test }) =>
    field.source === 'payload' ? payloadTest(field, test, payloads) : propertyTest(field, test, readProperties)
}

const keyOf = ({ path }: PayloadField): string => JSON.stringify(path)

interface PayloadReading {
  readonly decoding: LogDecoding | null
  readonly fields: FieldReading
  slotOf(field: PayloadField): number
}

const createPayloadReading = (terms: readonly SearchTerm[], decoding: LogDecoding | null): PayloadReading => {
  const paths = new Map<string, PayloadField>()
  for (const { test } of terms)
    if (test.kind === 'field' && test.field.source === 'payload') paths.set(keyOf(test.field), test.field)
  const slots = [...paths.keys()]
  return {
    decoding,
    fields: createFieldReading(
      [...paths.values()].map(({ path }) => path),
      decoding,
    ),
    slotOf: (field) => slots.indexOf(keyOf(field)),
  }
}

const payloadTest = (field: PayloadField, test: FieldTest, { decoding, fields, slotOf }: PayloadReading): RangeTest => {
  const slot = slotOf(field)
  const placed = createPlacedTest(test)
  const scan = createKeyScan(field.path, test)
  return (range) => {
    const { chunk } = range
    const nextWithKey = scan(range)
    // The key of a payload that is decoded need not stand in its bytes.
    const mayHave = (index: number) =>
      nextWithKey(index) === index || (decoding !== null && decoding.decoderAt(chunk, index) !== null)
    return (index) => mayHave(index) && fields.read(chunk, index) && fields.passes(slot, placed)
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
