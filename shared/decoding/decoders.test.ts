import { Decoder as MessagePackWitness, encode as encodeMessagePack } from '@msgpack/msgpack'
import { encode as encodeCbor } from 'cbor2'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeJson } from '#shared/encoding/nodeJson'
import { DecodingFault } from '#shared/encoding/decodingFault'
import { decodeAs, readDecoderName, type DecodedAs } from './decodeAs'
import type { Decompress } from './decoder'

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
