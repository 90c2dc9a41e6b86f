import { beforeAll, describe, expect, it } from 'vitest'
import { decompress as decompressInNode } from '../electron/core/decoding/decompress'
import { readProtoFiles } from '../electron/core/schemas/protoFiles'
import { decodeAs, readDecoderName, type DecodedAs } from '../shared/decoding/decodeAs'
import type { DecoderSettings } from '../shared/decoding/decoder'
import { decompress } from '../shared/decoding/decompress'
import { fronts } from '../shared/decoding/fronts'
import { mostDecompressed, mostValues } from '../shared/decoding/limits'
import { parseAvroSchema } from '../shared/encoding/avro/parsedAvroSchema'
import { deepestLevel } from '../shared/encoding/encodingFault'
import { nodeJson } from '../shared/encoding/nodeJson'
import type { PayloadNode } from '../shared/encoding/payloadNode'
import { createProtobufTypes } from '../shared/encoding/protobuf/protobufTypes'
import { createMutations } from './support/mutations'
import { payloadFixture, sampledCharsets, sampledDecoders } from './support/payloadSamples'

/** `npm run fuzz` asks for more, and for others. */
const runs = Math.ceil(Number(process.env['FUZZ_MUTATIONS'] ?? 10_000) / sampledDecoders.length)
const seed = Number(process.env['FUZZ_SEED'] ?? 1)

type Schemas = Pick<DecoderSettings, 'protobuf' | 'avro'>

const schemas: { reading: Schemas; nested: Schemas } = { reading: {}, nested: {} }

const protobufOf = async (text: string, name: string): Promise<Schemas> => {
  const read = await readProtoFiles(['main.proto'], (path) => Promise.resolve({ name: path, text }))
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return { protobuf: { types: createProtobufTypes(read.schema), name } }
}

const avroOf = (text: string): Schemas => {
  const parsed = parseAvroSchema(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed))
  return { avro: { schema: parsed.schema, name: null } }
}

const fixtureText = (name: string) => new TextDecoder().decode(payloadFixture(name))

/** Types that stand in themselves, and one whose values take no bytes. */
const nestedProto =
  'syntax = "proto3"; message Nested { Nested inner = 1; map<string, Nested> by = 2; repeated Nested all = 3; }'
const nestedAvro = JSON.stringify({
  type: 'record',
  name: 'Nested',
  fields: [
    { name: 'inner', type: ['null', 'Nested'] },
    { name: 'nothing', type: { type: 'array', items: 'null' } },
  ],
})

beforeAll(async () => {
  schemas.reading = {
    ...(await protobufOf(fixtureText('reading.proto'), 'example.Reading')),
    ...avroOf(fixtureText('reading.avsc')),
  }
  schemas.nested = { ...(await protobufOf(nestedProto, 'Nested')), ...avroOf(nestedAvro) }
})

const decode = (name: string, bytes: Uint8Array, settings: Partial<DecoderSettings> = {}): DecodedAs => {
  const read = readDecoderName(name)
  if (!read.ok) throw new Error(name)
  return decodeAs(bytes, read.chain, { decompress, ...settings })
}

const childrenOf = (node: PayloadNode): readonly PayloadNode[] => {
  if (node.kind === 'list') return node.items
  if (node.kind === 'tagged') return [node.content]
  return node.kind === 'map' ? node.members.flatMap(({ key, value }) => (key ? [key, value] : [value])) : []
}

/** What is in a result, of a payload of so many bytes. */
const measured = (nodes: readonly PayloadNode[], length: number) => {
  const size = { values: 0, levels: 0, strays: [] as string[] }
  const measure = (inside: readonly PayloadNode[], level: number) => {
    size.levels = Math.max(size.levels, level)
    for (const node of inside) {
      size.values += 1
      const isInside = node.offset >= 0 && node.length >= 0 && node.offset + node.length <= length
      if (!isInside) size.strays.push(`${node.type} at ${node.offset}, ${node.length} long`)
      measure(childrenOf(node), level + 1)
    }
  }
  measure(nodes, 1)
  return size
}

/** A record and its list, a map and its entry are levels of the tree each. */
const nodesPerLevel = 3

/** What is wrong with a result: null = it is within all limits. */
const excessOf = (decoded: DecodedAs, name: string, length: number): string | null => {
  // Behind a format in front, offsets are those of what was in it.
  const hasFront = fronts.some((front) => name.split('+')[0] === front.name)
  const room = hasFront ? Math.max(length, mostDecompressed(length)) : length
  if (!decoded.ok) return decoded.offset >= 0 && decoded.offset <= room ? null : `blames byte ${decoded.offset}`
  const { values, levels, strays } = measured(decoded.nodes, room)
  if (strays.length > 0) return strays.join(', ')
  if (values > 2 * mostValues) return `${values} values`
  if (levels > nodesPerLevel * deepestLevel) return `${levels} levels`
  return decoded.nodes.every((node) => typeof nodeJson(node) === 'string') ? null : 'cannot be written'
}

