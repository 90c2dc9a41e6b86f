import { unnumberedTopic } from '#shared/model/frame'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { isOutgoingAt, payloadAt, topicAt, topicIdAt, type MessageChunk } from '../messageLog/messageLogChunk'
import type { DecodingRule } from '../decoding/ruleDecoder'
import { createFieldReading } from './fieldReading'
import type { FoundValue } from './fieldTest'
import { createLogDecoding } from './logDecoding'
import type { LogMirror } from './logMirror'
import type { SeriesPart, SeriesRequest } from './searchProtocol'
import { createSeriesPart } from './seriesPart'

/** One field followed through one log, in steps of well under a millisecond, mostly. */
export interface SeriesScan {
  /** Looks at the next messages. */
  step(): void
  /** Of the messages that it has not looked at. */
  decodeBy(rules: readonly DecodingRule[]): void
  readonly isDone: () => boolean
  /** What was found since it was last asked; null = nothing. */
  take(): { readonly part: SeriesPart; readonly endRow: number } | null
}

const rowsPerStep = 2_048

interface SeriesStart extends SeriesRequest {
  readonly fromRow: number
  /** How payloads are decoded. */
  readonly rules: readonly DecodingRule[]
}

export const createSeriesScan = (
  mirror: LogMirror,
  { topic, path, fromRow, rules: first }: SeriesStart,
): SeriesScan => {
  let rules = first
  const createReading = () => createFieldReading([path], createLogDecoding(rules, mirror.names))
  let reading = createReading()
  const isWhole = path.length === 0
  const found = createSeriesPart()
  let next = fromRow
  let isOn = topicCheck(topic, mirror)
  let namesRevision = mirror.namesRevision()

  const valueIn = (chunk: MessageChunk, index: number): FoundValue | null => {
    if (reading.read(chunk, index)) return reading.valueAt(0)
    return isWhole ? plainValue(payloadAt(chunk, index)) : null
  }
  const step = () => {
    if (namesRevision !== mirror.namesRevision()) {
      // They remember their answer for each topic number.
      isOn = topicCheck(topic, mirror)
      reading = createReading()
      namesRevision = mirror.namesRevision()
    }
    next = Math.max(next, mirror.firstRow())
    const range = mirror.rangeFrom(next, rowsPerStep)
    if (!range) {
      next += 1
      return
    }
    const { chunk, from, to } = range
    for (let index = from; index < to; index++) if (isOn(chunk, index)) found.add(chunk, index, valueIn(chunk, index))
    next = chunk.firstRow + to
  }
  return {
    step,
    decodeBy: (changed) => {
      rules = changed
      reading = createReading()
    },
    isDone: () => next >= mirror.endRow(),
    take: () => {
      const part = found.take()
      return part && { part, endRow: next }
    },
  }
}

/** Messages that were received: one that this client sent comes back where it is subscribed to, and is to count once. */
const topicCheck = (topic: string, { names }: LogMirror): ((chunk: MessageChunk, index: number) => boolean) => {
  let wanted = names.topicNames.indexOf(topic)
  return (chunk, index) => {
    const id = topicIdAt(chunk, index)
    if (id >= unnumberedTopic) return topicAt(chunk, index, names) === topic && !isOutgoingAt(chunk, index)
    if (id !== wanted) {
      // The name of a number comes with the first message that has it.
      if (wanted >= 0 || names.topicNames[id] !== topic) return false
      wanted = id
    }
    return !isOutgoingAt(chunk, index)
  }
}

/** Longer texts are no state and no number. */
const longestPlain = 256

/** A payload that is no JSON, such as `ON` or `23,5 °C`; null = it is no short text. */
const plainValue = (payload: Uint8Array): FoundValue | null => {
  if (payload.length === 0 || payload.length > longestPlain) return null
  const text = decodeUtf8(payload).trim()
  return text === '' || /[\x00-\x08\x0e-\x1f\ufffd]/.test(text) ? null : { kind: 'text', text }
}
