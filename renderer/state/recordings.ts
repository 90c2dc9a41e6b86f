import type { OpenedRecording, RecorderStatus, ReplayPlan, ReplayStatus } from '#shared/model/recordings'
import type { KeptBookmark } from '#shared/model/settings'
import type { AppError, Result } from '#shared/result'
import { defineAppState, type App } from './app'
import { connectionsState } from './connections'
import { noticesState } from './notices'
import { profilesState, selectEntry } from './profiles'

export interface RecordingsState {
  /** Recordings that are open, by the ids of their connections. */
  readonly opened: ReadonlyMap<string, OpenedRecording>
  /** What is being recorded, by connection. */
  readonly recorders: ReadonlyMap<string, RecorderStatus>
  /** What is replayed, or was last, by the connection that it is sent on. */
  readonly replays: ReadonlyMap<string, ReplayStatus>
  /** Asks for a recording and opens it. */
  open(): Promise<void>
  /** Opens what was dropped onto the window last; false = it is no recording that can be read. */
  openDropped(): Promise<boolean>
  /** Reads no more of it. */
  stopReading(id: string): void
  close(id: string): void
  record(id: string): Promise<void>
  stopRecording(id: string): void
  startReplay(plan: ReplayPlan): Promise<Result<null>>
  controlReplay(id: string, act: 'pause' | 'resume' | 'step' | 'stop'): void
  /** It is over and nobody wants to see any more what became of it. */
  dismissReplay(id: string): void
  /** Stands in the recording that is made of the connection, if one is. */
  noteBookmark(id: string, bookmark: Pick<KeptBookmark, 'time' | 'topic' | 'note'>): void
  receiveOpened(status: OpenedRecording): void
  receiveRecorder(status: RecorderStatus): void
  receiveReplay(status: ReplayStatus): void
  /** A connection is gone. */
  forget(id: string): void
}

/** Recordings of messages: those that are open, those that are made, those that are sent again. */
export const recordingsState = defineAppState<RecordingsState>('recordings', ({ owner: app, get, set }) => {
  const tell = (error: AppError) => app.get(noticesState).showError(error)
  const tellFailure = (result: Result<unknown>) => {
    if (!result.ok && result.error.code !== 'notFound') tell(result.error)
  }
  const show = (result: Result<{ readonly connectionId: string } | null>) => {
    if (!result.ok) tell(result.error)
    else if (result.value) app.get(connectionsState).show(result.value.connectionId)
  }
  const { openedRecordings, recorders, replays } = app.snapshot
  return {
    opened: byConnection(openedRecordings),
    recorders: byConnection(recorders),
    replays: byConnection(replays),
    open: async () => show(await app.api.invoke('openedRecording.choose', undefined)),
    openDropped: async () => {
      const result = await app.api.invoke('openedRecording.takeDropped', undefined)
      if (!result.ok || !result.value) return false
      show(result)
      return true
    },
    stopReading: (connectionId) => void app.api.invoke('openedRecording.stop', { connectionId }).then(tellFailure),
    close: (connectionId) => void app.api.invoke('openedRecording.close', { connectionId }).then(tellFailure),
    record: async (connectionId) => tellFailure(await app.api.invoke('recorder.start', { connectionId })),
    stopRecording: (connectionId) => void app.api.invoke('recorder.stop', { connectionId }).then(tellFailure),
    startReplay: (plan) => app.api.invoke('replay.start', plan),
    controlReplay: (connectionId, act) =>
      void app.api.invoke('replay.control', { connectionId, act }).then(tellFailure),
    dismissReplay: (connectionId) => {
      set({ replays: without(get().replays, connectionId) })
      void app.api.invoke('replay.control', { connectionId, act: 'dismiss' }).then(tellFailure)
    },
    noteBookmark: (connectionId, { time, topic, note }) => {
      if (get().recorders.has(connectionId))
        void app.api.invoke('recorder.bookmark', { connectionId, time, topic, note }).then(tellFailure)
    },
    receiveOpened: (status) => set(({ opened }) => ({ opened: withOne(opened, status) })),
    receiveRecorder: (status) => {
      // Nobody sees it any more where it ended with what the disk did not take.
      if (status.end !== null && status.trouble) tell(status.trouble)
      set(({ recorders: all }) => ({
        recorders: status.end === null ? withOne(all, status) : without(all, status.connectionId),
      }))
    },
    receiveReplay: (status) => set(({ replays: all }) => ({ replays: withOne(all, status) })),
    forget: (id) =>
      set((state) => ({
        opened: without(state.opened, id),
        recorders: without(state.recorders, id),
        replays: without(state.replays, id),
      })),
  }
})

/** Whether a connection is a recording that was opened: nothing can be sent to it, and it is never connected. */
export const isRecording = (app: App, id: string): boolean =>
  selectEntry(id)(app.get(profilesState))?.profile.kind === 'recording'

interface OfConnection {
  readonly connectionId: string
}

const byConnection = <Status extends OfConnection>(all: readonly Status[]): ReadonlyMap<string, Status> =>
  new Map(all.map((one) => [one.connectionId, one]))

const withOne = <Status extends OfConnection>(all: ReadonlyMap<string, Status>, one: Status) =>
  new Map(all).set(one.connectionId, one)

const without = <Status>(all: ReadonlyMap<string, Status>, id: string): ReadonlyMap<string, Status> =>
  all.has(id) ? new Map([...all].filter(([key]) => key !== id)) : all
