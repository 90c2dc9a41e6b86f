import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinedBytes } from '#shared/encoding/joinedBytes'
import type { ProtobufField, ProtobufSchema } from '#shared/encoding/protobuf/protobufSchema'
import { createProtobufTypes } from '#shared/encoding/protobuf/protobufTypes'
import type { JsonPath } from '#shared/json/jsonPath'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { cborDecoder } from './cborDecoder'
import type { Decoder, DecoderSettings } from './decoder'
import { messagePackDecoder } from './messagePackDecoder'
import { createDecodingFinder } from './nodeFinder'
import { protobufDecoder } from './schemaDecoders'

const settings: DecoderSettings = { decompress: (_, bytes) => bytes }

interface Finding {
  readonly decoder: Decoder
  readonly settings?: DecoderSettings
  readonly paths: readonly JsonPath[]
}

/** What its finder finds in each payload, and what stands in the nodes. */
const bothWays = ({ decoder, paths, settings: given = settings }: Finding) => {
  const finder = decoder.finder?.(paths, given)
  if (!finder) throw new Error(`${decoder.name} has no finder for ${JSON.stringify(paths)}`)
  const byNodes = createDecodingFinder(paths, (bytes) => decoder.decode(bytes, given))
  return (bytes: Uint8Array) => ({
    quick: { isReadable: finder.read(bytes), found: [...finder.found] },
    whole: { isReadable: byNodes.read(bytes), found: [...byNodes.found] },
  })
}

/** Few keys, so that they come twice; one that only an integer has, and what no text is. */
const anyPath = fc.array(fc.constantFrom<string | number>('a', 'b', 'é', '', '1', '{"$hex":"01"}', 0, 1), {
  maxLength: 3,
})
const anyPaths = fc.uniqueArray(anyPath, { minLength: 1, maxLength: 3, selector: (path) => JSON.stringify(path) })

/** The bytes as they are, with one changed, or cut short. */
const damaged = (bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc.tuple(bytes, fc.nat(), fc.nat(255), fc.constantFrom('as it is', 'changed', 'cut')).map(([all, at, byte, what]) => {
    if (what === 'as it is' || all.length === 0) return all
    if (what === 'cut') return all.slice(0, at % all.length)
    const changed = all.slice()
    changed[at % all.length] = byte
    return changed
  })

interface Ways extends Omit<Finding, 'paths'> {
  readonly paths: fc.Arbitrary<readonly JsonPath[]>
}

const findsTheSame = (bytes: fc.Arbitrary<Uint8Array>, { paths, ...finding }: Ways) =>
  fc.assert(
    fc.property(paths, fc.array(damaged(bytes), { minLength: 1, maxLength: 4 }), (wanted, payloads) => {
      const read = bothWays({ ...finding, paths: wanted })
      for (const payload of payloads) {
        const { quick, whole } = read(payload)
        expect(quick).toEqual(whole)
      }
    }),
    { numRuns: 2_000, seed: 1 },
  )

const bytesOf = (...parts: readonly (number | Uint8Array)[]): Uint8Array =>
  joinedBytes(parts.map((part) => (typeof part === 'number' ? Uint8Array.of(part) : part)))

it.each([
  { decoder: cborDecoder, map: [0xa2, 0x61, 0x61, 0xa1, 0x61, 0x62, 0x01, 0x61, 0x61, 0xa0] },
  { decoder: messagePackDecoder, map: [0x82, 0xa1, 0x61, 0x81, 0xa1, 0x62, 0x01, 0xa1, 0x61, 0x80] },
])('the last of equal keys counts for all that was in the first: $decoder.name', ({ decoder, map }) => {
  const { quick, whole } = bothWays({ decoder, paths: [['a', 'b']] })(Uint8Array.from(map))
  expect(quick).toEqual(whole)
  expect(quick).toEqual({ isReadable: true, found: [null] })
})

describe('a finder of CBOR', () => {
  const text = (written: string) => bytesOf(0x60 + encodeUtf8(written).length, encodeUtf8(written))
  const inChunks = (written: string) => bytesOf(0x7f, text(written), text(''), 0xff)
  const texts = fc.constantFrom('a', 'b', 'é', '', '1').chain((one) => fc.constantFrom(text(one), inChunks(one)))
  const scalars = fc.oneof(
    texts,
    fc
      .constantFrom(
        [0x01],
        [0x18, 0x2a],
        [0x20],
        [0x41, 0x01],
        [0xf4],
        [0xf6],
        [0xf7],
        [0xf8, 0x63],
        [0xf9, 0x3c, 0x00],
      )
      .map((one) => Uint8Array.from(one)),
    fc
      .constantFrom(
        [0xfb, 0x40, 0x09, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18],
        [0xc2, 0x42, 0x01, 0x00],
        [0xfa, 0x7f, 0x80, 0, 0],
      )
      .map((one) => Uint8Array.from(one)),
  )
  const { item } = fc.letrec<{ item: Uint8Array }>((tie) => ({
    item: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      scalars,
      fc
        .array(tie('item'), { maxLength: 3 })
        .chain((items) => fc.constantFrom(bytesOf(0x80 + items.length, ...items), bytesOf(0x9f, ...items, 0xff))),
      fc
        .array(fc.tuple(fc.oneof(texts, texts, scalars), tie('item')), { maxLength: 4 })
        .chain((members) =>
          fc.constantFrom(bytesOf(0xa0 + members.length, ...members.flat()), bytesOf(0xbf, ...members.flat(), 0xff)),
        ),
      tie('item').map((one) => bytesOf(0xc1, one)),
    ),
  }))

  it('finds what stands in the nodes, also of sequences, and fails where they cannot be made', () => {
    const sequences = fc.array(item, { minLength: 1, maxLength: 2 }).map((items) => bytesOf(...items))
    findsTheSame(sequences, { decoder: cborDecoder, paths: anyPaths })
  })

  it('counts the values and the levels of what it passes over', () => {
    const read = bothWays({ decoder: cborDecoder, paths: [['a']] })
    const many = (count: number) => bytesOf(0x9f, new Uint8Array(count), 0xff)
    const deep = (levels: number) => bytesOf(new Uint8Array(levels).fill(0x81), 0x00)
    for (const payload of [many(999_999), many(1_000_000), deep(500), deep(501)]) {
      const { quick, whole } = read(payload)
      expect(quick).toEqual(whole)
    }
    expect([read(many(1_000_000)).quick.isReadable, read(deep(501)).quick.isReadable]).toEqual([false, false])
  })
})

