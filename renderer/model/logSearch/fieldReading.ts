import { createJsonFieldReader } from '#shared/json/jsonFields'
import type { JsonPath } from '#shared/json/jsonPath'
import { payloadEnd, payloadStart, type MessageChunk } from '../messageLog/messageLogChunk'
import { valueInJson, type FoundValue, type ValueTest } from './fieldTest'

/** Values of fields in payloads, which are read one at a time and at most once each. */
export interface FieldReading {
  /** Whether the payload of the message can be read as a structured value. */
  read(chunk: MessageChunk, index: number): boolean
  /** The value at the path of this slot; null = it has none there. */
  valueAt(slot: number): FoundValue | null
  /** Whether there is one that passes. Nothing is made of it where it can be tested as it lies. */
  passes(slot: number, test: ValueTest): boolean
}

/** A slot for each path, in their order. They must differ from each other. */
export const createFieldReading = (paths: readonly JsonPath[]): FieldReading => {
  const json = createJsonFieldReader(paths)
  let known: MessageChunk | null = null
  let knownIndex = -1
  let isReadable = false
  let bytes: Uint8Array = new Uint8Array()

  const startOf = (slot: number): number => (isReadable ? (json.starts[slot] ?? -1) : -1)
  const endOf = (slot: number): number => json.ends[slot] ?? 0
  return {
    read: (chunk, index) => {
      if (chunk === known && index === knownIndex) return isReadable
      known = chunk
      knownIndex = index
      bytes = chunk.memory.bytes
      isReadable = json.read(bytes, payloadStart(chunk, index), payloadEnd(chunk, index))
      return isReadable
    },
    valueAt: (slot) => {
      const start = startOf(slot)
      return start < 0 ? null : valueInJson(bytes, start, endOf(slot))
    },
    passes: (slot, test) => {
      const start = startOf(slot)
      return start >= 0 && test.passesInJson(bytes, start, endOf(slot))
    },
  }
}
