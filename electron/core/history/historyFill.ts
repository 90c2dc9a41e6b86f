import { earlierSession, recordBytes } from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'
import type { HistoryMark, HistoryStatus } from '#shared/model/history'
import type { ConnectionInbox } from '../broker/inbox/connectionInbox'
import type { PackedFrame } from '../broker/inbox/frameWriter'
import type { SubscriptionMatching } from '../broker/matching/subscriptionMatching'
import { tailStart, type HistoryPiece, type HistoryRange } from './historyReader'

export interface HistoryFillParts {
  readonly inbox: ConnectionInbox
  readonly status: HistoryStatus
  /** The number of the first message of now. */
  readonly next: number
  /** What the window may hold. */
  readonly most: { readonly bytes: number; readonly messages: number }
  readonly now: () => number
  /** Null = there is nothing more. */
  readonly read: (range: HistoryRange) => Promise<HistoryPiece | null>
}

/**
 * Begins to fill the log of a connection from disk, with its newest messages, before anything of now comes; answers the reading,
 * which ends by itself, or null where there is nothing to read or it is too late.
 */
export const beginHistoryFill = (parts: HistoryFillParts): Promise<void> | null => {
  const { inbox, status, next, most } = parts
  const first = tailStart(status.segments, most)
  if (first >= next || !inbox.beginEarlier(next)) return null
  return fill(parts, first)
}

const fill = async ({ inbox, status, next, now, read }: HistoryFillParts, first: number): Promise<void> => {
  const packing = createPiecePacking(inbox.matching)
  const range = { first, last: next - 1, heads: true }
  try {
    let ahead = read(range)
    let marks = earlierMarks(status, first)
    for (let piece = await ahead; piece; piece = await ahead) {
      // Read while the window takes the one before.
      ahead = read(range)
      ahead.catch(() => undefined)
      await inbox.earlier.add(packing.packed(piece, [...marks, ...gapMarks(piece)]))
      marks = []
    }
  } finally {
    await inbox.earlier.add(packing.packed(emptyPiece(next), [{ kind: 'now', time: now() }]))
    inbox.earlier.end()
  }
}

const earlierMarks = ({ segments }: HistoryStatus, first: number): readonly HistoryMark[] => {
  const [oldest] = segments
  if (!oldest || oldest.first >= first) return []
  const messages = segments.reduce((sum, one) => sum + Math.max(0, Math.min(one.messages, first - one.first)), 0)
  return [{ kind: 'earlier', messages, from: oldest.from }]
}

const gapMarks = ({ gaps }: HistoryPiece): readonly HistoryMark[] => gaps.map((gap) => ({ kind: 'gap', gap }))

const noBytes = new Uint8Array(0)

const emptyPiece = (next: number): HistoryPiece => ({
  first: next,
  count: 0,
  clockShift: 0,
  gaps: [],
  records: noBytes,
  bytes: noBytes,
  newTopics: [],
  newMatchSets: [],
})

/** Pieces as frames, in which sets of subscriptions have the numbers of now. */
const createPiecePacking = (matching: SubscriptionMatching) => {
  const texts: string[] = []
  const sets: number[] = []
  return {
    packed: (piece: HistoryPiece, marks: readonly HistoryMark[]): PackedFrame => {
      texts.push(...piece.newTopics)
      for (const ids of piece.newMatchSets) sets.push(matching.setOf(idsIn(ids)))
      renumber(piece, sets)
      return {
        firstSequence: piece.first,
        count: piece.count,
        droppedBefore: 0,
        marks,
        serverSession: earlierSession,
        clockShift: piece.clockShift,
        records: piece.records,
        bytes: piece.bytes,
        names: { firstId: 0, texts },
        topicCount: texts.length,
        matchSetCount: matching.size,
      }
    },
  }
}

const idsIn = (text: string): readonly string[] => {
  const read: unknown = JSON.parse(text)
  return Array.isArray(read) ? read.map(String) : []
}

const renumber = ({ records }: HistoryPiece, sets: readonly number[]) => {
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength)
  for (let at = recordOffset.matchSetId; at < records.byteLength; at += recordBytes)
    view.setUint32(at, sets[view.getUint32(at, true)] ?? 0, true)
}
