import type { PayloadNode } from '#shared/encoding/payloadNode'
import { createJsonFieldReader } from '#shared/json/jsonFields'
import type { JsonPath } from '#shared/json/jsonPath'
import { rootOf } from '../decoding/decodedRoot'
import { payloadAt, payloadBytesAt, payloadEnd, payloadStart, type MessageChunk } from '../messageLog/messageLogChunk'
import { valueInJson, type FoundValue, type ValueTest } from './fieldTest'
import type { LogDecoding } from './logDecoding'
import { nodeAt, valueOfNode } from './nodeValue'

/** Values of fields in payloads, which are read one at a time and at most once each. */
export interface FieldReading {
  /** Whether the payload of the message can be read as a structured value. */
  read(chunk: MessageChunk, index: number): boolean
  /** The value at the path of this slot; null = it has none there. */
  valueAt(slot: number): FoundValue | null
  /** Whether there is one that passes. Nothing is made of it where it can be tested as it lies. */
  passes(slot: number, test: ValueTest): boolean
}

/** A slot for each path, in their order. They must differ from each other. Null = no payload is decoded. */
export const createFieldReading = (paths: readonly JsonPath[], decoding: LogDecoding | null = null): FieldReading => {
  const json = createJsonFieldReader(paths)
  let known: MessageChunk | null = null
  let knownIndex = -1
  let isReadable = false
  let bytes: Uint8Array = new Uint8Array()
  /** Of a payload that is decoded. Null = it is read as JSON where it lies. */
  let root: PayloadNode | null = null

  const startOf = (slot: number): number => (isReadable ? (json.starts[slot] ?? -1) : -1)
  const endOf = (slot: number): number => json.ends[slot] ?? 0
  const valueInNode = (from: PayloadNode, slot: number): FoundValue | null => {
    const path = paths[slot]
    const node = path ? nodeAt(from, path) : null
    return node && valueOfNode(node)
  }
  const readAnew = (chunk: MessageChunk, index: number): boolean => {
    root = null
    const decode = decoding?.decoderAt(chunk, index) ?? null
    if (!decode) return json.read(bytes, payloadStart(chunk, index), payloadEnd(chunk, index))
    root = decodedRoot(chunk, index, decode)
    return root !== null
  }
  return {
    read: (chunk, index) => {
      if (chunk === known && index === knownIndex) return isReadable
      known = chunk
      knownIndex = index
      bytes = chunk.memory.bytes
      isReadable = readAnew(chunk, index)
      return isReadable
    },
    valueAt: (slot) => {
      if (root) return valueInNode(root, slot)
      const start = startOf(slot)
      return start < 0 ? null : valueInJson(bytes, start, endOf(slot))
    },
    passes: (slot, test) => {
      if (root) {
        const value = valueInNode(root, slot)
        return value !== null && test.passes(value)
      }
      const start = startOf(slot)
      return start >= 0 && test.passesInJson(bytes, start, endOf(slot))
    },
  }
}

/** Null = it cannot be decoded, also because only its head is here. */
const decodedRoot = (
  chunk: MessageChunk,
  index: number,
  decode: NonNullable<ReturnType<LogDecoding['decoderAt']>>,
): PayloadNode | null => {
  const payload = payloadAt(chunk, index)
  if (payload.length < payloadBytesAt(chunk, index)) return null
  // Decoders of texts do not take shared memory.
  const decoded = decode(payload.slice())
  return decoded.ok ? rootOf(decoded.nodes) : null
}
