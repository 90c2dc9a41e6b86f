import type { JsonPath } from '#shared/json/jsonPath'
import { bytesStart, payloadAt, payloadEnd, payloadStart } from '../messageLog/messageLogChunk'
import type { FieldTest } from '../query/queryTerm'
import { isAsciiUpTo } from './asciiCheck'
import { createQuickTest } from './quickTest'
import type { ChunkRange } from './rangeTest'
import { createJsonKeySearch, createTextSearch, type TextProbe, type TextSearch } from './textSearch'

/** Answers the first message at `index` or after it that has what is looked for; the range's end = none. */
export type MessageCursor = (index: number) => number

/** Finds messages by text in their payloads, in one pass over all bytes of the range. */
export const createPayloadScan = (text: string): ((range: ChunkRange) => MessageCursor) => {
  const search = createTextSearch(text)
  return (range) => {
    const isAscii = isAsciiUpTo(range.chunk.memory, payloadEnd(range.chunk, range.to - 1))
    const probes = isAscii ? search.probes : [...search.probes, ...search.beyondAscii]
    return nearestOf(
      range,
      probes.map((probe) => cursorOf(range, probe, search)),
    )
  }
}

/**
 * Finds messages whose payload may have a value in JSON at the path that passes: the last key of the path stands in it, and
 * the value behind it may pass, or there is a backslash, which may stand for anything. A path without a key may be in every
 * payload.
 */
export const createKeyScan = (path: JsonPath, test: FieldTest): ((range: ChunkRange) => MessageCursor) => {
  const key = path.findLast((step) => typeof step === 'string')
  const mayPass = key === path.at(-1) ? createQuickTest(test) : null
  const search = typeof key === 'string' ? createJsonKeySearch(key, mayPass) : null
  if (!search) return () => (index) => index
  return (range) =>
    nearestOf(
      range,
      search.probes.map((probe) => cursorOf(range, probe, search)),
    )
}

const nearestOf = (range: ChunkRange, cursors: readonly MessageCursor[]): MessageCursor => {
  const [only] = cursors
  if (only && cursors.length === 1) return only
  return (index) => {
    let nearest = range.to
    for (const cursor of cursors) nearest = Math.min(nearest, cursor(index))
    return nearest
  }
}

/**
 * The message whose bytes hold the place, at `known` or after it: the messages of a chunk lie one after the other. What
 * is found mostly lies near, so the steps start small.
 */
const messageAt = ({ chunk, to }: ChunkRange, place: number, known: number): number => {
  let low = known
  let step = 1
  while (low + step < to && bytesStart(chunk, low + step) <= place) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, to) - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (bytesStart(chunk, middle) <= place) low = middle
    else high = middle - 1
  }
  return low
}

const cursorOf = (range: ChunkRange, probe: TextProbe, search: TextSearch): MessageCursor => {
  const { chunk, from, to } = range
  const { bytes } = chunk.memory
  const { counts } = probe
  const end = payloadEnd(chunk, to - 1)
  let found = from - 1

  const isHit = (index: number, place: number) =>
    place >= payloadStart(chunk, index) && place + probe.length <= payloadEnd(chunk, index)

  const next = (first: number): number => {
    let place = payloadStart(chunk, first)
    let known = first
    for (;;) {
      place = probe.find(bytes, place, end)
      if (place < 0) return to
      if (counts && !counts(bytes, place, end)) {
        place++
        continue
      }
      const index = messageAt(range, place, known)
      known = index
      if (!isHit(index, place)) {
        place++
        continue
      }
      if (probe.exact || search.isIn(payloadAt(chunk, index))) return index
      place = payloadEnd(chunk, index)
    }
  }
  return (index) => {
    if (found < index) found = index < to ? next(index) : to
    return found
  }
}
