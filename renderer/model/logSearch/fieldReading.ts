import { createJsonFieldReader } from '#shared/json/jsonFields'
import type { JsonPath } from '#shared/json/jsonPath'
import { payloadEnd, payloadStart, type MessageChunk } from '../messageLog/messageLogChunk'
import { valueInJson, type FoundValue } from './fieldTest'

/** Values of fields in payloads, which are read one at a time. */
export interface FieldReading {
  /** Whether the payload of the message can be read as a structured value. */
  read(chunk: MessageChunk, index: number): boolean
  /** The value at the path of this slot; null = it has none there. */
  valueAt(slot: number): FoundValue | null
}

/** A slot for each path, in their order. They must differ from each other. */
export const createFieldReading = (paths: readonly JsonPath[]): FieldReading => {
  const json = createJsonFieldReader(paths)
  let bytes: Uint8Array = new Uint8Array()
  let isReadable = false
  return {
    read: (chunk, index) => {
      bytes = chunk.memory.bytes
      isReadable = json.read(bytes, payloadStart(chunk, index), payloadEnd(chunk, index))
      return isReadable
    },
    valueAt: (slot) => {
      const start = isReadable ? (json.starts[slot] ?? -1) : -1
      return start < 0 ? null : valueInJson(bytes, start, json.ends[slot] ?? 0)
    },
  }
}
