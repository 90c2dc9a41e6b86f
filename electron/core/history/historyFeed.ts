import { flags, payloadHeadBytes } from '#shared/model/frame'
import { createFrameReader } from '#shared/model/frameReader'
import type { HistoryGap, HistorySettings } from '#shared/model/history'
import type { FrameTap } from '../broker/inbox/frameQueue'
import type { PackedFrame } from '../broker/inbox/frameWriter'
import type { LargePayloads } from '../broker/inbox/largePayloads'
import { createWindowNews } from '../broker/inbox/windowNews'
import type { SubscriptionMatching } from '../broker/matching/subscriptionMatching'
import { createHistoryFilter } from './historyFilter'
import type { ToHistoryThread } from './historyProtocol'
import { countKept, joined } from './historyRecorder'

export interface HistoryFeedParts {
  readonly connectionId: string
  readonly settings: HistorySettings
  readonly matching: SubscriptionMatching
  readonly payloads: Pick<LargePayloads, 'find'>
  readonly send: (message: Extract<ToHistoryThread, { kind: 'frame' }>) => void
  /** The most bytes that wait for the thread. */
  readonly mostBytes: number
}

/** Passes the frames of a connection on to the thread. Where too much waits there, messages are counted as a gap instead. */
export interface HistoryFeed {
  readonly tap: FrameTap
  /** So many bytes wait no more. */
  taken(bytes: number): void
  setSettings(settings: HistorySettings): void
}

export const createHistoryFeed = (parts: HistoryFeedParts): HistoryFeed => {
  const { connectionId, matching, payloads } = parts
  const news = createWindowNews({ connectionId, matching })
  let filter = createHistoryFilter(parts.settings)
  let waitingBytes = 0
  let missing: HistoryGap | null = null

  const miss = (packed: PackedFrame) => {
    const names = { topic: (id: number) => packed.names.texts[id - packed.names.firstId] }
    const counted = countKept(packed, { names, filter, first: 0 })
    if (counted.messages > 0) missing = joined(missing, { cause: 'busy', ...counted })
  }
  return {
    tap: (packed) => {
      const bytes = packed.records.byteLength + packed.bytes.byteLength
      if (waitingBytes > 0 && waitingBytes + bytes > parts.mostBytes) return miss(packed)
      const whole = wholePayloads(packed, (sequence) => payloads.find({ connectionId, sequence }))
      const allBytes = [...whole.values()].reduce((sum, { byteLength }) => sum + byteLength, bytes)
      waitingBytes += allBytes
      const recorded = { frame: news.addTo(packed), whole, gap: missing }
      missing = null
      parts.send({ kind: 'frame', connectionId, bytes: allBytes, recorded })
    },
    taken: (bytes) => {
      waitingBytes -= bytes
    },
    setSettings: (settings) => {
      filter = createHistoryFilter(settings)
    },
  }
}

const none: ReadonlyMap<number, Uint8Array> = new Map()

/** Payloads of which the frame has only the head, by their index in it. A smaller frame can have none. */
const wholePayloads = (
  packed: PackedFrame,
  find: (sequence: number) => Uint8Array | null,
): ReadonlyMap<number, Uint8Array> => {
  if (packed.bytes.byteLength < payloadHeadBytes) return none
  const reader = createFrameReader(packed)
  const found = new Map<number, Uint8Array>()
  for (let index = 0; index < packed.count; index += 1) {
    if ((reader.flags(index) & flags.head) === 0) continue
    const payload = find(packed.firstSequence + index)
    // An exact copy: what is sent takes the whole buffer along.
    if (payload) found.set(index, payload.slice())
  }
  return found
}
