import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { HistorySettings, HistoryStatus } from '#shared/model/history'
import type { Profile, ProfileId } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { ConnectionInbox } from '../broker/inbox/connectionInbox'
import type { LargePayloads } from '../broker/inbox/largePayloads'
import type { MessageSource } from '../recordings/messageSource'
import { createHistoryFeed, type HistoryFeed } from './historyFeed'
import { beginHistoryFill } from './historyFill'
import type { HistoryLimits } from './historyFolder'
import type { HistoryStart } from './historyProtocol'
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
  source(id: ProfileId, range: Pick<HistoryRange, 'from' | 'to'>): Promise<MessageSource>
  /** A slice of a payload that came in an earlier run; null = it is not there. */
  payload(
    place: { readonly connectionId: ProfileId; readonly sequence: number },
    slice: Slice,
  ): Promise<Uint8Array | null>
  limitsChanged(): void
  /** Resolves when everything is on disk. */
  close(): Promise<void>
}

interface Slice {
  readonly from: number
  readonly to: number
}

interface Recorded {
  settings: HistorySettings
  readonly feed: HistoryFeed
  readonly inbox: ConnectionInbox
  readonly begun: Promise<HistoryStart>
  fill: Promise<void> | null
}

/** What waits for the thread of one connection. A second of 50,000 messages has 9 MB. */
const mostWaitingBytes = 64 * 2 ** 20
/** Frames are closed so often, so that no more than this is lost with the application, and what the thread waits. */
const closeFramesMs = 200

export const createHistories = (parts: HistoriesParts): Histories => {
  const recorded = new Map<ProfileId, Recorded>()
  const known = new Map<ProfileId, Profile>()
  /** Profiles that are gone: what they kept goes at the end, because until then they can be restored. */
  const gone = new Set<ProfileId>()
  const phases = new Map<ProfileId, HistoryStatus['phase']>()
  const folderOf = (id: ProfileId) => join(parts.dataDir, 'history', folderName(id))
  let nextCursor = 1
  let timer: NodeJS.Timeout | null = null

  const onStatus = (status: HistoryStatus) => {
    const { connectionId: id, phase } = status
    const name = known.get(id)?.name ?? ''
    if (phases.get(id) !== phase && (phase === 'full' || phase === 'failed'))
      parts.onNotice(
        fail(phase === 'full' ? 'historyDiskFull' : 'historyPaused', `History of ${name} waits.`, { values: { name } })
          .error,
      )
    phases.set(id, phase)
    parts.onStatus(status)
  }
  const writing = onFirstUse(() =>
    startHistoryWorker({
      onTaken: (id, bytes) => recorded.get(id)?.feed.taken(bytes),
      onStatus,
      onDeath: () => parts.onNotice(fail('historyUnreadable', 'The thread of the history has ended.').error),
    }),
  )
  const reading = onFirstUse(() => startHistoryWorker())

  const begin = (profile: Profile) => {
    const { id, history: settings } = profile
    const inbox = parts.inboxOf(id)
    const start = { connectionId: id, folder: folderOf(id), settings, limits: parts.limits() }
    const begun = writing.get().then((worker) => worker.ask('begin', start))
    begun
      .then(({ status }) => onStatus(status))
      .catch(() => parts.onNotice(fail('historyUnreadable', 'The history cannot be opened.').error))
    const send: Parameters<typeof createHistoryFeed>[0]['send'] = (message) =>
      void writing.get().then((worker) => worker.tell(message))
    const feedParts = { connectionId: id, settings, matching: inbox.matching, payloads: parts.payloads, send }
    const feed = createHistoryFeed({ ...feedParts, mostBytes: mostWaitingBytes })
    inbox.setTap(feed.tap)
    recorded.set(id, { settings, feed, inbox, begun, fill: null })
    timer ??= setInterval(() => closeFrames(recorded), closeFramesMs)
    timer.unref()
  }
  const end = async (id: ProfileId) => {
    const found = recorded.get(id)
    if (!found) return
    found.inbox.closeFrame()
    found.inbox.setTap(null)
    recorded.delete(id)
    const worker = await writing.get()
    const status = await worker.ask('end', { connectionId: id }).catch(() => null)
    if (status) onStatus(status)
  }
  const change = (found: Recorded, { id, history: settings }: Profile) => {
    if (JSON.stringify(found.settings) === JSON.stringify(settings)) return
    found.inbox.closeFrame()
    found.settings = settings
    found.feed.setSettings(settings)
    void writing.get().then((worker) => worker.tell({ kind: 'settings', connectionId: id, settings }))
  }
  const follow = (profiles: readonly Profile[]) => {
    for (const id of known.keys()) if (!profiles.some((profile) => profile.id === id)) gone.add(id)
    known.clear()
    for (const profile of profiles) {
      known.set(profile.id, profile)
      gone.delete(profile.id)
      const found = recorded.get(profile.id)
      // A connection that was removed and restored has another inbox.
      if (found && found.inbox !== parts.inboxOf(profile.id)) recorded.delete(profile.id)
      if (profile.history.mode === 'off') void end(profile.id)
      else if (found && recorded.has(profile.id)) change(found, profile)
      else begin(profile)
    }
    for (const id of recorded.keys()) if (!known.has(id)) void end(id)
  }
  const open = async (id: ProfileId) => {
    const found = recorded.get(id)
    if (!found || found.fill) return
    const { next, status } = await found.begun
    if (next === null || found.fill) return
    const worker = await reading.get()
    const cursor = nextCursor++
    const folder = folderOf(id)
    const fill = beginHistoryFill({
      inbox: found.inbox,
      status,
      next,
      most: parts.mostFilled(),
      now: parts.now,
      read: (range) => worker.ask('read', { cursor, folder, range }),
    })
    found.fill = fill ?? Promise.resolve()
    fill
      ?.catch(() => parts.onNotice(fail('historyUnreadable', 'The history cannot be read.').error))
      .finally(() => void worker.ask('closeCursor', { cursor }).catch(() => undefined))
  }

  return {
    follow,
    open: (id) => open(id).catch(() => undefined),
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
      const connection = known.get(id)?.name ?? id
      return openHistorySource({ folder: folderOf(id), connection, worker, newCursor: () => nextCursor++, range })
    },
    payload: async ({ connectionId, sequence }, slice) => {
      if (!recorded.has(connectionId)) return null
      const worker = await reading.get()
      return worker.ask('payload', { folder: folderOf(connectionId), seq: sequence, ...slice }).catch(() => null)
    },
    limitsChanged: () =>
      void writing.started()?.then((worker) => worker.tell({ kind: 'limits', limits: parts.limits() })),
    close: async () => {
      if (timer) clearInterval(timer)
      await Promise.all([...recorded.keys()].map(end))
      await Promise.all([...gone].map((id) => rm(folderOf(id), { recursive: true, force: true })))
      await Promise.all([writing, reading].map(async (each) => (await each.started())?.close()))
    },
  }
}

/** The window need not take frames for them to be written. */
const closeFrames = (recorded: ReadonlyMap<ProfileId, Recorded>) => {
  for (const { inbox } of recorded.values()) inbox.closeFrame()
}

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