describe('a finder of MessagePack', () => {
  const text = (written: string) => bytesOf(0xa0 + encodeUtf8(written).length, encodeUtf8(written))
  const longText = (written: string) => bytesOf(0xd9, encodeUtf8(written).length, encodeUtf8(written))
  const texts = fc.constantFrom('a', 'b', 'é', '', '1').chain((one) => fc.constantFrom(text(one), longText(one)))
  const scalars = fc.oneof(
    texts,
    fc
      .constantFrom([0x01], [0xff], [0xc0], [0xc3], [0xcc, 0xff], [0xd1, 0xff, 0x00], [0xc4, 0x01, 0x01], [0xa1, 0xff])
      .map((one) => Uint8Array.from(one)),
    fc
      .constantFrom([0xd4, 0x05, 0x01], [0xd6, 0xff, 0, 0, 0, 1], [0xc7, 0x01, 0x05, 0x00], [0xca, 0x40, 0x20, 0, 0])
      .map((one) => Uint8Array.from(one)),
    fc.constantFrom([0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).map((one) => Uint8Array.from(one)),
  )
  const { item } = fc.letrec<{ item: Uint8Array }>((tie) => ({
    item: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      scalars,
      fc
        .array(tie('item'), { maxLength: 3 })
        .chain((items) =>
          fc.constantFrom(
            bytesOf(0x90 + items.length, ...items),
            bytesOf(0xdc, 0, items.length, ...items),
            bytesOf(0xdd, 0, 0, 0, items.length, ...items),
          ),
        ),
      fc
        .array(fc.tuple(fc.oneof(texts, texts, scalars), tie('item')), { maxLength: 4 })
        .chain((members) =>
          fc.constantFrom(
            bytesOf(0x80 + members.length, ...members.flat()),
            bytesOf(0xde, 0, members.length, ...members.flat()),
          ),
        ),
    ),
  }))

  it('finds what stands in the nodes, and fails where they cannot be made', () =>
    findsTheSame(item, { decoder: messagePackDecoder, paths: anyPaths }))
})

