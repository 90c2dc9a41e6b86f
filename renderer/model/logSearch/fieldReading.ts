import type { NodeFinder } from '#shared/decoding/decoder'
import { createJsonFieldReader } from '#shared/json/jsonFields'
import type { JsonPath } from '#shared/json/jsonPath'
import type { RuleDecoder } from '../decoding/ruleDecoder'
import { payloadAt, payloadBytesAt, payloadEnd, payloadStart, type MessageChunk } from '../messageLog/messageLogChunk'
import { valueInJson, type FoundValue, type ValueTest } from './fieldTest'
import type { LogDecoding } from './logDecoding'
import { valueOfNode } from './nodeValue'

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
  const finderOf = createFinders(paths)
  let known: MessageChunk | null = null
  let knownIndex = -1
  let isReadable = false
  let bytes: Uint8Array = new Uint8Array()
  /** Of a payload that is decoded. Null = it is read as JSON where it lies. */
  let finder: NodeFinder | null = null

  const startOf = (slot: number): number => (isReadable ? (json.starts[slot] ?? -1) : -1)
  const endOf = (slot: number): number => json.ends[slot] ?? 0
  const valueInNode = ({ found }: NodeFinder, slot: number): FoundValue | null => {
    const node = found[slot]
    return node ? valueOfNode(node) : null
  }
  const readAnew = (chunk: MessageChunk, index: number): boolean => {
    const decoder = decoding?.decoderAt(chunk, index) ?? null
    finder = decoder && finderOf(decoder)
    if (!finder) return json.read(bytes, payloadStart(chunk, index), payloadEnd(chunk, index))
    const payload = payloadAt(chunk, index)
    // Where only its head is here, it cannot be decoded.
    if (payload.length === payloadBytesAt(chunk, index) && finder.read(payload)) return true
    finder = null
    return false
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
      if (finder) return valueInNode(finder, slot)
      const start = startOf(slot)
      return start < 0 ? null : valueInJson(bytes, start, endOf(slot))
    },
    passes: (slot, test) => {
      if (finder) {
        const value = valueInNode(finder, slot)
        return value !== null && test.passes(value)
      }
      const start = startOf(slot)
      return start >= 0 && test.passesInJson(bytes, start, endOf(slot))
    },
  }
}

/** One for each decoder that comes. */
const createFinders = (paths: readonly JsonPath[]): ((decoder: RuleDecoder) => NodeFinder) => {
  const made = new Map<RuleDecoder, NodeFinder>()
  return (decoder) => {
    const known = made.get(decoder)
    if (known) return known
    const finder = decoder.createFinder(paths)
    made.set(decoder, finder)
    return finder
  }
}