const everySample = sampledDecoders.flatMap(({ samples }) => samples)

describe(`mutated payloads (seed ${seed})`, () => {
  it.each(sampledDecoders.map(({ name, samples }, index) => ({ name, samples, index })))(
    'are refused or read within the limits by $name',
    ({ name, samples, index }) => {
      const mutations = createMutations(seed * 1_000 + index)
      const settings = [schemas.reading, schemas.nested, {}]
      for (let run = 0; run < runs; run++) {
        const sample = mutations.pick(run % 8 === 0 ? everySample : samples)
        const bytes = mutations.of(sample, everySample)
        const given = {
          ...mutations.pick(settings),
          ...mutations.pick(sampledCharsets),
          decompress: mutations.pick([decompress, decompressInNode]),
        }
        const told = tell(() => excessOf(decode(name, bytes, given), name, bytes.length))
        if (told !== null) expect.fail(`${told}: ${Buffer.from(bytes).toString('hex')}`)
      }
    },
  )
})

/** An exception of a decoder is told with its bytes, as what it makes of them is. */
const tell = (run: () => string | null): string | null => {
  try {
    return run()
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}

const repeated = (hex: string, count: number) => Uint8Array.from(Buffer.from(hex.repeat(count), 'hex'))
const text = (said: string) => new TextEncoder().encode(said)

/** Length-delimited fields in each other, from the inside out. */
const nestedFields = (tag: number, count: number): Uint8Array => {
  const backwards: number[] = []
  for (let level = 0; level < count; level++) {
    const length = backwards.length
    const varint = [length & 0x7f, (length >> 7) & 0x7f, length >> 14]
    const [low = 0, middle = 0, high = 0] = varint
    if (high > 0) backwards.push(high, middle | 0x80, low | 0x80, tag)
    else if (middle > 0) backwards.push(middle, low | 0x80, tag)
    else backwards.push(low, tag)
  }
  return Uint8Array.from(backwards.toReversed())
}

describe('payloads made to harm', () => {
  it.each([
    ['json', repeated('5b', 200_000), 'unexpectedEnd'],
    ['json', text(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`), 'tooDeep'],
    ['xml', text(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`), 'tooDeep'],
    ['cbor', repeated('81', 200_000), 'tooDeep'],
    ['cbor', repeated('c1', 200_000), 'tooDeep'],
    ['cbor', repeated('9f', 200_000), 'tooDeep'],
    ['cbor', repeated('a1', 200_000), 'tooDeep'],
    ['msgpack', repeated('91', 200_000), 'tooDeep'],
    ['msgpack', repeated('81', 200_000), 'tooDeep'],
    ['protobuf', repeated('0b', 200_000), 'tooDeep'],
    ['protobuf', nestedFields(0x0a, 60_000), 'tooDeep'],
    ['protobuf', nestedFields(0x1a, 60_000), 'tooDeep'],
    ['avro-datum', repeated('02', 200_000), 'tooDeep'],
    ['cbor', repeated('9bffffffffffffffff', 1), 'cutShort'],
    ['cbor', repeated('bb7fffffffffffffff', 1), 'cutShort'],
    ['cbor', repeated('5b7fffffffffffffff', 1), 'cutShort'],
    ['msgpack', repeated('ddffffffff', 1), 'cutShort'],
    ['msgpack', repeated('dfffffffff', 1), 'cutShort'],
    ['msgpack', repeated('c6ffffffff', 1), 'cutShort'],
    ['protobuf', repeated('0affffffff0f', 1), 'cutShort'],
    ['protobuf-delimited', repeated('ffffffffffffffffff01', 1), 'cutShort'],
    // An array of 2^40 nulls, and one of as many whose size it claims to know.
    ['avro-datum', Uint8Array.from([0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 0]), 'tooMany'],
    ['avro-datum', Uint8Array.from([0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0, 0]), 'tooMany'],
    ['gzip+json', payloadFixture('gzip-bomb-10MB.gz'), 'tooLarge'],
    ['gzip+gzip+json', payloadFixture('gzip-bomb-10MB.gz'), 'tooLarge'],
  ] as const)('%s refuses them (%#)', (name, bytes, reason) => {
    expect(decode(name, bytes, schemas.nested)).toMatchObject({ ok: false, reason })
  })
})
