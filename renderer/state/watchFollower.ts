import { createDecodingFinder } from '#shared/decoding/nodeFinder'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import type { Watch } from '#shared/model/watch'
import type { RuleDecoder } from '../model/decoding/ruleDecoder'
import type { LogDecoding } from '../model/logSearch/logDecoding'
import { createRangeFilter, type RangeFilter } from '../model/logSearch/logFilter'
import type { MessageLog } from '../model/messageLog/messageLog'
import type { MessageChunk, MessageView } from '../model/messageLog/messageLogChunk'
import { parseQuery } from '../model/query/parseQuery'
import { resolveQuery, type QuerySurroundings } from '../model/query/resolveQuery'
import { createWatchedReading } from '../model/watch/watchedReading'
import { judge, type Reading } from '../model/watch/watchRules'
import { mostNumbers, nothingKnown, type WatchedNow } from './watched'

/** A rule that has begun to hold at a message. */
interface Ring {
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
  take(found: FoundMessage, isEarlier: boolean): void
}

export interface FoundMessage {
  readonly chunk: MessageChunk
  readonly index: number
  readonly log: MessageLog
  readonly message: MessageView
  /** Its values where it is decoded, none where that fails; null = it is read as it is. */
  readonly decoded: readonly PayloadNode[] | null
}

interface FollowerParts {
  /** By rule, where the same rules were followed before: whether they held. */
  readonly held: readonly boolean[]
  readonly surroundings: () => QuerySurroundings
  readonly onRing: (ring: Ring) => void
  /** Each message that came, for what is judged elsewhere. */
  readonly onMessage: (watch: Watch, found: Pick<FoundMessage, 'message' | 'decoded'>) => void
}

/** The value is looked for in what was decoded. */
const noBytes = new Uint8Array(0)

/** Reads one value from message to message, and holds it against the rules. */
export const createWatchFollower = (
  watch: Watch,
  { held, surroundings, onRing, onMessage }: FollowerParts,
): WatchFollower => {
  let decoded: FoundMessage['decoded'] = null
  const decode = () => ({ ok: true, nodes: decoded ?? [], inside: noBytes }) as const
  const decoder: RuleDecoder = { decode, createFinder: (paths) => createDecodingFinder(paths, decode) }
  const decoding: LogDecoding = { decoderAt: () => decoded && decoder }
  const valueIn = createWatchedReading(watch.path, decoding)
  const passes = createQueryTests(surroundings, decoding)
  let now: WatchedNow = { ...nothingKnown, holds: watch.rules.map((_, place) => held[place] ?? false) }
  let before: Reading | null = null
  return {
    watch,
    now: () => now,
    set: (changed) => {
      now = changed
    },
    take: (found, isEarlier) => {
      const { chunk, index, message } = found
      decoded = found.decoded
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
      onMessage(watch, found)
    },
  }
}

/** Whether a message passes a query; one that asks for nothing passes none. */
const createQueryTests = (surroundings: () => QuerySurroundings, decoding: LogDecoding) => {
  const filters = new Map<string, { readonly log: MessageLog; readonly filter: RangeFilter | null }>()
  return (query: string, { chunk, index, log }: FoundMessage): boolean => {
    let known = filters.get(query)
    if (known?.log !== log) {
      const { terms } = resolveQuery(parseQuery(query), surroundings())
      known = {
        log,
        filter:
          terms.length === 0
            ? null
            : createRangeFilter({ terms, mutedIds: [] }, log.names, { decoding, checking: null }),
      }
      filters.set(query, known)
    }
    let isFound = false
    known.filter?.({ chunk, from: index, to: index + 1 }, () => (isFound = true))
    return isFound
  }
}
