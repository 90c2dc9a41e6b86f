import type { DecodeBy, DecodedItem } from '../model/decoding/decodeItems'
import { topicAt, viewMessage, type MessageChunk } from '../model/messageLog/messageLogChunk'
import type { MessageLog } from '../model/messageLog/messageLog'
import { isHead } from '../model/messageLog/payloadHead'
import type { Connection } from './app'
import { decodedState } from './decoded'
import type { FoundMessage, WatchFollower } from './watchFollower'

/** Gives messages to those who follow their topic, in the order in which they came. */
export interface WatchQueue {
  add(arrived: Arrived): void
  /** Everything that came in one go is added: says who heard of something. */
  flush(): void
}

interface Arrived {
  readonly found: Omit<FoundMessage, 'decoded'>
  readonly takers: readonly WatchFollower[]
  /** It was there before the watch. */
  readonly isEarlier: boolean
}

interface Waiting extends Arrived {
  /** Null = it is read as it is. */
  readonly by: DecodeBy | null
}

/** Of one question to the thread that decodes: a few milliseconds of its time. */
const mostAtOnce = 500

/**
 * A payload that a rule or the message says how to decode is decoded in the thread for that, and what came after it waits behind:
 * rules compare a value with the one before. What needs no decoding while nothing waits is taken in at once.
 */
export const createWatchQueue = (
  connection: Connection,
  onTaken: (followers: ReadonlySet<WatchFollower>) => void,
): WatchQueue => {
  const { payloadDecoder } = connection.app
  const waiting: Waiting[] = []
  let taken = new Set<WatchFollower>()
  let isBusy = false

  const give = ({ found, takers, isEarlier }: Arrived, item: DecodedItem | null) => {
    // What cannot be decoded has no values.
    const decoded = item && (item.ok ? item.nodes : [])
    for (const taker of takers) {
      taker.take({ ...found, decoded }, isEarlier)
      taken.add(taker)
    }
  }
  const tell = () => {
    if (taken.size === 0) return
    onTaken(taken)
    taken = new Set()
  }
  const decode = async () => {
    isBusy = true
    while (waiting.length > 0) {
      const now = waiting.slice(0, mostAtOnce)
      const asked = now.flatMap(({ by, found: { message } }) =>
        by ? [{ by, bytes: message.payload, wants: 'all' as const }] : [],
      )
      const items = (asked.length === 0 ? [] : await payloadDecoder.decode(asked)).values()
      if (connection.gone.aborted) return
      waiting.splice(0, now.length)
      for (const arrived of now) give(arrived, arrived.by ? (items.next().value ?? null) : null)
      tell()
    }
    isBusy = false
  }
  return {
    add: (arrived) => {
      const { message } = arrived.found
      const by = isHead(message) ? null : connection.get(decodedState).decoderFor(message)
      if (by || waiting.length > 0) waiting.push({ ...arrived, by })
      else give(arrived, null)
    },
    flush: () => {
      tell()
      if (!isBusy) void decode()
    },
  }
}

interface Wanted {
  readonly from: number
  readonly to: number
  readonly byTopic: ReadonlyMap<string, readonly WatchFollower[]>
  readonly isEarlier: boolean
}

/** Adds each message of the rows whose topic is followed, oldest first. */
export const addRows = (queue: WatchQueue, log: MessageLog, { from, to, byTopic, isEarlier }: Wanted): void => {
  const visit = (chunk: MessageChunk, index: number) => {
    const takers = byTopic.get(topicAt(chunk, index, log.names))
    if (!takers) return
    const message = viewMessage(chunk, index, log.names)
    // What we send ourselves comes back from the broker where it is subscribed to.
    if (!message.outgoing && !message.copy) queue.add({ found: { chunk, index, log, message }, takers, isEarlier })
  }
  for (let row = Math.max(from, log.firstKeptRow()); row < to;) {
    const chunk = log.chunkAt(row)
    if (chunk?.kind !== 'messages') {
      row += 1
      continue
    }
    const end = Math.min(to, chunk.firstRow + chunk.count)
    for (; row < end; row += 1) visit(chunk, row - chunk.firstRow)
  }
  queue.flush()
}
