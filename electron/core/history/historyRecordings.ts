import { rm } from 'node:fs/promises'
import type { HistorySettings, HistoryStatus } from '#shared/model/history'
import type { Profile, ProfileId } from '#shared/model/profile'
import type { ConnectionInbox } from '../broker/inbox/connectionInbox'
import type { LargePayloads } from '../broker/inbox/largePayloads'
import { createHistoryFeed, type HistoryFeed } from './historyFeed'
import type { HistoryLimits } from './historyFolder'
import type { HistoryStart } from './historyProtocol'
import type { HistoryWorker } from './historyWorker'

export interface HistoryRecordingsParts {
  readonly folderOf: (id: ProfileId) => string
  readonly inboxOf: (id: ProfileId) => ConnectionInbox
  readonly payloads: Pick<LargePayloads, 'find'>
  readonly limits: () => HistoryLimits
  readonly worker: () => Promise<HistoryWorker>
  readonly onStatus: (status: HistoryStatus) => void
  /** A history could not be opened. */
  readonly onFailure: () => void
}

/** A connection that is recorded. */
export interface HistoryRecording {
  settings: HistorySettings
  readonly feed: HistoryFeed
  readonly inbox: ConnectionInbox
  readonly begun: Promise<HistoryStart>
  /** The log was filled with messages before this number, 0 = with none; null = nobody asked for it. */
  opened: Promise<number> | null
}

/** Which connections are recorded: those whose profiles say so. */
export interface HistoryRecordings {
  follow(profiles: readonly Profile[]): void
  get(id: ProfileId): HistoryRecording | undefined
  nameOf(id: ProfileId): string
  /** Ends all of them; what profiles kept that are gone goes, because they cannot be restored any more. */
  close(): Promise<void>
}

/** What waits for the thread of one connection. A second of 50,000 messages has 9 MB. */
const mostWaitingBytes = 64 * 2 ** 20
/** Frames are closed so often, also where the window takes none: what is not closed is lost with the application. */
const closeFramesMs = 200

export const createHistoryRecordings = (parts: HistoryRecordingsParts): HistoryRecordings => {
  const recorded = new Map<ProfileId, HistoryRecording>()
  const known = new Map<ProfileId, Profile>()
  const gone = new Set<ProfileId>()
  let timer: NodeJS.Timeout | null = null

  const begin = (profile: Profile) => {
    recorded.set(profile.id, beginRecording(parts, profile))
    timer ??= setInterval(() => closeFrames(recorded), closeFramesMs)
    timer.unref()
  }
  const end = async (id: ProfileId) => {
    const found = recorded.get(id)
    if (!found) return
    found.inbox.closeFrame()
    found.inbox.setTap(null)
    recorded.delete(id)
    const worker = await parts.worker()
    const status = await worker.ask('end', { connectionId: id }).catch(() => null)
    if (status) parts.onStatus(status)
  }
  const followOne = (profile: Profile) => {
    const { id, history } = profile
    // A connection that was removed and restored has another inbox.
    if (recorded.get(id) && recorded.get(id)?.inbox !== parts.inboxOf(id)) recorded.delete(id)
    const found = recorded.get(id)
    if (history.mode === 'off') void end(id)
    else if (found) change(parts, found, profile)
    else begin(profile)
  }
  return {
    follow: (profiles) => {
      for (const id of known.keys()) gone.add(id)
      known.clear()
      for (const profile of profiles) {
        known.set(profile.id, profile)
        gone.delete(profile.id)
        followOne(profile)
      }
      for (const id of recorded.keys()) if (!known.has(id)) void end(id)
    },
    get: (id) => recorded.get(id),
    nameOf: (id) => known.get(id)?.name ?? '',
    close: async () => {
      if (timer) clearInterval(timer)
      await Promise.all([...recorded.keys()].map(end))
      await Promise.all([...gone].map((id) => rm(parts.folderOf(id), { recursive: true, force: true })))
    },
  }
}

const beginRecording = (parts: HistoryRecordingsParts, { id, history: settings }: Profile): HistoryRecording => {
  const inbox = parts.inboxOf(id)
  const start = { connectionId: id, folder: parts.folderOf(id), settings, limits: parts.limits() }
  const begun = parts.worker().then((worker) => worker.ask('begin', start))
  begun.then(({ status }) => parts.onStatus(status)).catch(parts.onFailure)
  const feed = createHistoryFeed({
    connectionId: id,
    settings,
    matching: inbox.matching,
    payloads: parts.payloads,
    // Behind the question that began it.
    send: (message) => void parts.worker().then((worker) => worker.tell(message)),
    mostBytes: mostWaitingBytes,
  })
  inbox.setTap(feed.tap)
  return { settings, feed, inbox, begun, opened: null }
}

const change = (parts: HistoryRecordingsParts, found: HistoryRecording, { id, history: settings }: Profile) => {
  if (JSON.stringify(found.settings) === JSON.stringify(settings)) return
  found.inbox.closeFrame()
  found.settings = settings
  found.feed.setSettings(settings)
  void parts.worker().then((worker) => worker.tell({ kind: 'settings', connectionId: id, settings }))
}

const closeFrames = (recorded: ReadonlyMap<ProfileId, HistoryRecording>) => {
  for (const { inbox } of recorded.values()) inbox.closeFrame()
}
