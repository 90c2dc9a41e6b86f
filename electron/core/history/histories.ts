import { join } from 'node:path'
import type { HistoryStatus } from '#shared/model/history'
import type { Profile, ProfileId } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { ConnectionInbox } from '../broker/inbox/connectionInbox'
import type { LargePayloads } from '../broker/inbox/largePayloads'
import type { MessageSource } from '../recordings/messageSource'
import { beginHistoryFill } from './historyFill'
import type { HistoryLimits } from './historyFolder'
import { createHistoryRecordings, type HistoryRecording } from './historyRecordings'
import type { HistoryRange } from './historyReader'
import { openHistorySource } from './historySource'
import { startHistoryWorker, type HistoryWorker } from './historyWorker'

export interface HistoriesParts {
  readonly dataDir: string
  readonly inboxOf: (id: ProfileId) => ConnectionInbox
  readonly payloads: Pick<LargePayloads, 'find'>
  readonly limits: () => HistoryLimits
  /** The most that a log is filled with. */
  readonly mostFilled: () => { readonly bytes: number; readonly messages: number }
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly onStatus: (status: HistoryStatus) => void
  readonly onNotice: (notice: AppError) => void
}

/** What connections keep on disk: written and read in threads, by the settings of their profiles. */
export interface Histories {
  /** The profiles as they are now. */
  follow(profiles: readonly Profile[]): void
  /** Fills the log of a connection from disk, once in a run, before anything comes. Resolves when that has begun. */
  open(id: ProfileId): Promise<void>
  /** Fails with `historyUnreadable`. */
  status(id: ProfileId): Promise<Result<HistoryStatus>>
  /** Everything of a connection on disk goes. Fails with `historyUnreadable`. */
  remove(id: ProfileId): Promise<Result<null>>
  /** Its messages from one time up to another; what was not committed yet is not among them. */
  source(id: ProfileId, range: Pick<HistoryRange, 'from' | 'to'>): Promise<Required<MessageSource>>
  /** A slice of a payload that came in an earlier run; null = it is not there. */
  payload(
    place: { readonly connectionId: ProfileId; readonly sequence: number },
    slice: Slice,
  ): Promise<Uint8Array | null>
  /** What a connection is called. */
  nameOf(id: ProfileId): string
  limitsChanged(): void
  /** Resolves when everything is on disk. */
  close(): Promise<void>
}

interface Slice {
  readonly from: number
  readonly to: number
}

export const createHistories = (parts: HistoriesParts): Histories => {
  const folderOf = (id: ProfileId) => join(parts.dataDir, 'history', folderName(id))
  const phases = new Map<ProfileId, HistoryStatus['phase']>()
  let nextCursor = 1

  const onStatus = (status: HistoryStatus) => {
    const { connectionId: id, phase } = status
    const isWaiting = phase === 'full' || phase === 'failed'
    if (isWaiting && phases.get(id) !== phase) parts.onNotice(waitingNotice(phase, recordings.nameOf(id)))
    phases.set(id, phase)
    parts.onStatus(status)
  }
  const writing = onFirstUse(() =>
    startHistoryWorker({
      onTaken: (id, bytes) => recordings.get(id)?.feed.taken(bytes),
      onStatus,
      onDeath: () => parts.onNotice(unreadable()),
    }),
  )
  const reading = onFirstUse(() => startHistoryWorker())
  const recordings = createHistoryRecordings({
    ...parts,
    folderOf,
    worker: writing.get,
    onStatus,
    onFailure: () => parts.onNotice(unreadable()),
  })

  const beginFill = async (id: ProfileId, { inbox, begun }: HistoryRecording): Promise<number> => {
    const { next, status } = await begun
    if (next === null) return 0
    const worker = await reading.get()
    const cursor = nextCursor++
    const folder = folderOf(id)
    const read = (range: HistoryRange) => worker.ask('read', { cursor, folder, range })
    const fill = beginHistoryFill({ inbox, status, next, most: parts.mostFilled(), now: parts.now, read })
    if (!fill) return 0
    fill
      .catch(() => parts.onNotice(unreadable()))
      .finally(() => void worker.ask('closeCursor', { cursor }).catch(() => undefined))
    return next
  }

  return {
    follow: recordings.follow,
    open: async (id) => {
      const found = recordings.get(id)
      if (found) found.opened ??= beginFill(id, found).catch(() => 0)
      await found?.opened
    },
    status: (id) => answered(async () => (await writing.get()).ask('look', { connectionId: id, folder: folderOf(id) })),
    remove: (id) =>
      answered(async () => {
        const worker = await writing.get()
        await worker.ask('remove', { connectionId: id, folder: folderOf(id) })
        onStatus(await worker.ask('look', { connectionId: id, folder: folderOf(id) }))
        return null
      }),
    source: async (id, range) => {
      const worker = await reading.get()
      await writing.started()?.then((writer) => writer.ask('flush', { connectionId: id }))
      const connection = recordings.nameOf(id)
      return openHistorySource({ folder: folderOf(id), connection, worker, newCursor: () => nextCursor++, range })
    },
    payload: async ({ connectionId, sequence }, slice) => {
      // Messages of now have numbers of their own, which say nothing of those on disk.
      const end = (await recordings.get(connectionId)?.opened) ?? 0
      if (sequence >= end) return null
      const worker = await reading.get()
      return worker.ask('payload', { folder: folderOf(connectionId), seq: sequence, ...slice }).catch(() => null)
    },
    nameOf: recordings.nameOf,
    limitsChanged: () =>
      void writing.started()?.then((worker) => worker.tell({ kind: 'limits', limits: parts.limits() })),
    close: async () => {
      await recordings.close()
      await Promise.all([writing, reading].map(async (each) => (await each.started())?.close()))
    },
  }
}

const unreadable = () => fail('historyUnreadable', 'The history cannot be read or written.').error

const waitingNotice = (phase: 'full' | 'failed', name: string) =>
  fail(phase === 'full' ? 'historyDiskFull' : 'historyPaused', `History of ${name} waits.`, { values: { name } }).error

const onFirstUse = (start: () => Promise<HistoryWorker>) => {
  let started: Promise<HistoryWorker> | null = null
  return { get: () => (started ??= start()), started: () => started }
}

const answered = async <Value>(act: () => Promise<Value>): Promise<Result<Value>> => {
  try {
    return ok(await act())
  } catch (error) {
    return fail('historyUnreadable', error instanceof Error ? error.message : 'The history cannot be read.')
  }
}

/** The name of a folder that any file system takes; ids are ours, but a profile may have been written by hand. */
const folderName = (id: ProfileId): string =>
  /^[0-9a-z-]{1,64}$/.test(id) ? id : `x${Buffer.from(id).toString('hex')}`
