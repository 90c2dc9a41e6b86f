import type { RetainedFate, RetainedWork } from '#shared/model/retained'
import type { Seen } from './retainedLook'
import type { RetainedMessage } from './retainedStore'

/** A message that something is done to. */
export interface WorkItem {
  /** In its listing. */
  readonly place: number
  /** As it was listed, or as it was when it was cleared. */
  readonly message: RetainedMessage
}

const done = { clear: 'cleared', undo: 'restored' } as const

/** What has become of each message so far. Every one has a fate in the end, and only one. */
export interface WorkTally {
  messageOf(item: WorkItem): RetainedMessage
  note(item: WorkItem, fate: RetainedFate): void
  /** It came again: its time that is left is newer. */
  refresh(item: WorkItem, message: RetainedMessage): void
  sent(item: WorkItem): void
  /** `isProof` = the server would have answered with an error if it had not done it. */
  answered(item: WorkItem, isProof: boolean): void
  allAnswered(): WorkItem[]
  isTouched(item: WorkItem): boolean
  verify(item: WorkItem, seen: Seen | undefined): void
  /** The connection has ended: what has no fate yet is unknown. */
  settle(): void
  state(): Pick<RetainedWork, 'done' | 'counts'>
}

export const createWorkTally = (
  kind: RetainedWork['kind'],
  items: readonly WorkItem[],
  onFate: (item: WorkItem, fate: RetainedFate, message: RetainedMessage) => void,
): WorkTally => {
  const fates = new Map<WorkItem, RetainedFate>()
  const counts: Partial<Record<RetainedFate, number>> = {}
  const fresh = new Map<WorkItem, RetainedMessage>()
  const sent = new Set<WorkItem>()
  const answered = new Set<WorkItem>()
  /** Answered, but the answer does not prove that the server did it. */
  let unproven = 0

  const messageOf = (item: WorkItem) => fresh.get(item) ?? item.message
  const note = (item: WorkItem, fate: RetainedFate) => {
    const before = fates.get(item)
    if (before === fate) return
    if (before) counts[before] = (counts[before] ?? 0) - 1
    else if (answered.has(item)) unproven -= 1
    counts[fate] = (counts[fate] ?? 0) + 1
    fates.set(item, fate)
    onFate(item, fate, messageOf(item))
  }
  return {
    messageOf,
    note,
    refresh: (item, message) => void fresh.set(item, message),
    sent: (item) => void sent.add(item),
    answered: (item, isProof) => {
      answered.add(item)
      unproven += 1
      if (isProof) note(item, done[kind])
    },
    allAnswered: () => [...answered],
    isTouched: (item) => sent.has(item) || fates.has(item),
    verify: (item, seen) => note(item, verified(kind, seen)),
    settle: () => {
      for (const item of items) if (!fates.has(item)) note(item, sent.has(item) ? 'unknown' : 'failed')
    },
    state: () => ({ done: fates.size + unproven, counts: { ...counts } }),
  }
}

const verified = (kind: RetainedWork['kind'], seen: Seen | undefined): RetainedFate => {
  // Another message came after ours: there is nothing left of the one that was cleared.
  if (kind === 'clear') return seen === undefined || seen === 'other' ? 'cleared' : 'stayed'
  if (seen === undefined) return 'missing'
  return seen === 'other' ? 'newer' : 'restored'
}
