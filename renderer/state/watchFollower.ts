import type { Watch } from '#shared/model/watch'
import { createRangeFilter, type RangeFilter } from '../model/logSearch/logFilter'
import type { MessageLog } from '../model/messageLog/messageLog'
import { topicAt, viewMessage, type MessageChunk, type MessageView } from '../model/messageLog/messageLogChunk'
import { parseQuery } from '../model/query/parseQuery'
import { resolveQuery, type QuerySurroundings } from '../model/query/resolveQuery'
import { createWatchedReading } from '../model/watch/watchedReading'
import { judge, type Reading } from '../model/watch/watchRules'
import { mostNumbers, nothingKnown, type WatchedNow } from './watched'

/** A rule that has begun to hold at a message. */
export interface Ring {
  readonly watch: Watch
  readonly rule: number
  readonly message: MessageView
  readonly now: WatchedNow
}

export interface WatchFollower {
  readonly watch: Watch
  now(): WatchedNow
  set(now: WatchedNow): void
  /** Takes in a message of the topic. One that was there before the watch rings nothing. */
  take(found: Found, isEarlier: boolean): void
}

interface Found {
  readonly chunk: MessageChunk
  readonly index: number
  readonly log: MessageLog
}

interface FollowerParts {
  readonly surroundings: () => QuerySurroundings
  readonly onRing: (ring: Ring) => void
  /** Each message that came, for what is judged elsewhere. */
  readonly onMessage: (watch: Watch, message: MessageView) => void
}

/** Reads one value from message to message, and holds it against the rules. */
export const createWatchFollower = (
  watch: Watch,
  { surroundings, onRing, onMessage }: FollowerParts,
): WatchFollower => {
  const valueIn = createWatchedReading(watch.path)
  const passes = createQueryTests(surroundings)
  let now: WatchedNow = { ...nothingKnown, holds: watch.rules.map(() => false) }
  let before: Reading | null = null
  return {
    watch,
    now: () => now,
    set: (changed) => {
      now = changed
    },
    take: (found, isEarlier) => {
      const { chunk, index, log } = found
      const message = viewMessage(chunk, index, log.names)
      // What we send ourselves comes back from the broker where it is subscribed to.
      if (message.outgoing || message.copy) return
      const value = valueIn(chunk, index)
      const { arrivedAt: at, sequence } = message
      const heardAt = message.stored ? now.heardAt : at
      const known = { ...now, at, heardAt, sequence, isAbsent: value === null }
      if (value) {
        const numbers = Number.isNaN(value.number) ? now.numbers : [...now.numbers, value.number].slice(-mostNumbers)
        now = { ...known, value, numbers }
      } else now = known
      const reading: Reading = {
        number: value?.number ?? NaN,
        text: value?.text ?? '',
        passes: (query) => passes(query, found),
      }
      const verdicts = watch.rules.map((rule, place) => judge(rule, now.holds[place] ?? false, { reading, before }))
      before = reading
      now = { ...now, holds: verdicts.map(({ holds }) => holds) }
      if (isEarlier) return
      verdicts.forEach(({ rings }, rule) => {
        if (rings) onRing({ watch, rule, message, now })
      })
      onMessage(watch, message)
    },
  }
}

/** Whether a message passes a query; one that asks for nothing passes none. */
const createQueryTests = (surroundings: () => QuerySurroundings) => {
  const filters = new Map<string, { readonly log: MessageLog; readonly filter: RangeFilter | null }>()
  return (query: string, { chunk, index, log }: Found): boolean => {
    let known = filters.get(query)
    if (known?.log !== log) {
      const { terms } = resolveQuery(parseQuery(query), surroundings())
      known = { log, filter: terms.length === 0 ? null : createRangeFilter({ terms, mutedIds: [] }, log.names) }
      filters.set(query, known)
    }
    let isFound = false
    known.filter?.({ chunk, from: index, to: index + 1 }, () => (isFound = true))
    return isFound
  }
}

/** Calls `visit` with each message of the rows whose topic is wanted, oldest first. */
export const visitTopics = (
  log: MessageLog,
  {
    from,
    to,
    topics,
  }: { readonly from: number; readonly to: number; readonly topics: { has(topic: string): boolean } },
  visit: (topic: string, chunk: MessageChunk, index: number) => void,
): void => {
  for (let row = Math.max(from, log.firstKeptRow()); row < to;) {
    const chunk = log.chunkAt(row)
    if (chunk?.kind !== 'messages') {
      row += 1
      continue
    }
    const end = Math.min(to, chunk.firstRow + chunk.count)
    for (; row < end; row += 1) {
      const index = row - chunk.firstRow
      const topic = topicAt(chunk, index, log.names)
      if (topics.has(topic)) visit(topic, chunk, index)
    }
  }
}
