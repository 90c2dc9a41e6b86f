import { Decoder as MessagePackWitness, encode as encodeMessagePack } from '@msgpack/msgpack'
import { encode as encodeCbor } from 'cbor2'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeJson } from '#shared/encoding/nodeJson'
import { DecodingFault } from '#shared/encoding/decodingFault'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { parseHex } from '#shared/mqtt/payloadText'
import { decodeAs, readDecoderName, type DecodedAs } from './decodeAs'
import type { Decompress } from './decoder'
import { decoders } from './decoders'

/** No process stands behind these tests: what is compressed cannot be read here. */
const decompress: Decompress = () => {
  throw new DecodingFault('badCompression', 0)
}

const decode = (name: string, bytes: Uint8Array): DecodedAs => {
  const read = readDecoderName(name)
  if (!read.ok) throw new Error(name)
  return decodeAs(bytes, read.chain, { decompress })
}

const jsonOf = (name: string, bytes: Uint8Array): unknown => {
  const decoded = decode(name, bytes)
  const [only] = decoded.ok ? decoded.nodes : []
  if (!only) throw new Error(JSON.stringify(decoded))
  return JSON.parse(nodeJson(only) ?? '')
}

const unhex = (hex: string): Uint8Array => {
  const parsed = parseHex(hex)
  if (!parsed.ok) throw new Error(hex)
  return parsed.bytes
}

/** Values that JSON, CBOR and MessagePack can all say. */
const anyValue = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' })

/** JSON has one zero. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('decoders', () => {
  it('read what other libraries write', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(plain(jsonOf('cbor', encodeCbor(value)))).toEqual(plain(value))
        expect(plain(jsonOf('msgpack', encodeMessagePack(value)))).toEqual(plain(value))
        expect(plain(jsonOf('json', new TextEncoder().encode(JSON.stringify(value))))).toEqual(plain(value))
      }),
      { numRuns: 500, seed: 1 },
    )
  })

  it('take MessagePack for what another library takes it for', () => {
    const witness = new MessagePackWitness({ useBigInt64: true })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const decoded = decode('msgpack', bytes)
        // It knows no timestamps of odd lengths and no keys but texts and numbers, which ours reads.
        if (decoded.ok) return
        expect(() => witness.decode(bytes)).toThrow()
      }),
      { numRuns: 3_000, seed: 1 },
    )
  })

  it('never throw, and blame a byte of the payload', () => {
    const named = [...decoders.map(({ name }) => name).filter((name) => name !== 'struct'), ...withArguments]
    fc.assert(
      fc.property(fc.constantFrom(...named), mutated, (name, bytes) => {
        const decoded = decode(name, bytes)
        if (!decoded.ok) {
          expect(decoded.offset).toBeGreaterThanOrEqual(0)
          expect(decoded.offset).toBeLessThanOrEqual(bytes.length)
          return
        }
        for (const node of decoded.nodes) {
          expect(typeof nodeJson(node)).toBe('string')
          expect(strayNodes(node, bytes.length)).toEqual([])
        }
      }),
      { numRuns: 6_000, seed: 1 },
    )
  })

  it.each(['nope', '', 'gzip+nope', 'json:x', 'struct', 'struct:', 'struct:u99 a', 'unix-s:x', 'json+gzip', '+json'])(
    'has no format %s',
    (name) => {
      expect(readDecoderName(name).ok).toBe(false)
    },
  )

  it('opens no more than eight formats in front of each other', () => {
    expect(readDecoderName(`${'base64+'.repeat(8)}json`).ok).toBe(true)
    expect(readDecoderName(`${'base64+'.repeat(9)}json`).ok).toBe(false)
  })
})

const withArguments = ['struct:>u16 a /10, bits[2] b, text[3] c', 'unix-ms:u32be', 'base64+cbor', 'hex+msgpack']

const seeds = [
  'a8626964656465762d316174fb4037800000000000616e3846626f6bf5646e6f6e65f6646c69737483010219012c637261774200ff',
  '89a26964a56465762d31a174cb4037800000000000a16ed0b9a26f6bc3a46e6f6e65c0a46c697374930102cd012ca3726177c40200ff',
  '9f018202039f0405ff5f414141ffc249010000000000000000f97e00d9d9f7a1616101',
  '08a0a3ffecb83312120a05626453657118a0a3ffecb83320085807',
  '0a056465762d31110000000000803740188d0120818080808080801032100a0473697465',
  '89504e470d0a1a0a0000000d4948445200000002',
  'ffd8ffe000040000ffc0000b080003000501011100',
].map(unhex)

const texts = [
  '{"id":12345678901234567890,"ü":[1.5,-0,true,null,"\\u00e9"]}',
  '<?xml version="1.0"?><a b="c">ü<d>1 &lt; 2</d><![CDATA[x]]></a>',
  'weather,location=us\\ midwest t=82,h=71i,s="a b" 1465839830100400200\nm f=t',
  'a;b\n1,5;"x""y"\n',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjF9.AP8',
  '1767607620.5',
].map((text) => new TextEncoder().encode(text))

/** Bytes that are nearly right: some changed, cut or doubled. */
const mutated = fc
  .record({
    seed: fc.constantFrom(...seeds, ...texts),
    changes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
    kept: fc.nat({ max: 200 }),
    behind: fc.uint8Array({ maxLength: 4 }),
  })
  .map(({ seed, changes, kept, behind }) => {
    const bytes = Uint8Array.from([...seed.subarray(0, Math.max(1, kept)), ...behind])
    for (const [place, byte] of changes) bytes[place % bytes.length] = byte
    return bytes
  })

const childrenOf = (node: PayloadNode): readonly PayloadNode[] => {
  if (node.kind === 'list') return node.items
  if (node.kind === 'tagged') return [node.content]
  return node.kind === 'map' ? node.members.flatMap(({ key, value }) => (key ? [key, value] : [value])) : []
}

/** Nodes that do not lie in the payload. */
const strayNodes = (node: PayloadNode, length: number): readonly string[] => [
  ...(node.offset < 0 || node.length < 0 || node.offset + node.length > length
    ? [`${node.type} at ${node.offset}`]
    : []),
  ...childrenOf(node).flatMap((child) => strayNodes(child, length)),
]