describe('a finder of Protobuf', () => {
  const plain = {
    label: 'single',
    mapKey: null,
    isPacked: false,
    isGroup: false,
    isRequired: false,
    isImplicit: false,
    oneof: null,
  } as const
  const scalar = (name: string, number: number, type: 'sint32' | 'string' | 'double' | 'fixed32'): ProtobufField => ({
    ...plain,
    name,
    jsonName: name,
    number,
    type: { kind: 'scalar', name: type },
  })
  const message = (name: string, number: number, type: string): ProtobufField => ({
    ...plain,
    name,
    jsonName: name,
    number,
    type: { kind: 'message', name: type },
  })
  const schema: ProtobufSchema = {
    messages: [
      {
        name: 'Outer',
        fields: [
          scalar('whole', 1, 'sint32'),
          scalar('text', 2, 'string'),
          message('inner', 3, 'Outer'),
          { ...scalar('list', 4, 'fixed32'), label: 'repeated', isPacked: true },
          { ...message('map', 5, 'Outer'), label: 'map', mapKey: 'string' },
          message('any', 6, 'google.protobuf.Any'),
          { ...message('group', 7, 'Outer'), isGroup: true },
          { ...plain, name: 'kind', jsonName: 'kind', number: 8, type: { kind: 'enum', name: 'Kind' } },
          message('time', 9, 'google.protobuf.Timestamp'),
          { ...message('many', 10, 'Outer'), label: 'repeated' },
        ],
      },
      {
        name: 'google.protobuf.Any',
        fields: [
          scalar('type_url', 1, 'string'),
          { ...scalar('value', 2, 'string'), type: { kind: 'scalar', name: 'bytes' } },
        ],
      },
      { name: 'google.protobuf.Timestamp', fields: [scalar('seconds', 1, 'sint32')] },
    ],
    enums: [
      {
        name: 'Kind',
        values: [
          ['off', 0],
          ['on', 1],
        ],
      },
    ],
  }
  const protobuf = { types: createProtobufTypes(schema), name: 'Outer' }
  const withSchema = { ...settings, protobuf }

  const field = (number: number, wire: number, ...rest: readonly (number | Uint8Array)[]) =>
    bytesOf(number * 8 + wire, ...rest)
  const behindLength = (bytes: Uint8Array) => bytesOf(bytes.length & 0x7f, bytes.slice(0, 127))
  const { fields } = fc.letrec<{ fields: Uint8Array; one: Uint8Array }>((tie) => ({
    one: fc.oneof(
      { maxDepth: 4 },
      fc.nat(127).map((value) => field(1, 0, value)),
      fc.constantFrom('', 'x', 'é').map((text) => field(2, 2, behindLength(encodeUtf8(text)))),
      fc.constantFrom(field(4, 5, 1, 2, 3, 4), field(4, 2, 8, 1, 0, 0, 0, 2, 0, 0, 0), field(8, 0, 1), field(8, 0, 9)),
      fc.constantFrom(field(1, 5, 1, 2, 3, 4), field(12, 0, 5), field(9, 2, 2, 8, 20), field(2, 2, 1, 0xff)),
      fc
        .tuple(fc.constantFrom(3, 10, 11), tie('fields'))
        .map(([number, inside]) => field(number, 2, behindLength(inside))),
      tie('fields').map((inside) =>
        field(5, 2, behindLength(bytesOf(field(1, 2, 1, 0x61), field(2, 2, behindLength(inside))))),
      ),
      tie('fields').map((inside) => field(7, 3, inside, 7 * 8 + 4)),
      tie('fields').map((inside) =>
        field(
          6,
          2,
          behindLength(bytesOf(field(1, 2, behindLength(encodeUtf8('x/Outer'))), field(2, 2, behindLength(inside)))),
        ),
      ),
    ),
    fields: fc.array(tie('one'), { maxLength: 4 }).map((all) => bytesOf(...all)),
  }))
  const anyName = fc.constantFrom('whole', 'text', 'kind', 'time', 'any', 'inner', 'group')
  const anyWay = fc
    .tuple(fc.array(fc.constantFrom('inner', 'group'), { maxLength: 2 }), anyName)
    .map(([ways, name]) => [...ways, name])

  it('finds what stands in the nodes, and fails where they cannot be made', () => {
    const paths = fc.uniqueArray(anyWay, { minLength: 1, maxLength: 3, selector: (path) => path.join('.') })
    findsTheSame(fields, { decoder: protobufDecoder, paths, settings: withSchema })
  })

  it.each([
    [[]],
    [['list', 0]],
    [['map', 'a']],
    [['12']],
    [['any', 'whole']],
    [['time', 'seconds']],
    [['many', 0, 'text']],
  ])('leaves %j to the nodes', (path) => expect(protobufDecoder.finder?.([path], withSchema) ?? null).toBeNull())
})
