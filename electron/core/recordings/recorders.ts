import type { ProfileId } from '#shared/model/profile'
import type { RecorderStatus } from '#shared/model/recordings'
import type { SessionStatus } from '#shared/model/session'
import { fail, ok, type Result } from '#shared/result'
import type { MessageInbox } from '../broker/inbox/messageInbox'
import type { Dialogs } from '../files/dialogs'
import { safeFileName } from '#shared/text/safeFileName'
import type { MarkLine } from './recordedMarks'
import { startRecorder, type Recorder } from './recorder'

export interface RecordersParts {
  readonly inbox: Pick<MessageInbox, 'connection'>
  readonly dialogs: Pick<Dialogs, 'savePath'>
  readonly nameOf: (id: ProfileId) => string
  readonly now: () => number
  readonly onChange: (status: RecorderStatus) => void
}

/** What is being recorded, at most one file a connection. */
export interface Recorders {
  /** Asks where to; null = cancelled. Fails with `storageFailed`. */
  start(id: ProfileId): Promise<Result<RecorderStatus | null>>
  /** Fails with `notFound` where nothing is recorded. */
  stop(id: ProfileId): Promise<Result<null>>
  bookmark(id: ProfileId, bookmark: { readonly time: number; readonly topic: string; readonly note: string }): void
  sessionChanged(status: SessionStatus): void
  sessionRemoved(id: ProfileId): void
  statuses(): RecorderStatus[]
  /** Ends all; resolves when everything is on disk. */
  close(): Promise<void>
}

interface Running {
  readonly recorder: Recorder
  readonly stopListening: () => void
}

export const createRecorders = ({ inbox, dialogs, nameOf, now, onChange }: RecordersParts): Recorders => {
  const all = new Map<ProfileId, Running>()
  const ended = new Map<ProfileId, Promise<void>>()
  const phases = new Map<ProfileId, string>()

  const end = (id: ProfileId, why: NonNullable<RecorderStatus['end']>): Promise<void> | null => {
    const running = all.get(id)
    if (!running) return null
    all.delete(id)
    running.stopListening()
    const done = running.recorder.end(why)
    ended.set(id, done)
    return done
  }
  return {
    start: async (id) => {
      const name = nameOf(id)
      const path = await dialogs.savePath(safeFileName(`${name} ${stamp(now())}.topicscope.jsonl`))
      if (path === null) return ok(null)
      await end(id, 'stopped')
      const started = await startRecorder({ connectionId: id, connectionName: name, path, now, onChange })
      if (!started.ok) return started
      const recorder = started.value
      all.set(id, { recorder, stopListening: inbox.connection(id).listen(recorder.note) })
      return ok(recorder.status())
    },
    stop: async (id) => {
      const done = end(id, 'stopped')
      if (!done) return fail('notFound', 'Nothing is recorded on this connection.')
      await done
      return ok(null)
    },
    bookmark: (id, { time, topic, note }) => all.get(id)?.recorder.mark({ kind: 'bookmark', time, topic, note }),
    sessionChanged: (status) => {
      const { connectionId: id, state } = status
      if (phases.get(id) === state.phase) return
      phases.set(id, state.phase)
      const event = eventOf(status)
      if (event) all.get(id)?.recorder.mark({ ...event, time: now() })
    },
    sessionRemoved: (id) => {
      phases.delete(id)
      void end(id, 'connectionRemoved')
    },
    statuses: () => [...all.values()].map(({ recorder }) => recorder.status()),
    close: async () => {
      for (const id of all.keys()) void end(id, 'stopped')
      await Promise.all(ended.values())
    },
  }
}

/** What a recording says of the connection; null = nothing. */
const eventOf = ({ state }: SessionStatus): Omit<Extract<MarkLine, { kind: 'event' }>, 'time'> | null => {
  switch (state.phase) {
    case 'online':
      return { kind: 'event', name: 'online', detail: state.address }
    case 'waiting':
      return { kind: 'event', name: 'lost', detail: state.reason.message }
    case 'failed':
      return { kind: 'event', name: 'failed', detail: state.reason.message }
    case 'offline':
      return { kind: 'event', name: 'disconnected', detail: '' }
    case 'connecting':
      return null
  }
}

/** `2026-11-28 00.04.53` on the clock of this computer, as file names may have it. */
const stamp = (time: number): string => {
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')
}
