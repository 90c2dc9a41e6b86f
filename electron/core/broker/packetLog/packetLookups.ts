import type { PingTime } from '#shared/model/packets'
import { packetTypeOf } from '#shared/mqtt/packet/packetType'
import { entryTestOf } from './packetQueries'
import { emptyEntry, metaBits, type PacketStore } from './packetStore'

/** A message of the log. */
export interface MessagePlace {
  readonly sequence: number
  readonly isOutgoing: boolean
  readonly topic: string
  /** Milliseconds since 1970. */
  readonly time: number
}

/** A message that is sent has its time before it is written. */
const sentWithinMs = 5_000

/** The PUBLISH that brought a message of the log, or took it to the server; null = it is not kept. */
export const findPublish = (store: PacketStore, message: MessagePlace): number | null => {
  if (message.isOutgoing) return findSent(store, message)
  const entry = emptyEntry()
  for (let at = store.last(); at >= store.first(); at--) {
    if (!store.read(at, entry)) return null
    if (entry.sequence === message.sequence) return at
    if (entry.sequence > 0 && entry.sequence < message.sequence) return null
  }
  return null
}

/** Of the PUBLISHes of ours on the topic, the one that was written nearest to the time of the message. */
const findSent = (store: PacketStore, { topic, time }: MessagePlace): number | null => {
  const entry = emptyEntry()
  const isOnTopic = entryTestOf([{ not: false, test: { kind: 'topic', filter: topic } }], { isMarked: () => false })
  let best: number | null = null
  let bestGap = sentWithinMs
  for (let at = store.last(); at >= store.first(); at--) {
    if (!store.read(at, entry) || entry.time < time - sentWithinMs) break
    const isOurs = (entry.meta & metaBits.out) !== 0 && entry.first >> 4 === 3
    const gap = Math.abs(entry.time - time)
    if (!isOurs || gap > bestGap || !isOnTopic(entry)) continue
    best = at
    bestGap = gap
  }
  return best
}

/** A chart shows no more. */
const mostPings = 300
const mostScanned = 200_000

/** Round trips of PINGREQ that are kept, the latest last. */
export const findPings = (store: PacketStore): readonly PingTime[] => {
  const entry = emptyEntry()
  const pings: PingTime[] = []
  let answeredAt: number | null = null
  const from = Math.max(store.first(), store.last() - mostScanned)
  for (let at = store.last(); at >= from && pings.length < mostPings; at--) {
    if (!store.read(at, entry) || (entry.meta & metaBits.step) !== 0) continue
    const type = packetTypeOf(entry.first)
    if (type === 'PINGRESP') answeredAt = entry.time
    else if (type === 'PINGREQ' && answeredAt !== null) {
      pings.push({ number: at, time: entry.time, milliseconds: answeredAt - entry.time })
      answeredAt = null
    }
  }
  return pings.toReversed()
}
