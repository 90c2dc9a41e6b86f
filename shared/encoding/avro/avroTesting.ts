import fc from 'fast-check'
import { parseHex } from '#shared/mqtt/payloadText'
import { anyCharacter } from '#shared/text/anyTextTesting'
import type { AvroSchema } from './avroSchema'
import { parseAvroSchema } from './parsedAvroSchema'

/** As text, or as what the text says. */
export const schemaOf = (schema: unknown): AvroSchema => {
  const parsed = parseAvroSchema(typeof schema === 'string' ? schema : JSON.stringify(schema))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed))
  return parsed.schema
}

export const unhex = (hex: string): Uint8Array => {
  const parsed = parseHex(hex)
  if (!parsed.ok) throw new Error(hex)
  return parsed.bytes
}

/** Every kind of type, one of them inside itself. */
export const everything = {
  type: 'record',
  name: 'All',
  namespace: 'a.b',
  fields: [
    { name: 'nothing', type: 'null' },
    { name: 'yes', type: 'boolean' },
    { name: 'i', type: 'int' },
    { name: 'l', type: 'long' },
    { name: 'f', type: 'float' },
    { name: 'd', type: 'double' },
    { name: 'raw', type: 'bytes' },
    { name: 'text', type: 'string' },
    { name: 'list', type: { type: 'array', items: 'int' } },
    { name: 'map', type: { type: 'map', values: { type: 'array', items: 'string' } } },
    { name: 'kind', type: { type: 'enum', name: 'Kind', symbols: ['A', 'B', 'C'] } },
    { name: 'mac', type: { type: 'fixed', name: 'x.Mac', size: 3 } },
    { name: 'either', type: ['null', 'int', 'string', 'Kind', 'All'] },
    { name: 'next', type: ['null', 'a.b.All'], default: null },
    { name: 'other', type: 'x.Mac' },
  ],
}

const text = fc.string({ unit: anyCharacter })
/** A key of this name becomes the prototype of what the library reads. */
const key = text.filter((name) => name !== '__proto__')
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
/** A character a byte, as Avro writes bytes in JSON. */
const latin = (bytes: Uint8Array) => String.fromCharCode(...bytes)
const few = { maxLength: 3 }
const kind = fc.constantFrom('A', 'B', 'C')
const mac = fc.uint8Array({ minLength: 3, maxLength: 3 }).map(latin)
const record = (inner: fc.Arbitrary<unknown>) =>
  fc.record({
    nothing: fc.constant(null),
    yes: fc.boolean(),
    i: int,
    // Beyond it, the library rounds the zig-zag of negative ones.
    l: fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
    f: fc.float({ noNaN: true, noDefaultInfinity: true }),
    d: fc.double({ noNaN: true, noDefaultInfinity: true }),
    raw: fc.uint8Array().map(latin),
    text,
    list: fc.array(int, few),
    map: fc.dictionary(key, fc.array(text, few), { maxKeys: 3 }),
    kind,
    mac,
    either: fc.oneof(
      fc.constant(null),
      fc.record({ int }),
      fc.record({ string: text }),
      fc.record({ 'a.b.Kind': kind }),
      inner.map((value) => (value === null ? null : { 'a.b.All': value })),
    ),
    next: inner.map((value) => (value === null ? null : { 'a.b.All': value })),
    other: mac,
  })
/** What JSON a record of them may be. */
export const anyRecord = record(fc.option(record(fc.constant(null))))
