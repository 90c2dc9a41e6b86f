import type { JsonPath } from '#shared/json/jsonPath'
import { oneLineOf } from '#shared/text/payloadReading'
import { hexPair } from '#shared/mqtt/payloadText'
import type { FieldReading } from '../logSearch/fieldReading'
import { createFieldReading } from '../logSearch/fieldReading'
import type { FoundValue } from '../logSearch/fieldTest'
import type { LogDecoding } from '../logSearch/logDecoding'
import { payloadAt, payloadBytesAt, type MessageChunk } from '../messageLog/messageLogChunk'
import { readMeasure } from './measure'

/** What a message says at a path. */
export interface WatchedValue {
  readonly kind: FoundValue['kind']
  /** Of a text what it says, of everything else how it is written; at most `longestText` of it. */
  readonly text: string
  /** NaN = it is no number. Numbers in quotes and with a unit count. */
  readonly number: number
  readonly unit: string
}

const longestText = 1_000

/** Reads the value at a path from messages; null = a message has none there. An empty path is the whole payload. */
export const createWatchedReading = (
  path: JsonPath,
  decoding: LogDecoding | null = null,
): ((chunk: MessageChunk, index: number) => WatchedValue | null) => {
  const fields: FieldReading = createFieldReading([path], decoding)
  return (chunk, index) => {
    const found = fields.read(chunk, index) ? fields.valueAt(0) : null
    if (found) return valueOf(found)
    return path.length > 0 ? null : valueOf({ kind: 'text', text: wholeText(chunk, index) })
  }
}

const valueOf = ({ kind, text }: FoundValue): WatchedValue => {
  const measure = kind === 'number' || kind === 'text' ? readMeasure(text) : null
  return { kind, text: text.slice(0, longestText), number: measure?.number ?? NaN, unit: measure?.unit ?? '' }
}

const wholeText = (chunk: MessageChunk, index: number): string => {
  const payloadBytes = payloadBytesAt(chunk, index)
  const line = oneLineOf(payloadAt(chunk, index), { payloadBytes, textBytes: longestText, hexBytes: 24 })
  if (line.kind === 'empty') return ''
  return line.kind === 'text' ? line.text : Array.from(line.first, hexPair).join(' ')
}
