import type { MessageLog } from '../../../model/messageLog/messageLog'
import { topicAt, type MessageChunk } from '../../../model/messageLog/messageLogChunk'

/** The messages of one topic that the log keeps, as its rows. Found newest first, in slices: a log may have millions. */
export interface TopicHistory {
  /** Takes in what came since, and looks further back for about so many milliseconds; answers whether all is found. */
  advance(milliseconds: number): boolean
  isComplete(): boolean
  /** Of those found, without what was evicted since. */
  count(): number
  /** Oldest first. */
  rowAt(place: number): number
  /** The first place whose row is at `row` or after it. */
  placeOf(row: number): number
}

/** Rows looked at before the clock is read again. */
const rowsPerLook = 2_048
/** Rows that may stay in memory after they were evicted: taking each off alone would move all the others. */
const longestUnused = 65_536

export const createTopicHistory = (log: MessageLog, topic: string): TopicHistory => {
  const isOfTopic = topicCheck(log, topic)
  const begin = log.endRow()
  /** Rows before `begin`, newest first, and rows from there on, oldest first. */
  const before: number[] = []
  const since: number[] = []
  let lookedFrom = begin
  let lookedTo = begin
  /** Of `since`: those before it were evicted. */
  let firstSince = 0

  const takeNew = () => {
    lookedTo = Math.max(lookedTo, log.firstKeptRow())
    for (const end = log.endRow(); lookedTo < end;) {
      const chunk = log.chunkAt(lookedTo)
      if (!chunk) {
        lookedTo += 1
        continue
      }
      const to = chunk.kind === 'messages' ? chunk.firstRow + chunk.count : chunk.firstRow + 1
      if (chunk.kind === 'messages')
        for (let row = lookedTo; row < to; row += 1) if (isOfTopic(chunk, row - chunk.firstRow)) since.push(row)
      lookedTo = to
    }
  }
  const lookBack = () => {
    const end = Math.max(log.firstKeptRow(), lookedFrom - rowsPerLook)
    while (lookedFrom > end) {
      const chunk = log.chunkAt(lookedFrom - 1)
      const from = Math.max(end, chunk?.firstRow ?? lookedFrom - 1)
      if (chunk?.kind === 'messages')
        for (let row = lookedFrom - 1; row >= from; row -= 1)
          if (isOfTopic(chunk, row - chunk.firstRow)) before.push(row)
      lookedFrom = from
    }
  }
  const forgetEvicted = () => {
    const first = log.firstKeptRow()
    while ((before.at(-1) ?? first) < first) before.pop()
    while ((since[firstSince] ?? first) < first) firstSince += 1
    if (firstSince < longestUnused) return
    since.splice(0, firstSince)
    firstSince = 0
  }
  const isComplete = () => lookedFrom <= log.firstKeptRow()
  const rowAt = (place: number) =>
    (place < before.length ? before[before.length - 1 - place] : since[firstSince + place - before.length]) ?? -1
  const count = () => before.length + since.length - firstSince
  return {
    advance: (milliseconds) => {
      const until = performance.now() + milliseconds
      takeNew()
      while (!isComplete()) {
        lookBack()
        if (performance.now() >= until) break
      }
      forgetEvicted()
      return isComplete()
    },
    isComplete,
    count,
    rowAt,
    placeOf: (row) => {
      let [from, to] = [0, count()]
      while (from < to) {
        const middle = (from + to) >> 1
        if (rowAt(middle) < row) from = middle + 1
        else to = middle
      }
      return from
    },
  }
}

/** By name: a topic gets its number, or another one, with the first message that comes after the log was cleared. */
const topicCheck =
  ({ names }: MessageLog, topic: string) =>
  (chunk: MessageChunk, index: number): boolean =>
    topicAt(chunk, index, names) === topic
