// A thread that writes histories, or reads them: the same code, because both know the format. It is started as a text.
import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import type { HistoryStatus } from '#shared/model/history'
import { messageOf } from '#shared/text/messageOf'
import { sqliteFrom, type OpenSqlite } from '../sqlite'
import { createHistoryFolder } from './historyFolder'
import type {
  FromHistoryThread,
  HistoryQuestion,
  HistoryStart,
  HistoryThreadStart,
  RecordingStart,
  ToHistoryThread,
} from './historyProtocol'
import { createHistoryCursor, readWholePayload, type HistoryCursor, type HistoryPiece } from './historyReader'
import { measureHistory } from './historyMeasure'
import { createHistoryRecorder, historyStatus, type HistoryRecorder } from './historyRecorder'
import { segmentLimits } from './segmentFile'

/** A commit and a look at the clock; what was not committed when the application ends is lost. */
const tickMs = 200
/** The window is told of a history at most so often. */
const tellMs = 1_000

interface Recording extends RecordingStart {
  readonly recorder: HistoryRecorder
  /** The number of its next message when it began. */
  readonly next: number | null
  told: number
  isStale: boolean
}

interface Thread {
  readonly open: OpenSqlite
  readonly recordings: Map<string, Recording>
  readonly cursors: Map<number, HistoryCursor>
  readonly tell: (message: FromHistoryThread) => void
}

const tellStatus = ({ tell }: Thread, recording: Recording) => {
  recording.told = Date.now()
  tell({ kind: 'status', status: recording.recorder.status(), committed: recording.recorder.committed() })
}

const openFolder = ({ open }: Thread, connectionId: string, folder: string) =>
  createHistoryFolder({ folder, connectionId, open, limits: segmentLimits })

const begin = (thread: Thread, start: RecordingStart): HistoryStart => {
  const known = thread.recordings.get(start.connectionId)
  if (known) {
    known.recorder.setSettings(start.settings)
    known.recorder.setLimits(start.limits)
    return { next: known.next, status: known.recorder.status() }
  }
  const folder = openFolder(thread, start.connectionId, start.folder)
  const recorder = createHistoryRecorder({ ...start, folder, now: Date.now, diskOf: dirname(start.folder) })
  const next = recorder.load() ? folder.next() : null
  thread.recordings.set(start.connectionId, { ...start, recorder, next, told: 0, isStale: true })
  return { next, status: recorder.status() }
}

const look = (thread: Thread, connectionId: string, path: string): HistoryStatus => {
  const known = thread.recordings.get(connectionId)
  // What is told to be on disk is there for sure.
  if (known) known.isStale = known.recorder.tick() || known.isStale
  if (known) return known.recorder.status()
  const folder = openFolder(thread, connectionId, path)
  folder.load()
  return historyStatus(folder, { connectionId, phase: 'idle', missing: null })
}

const end = (thread: Thread, connectionId: string): HistoryStatus | null => {
  const known = thread.recordings.get(connectionId)
  if (!known) return null
  thread.recordings.delete(connectionId)
  known.recorder.stop()
  return known.recorder.status()
}

const flush = (thread: Thread, connectionId: string): HistoryStatus | null => {
  const known = thread.recordings.get(connectionId)
  if (!known) return null
  known.recorder.tick()
  tellStatus(thread, known)
  return known.recorder.status()
}

/** A new beginning where it is recorded: the names of topics that frames have brought are still needed. */
const remove = (thread: Thread, connectionId: string, path: string): null => {
  const known = thread.recordings.get(connectionId)
  if (known) {
    known.recorder.removeAll()
    tellStatus(thread, known)
  } else rmSync(path, { recursive: true, force: true })
  return null
}

type ReadQuestion = Extract<HistoryQuestion, { kind: 'read' }>['input']

const read = ({ cursors, open }: Thread, { cursor, folder, range }: ReadQuestion): HistoryPiece | null => {
  const found = cursors.get(cursor) ?? createHistoryCursor(open, folder, range)
  cursors.set(cursor, found)
  return found.next()
}

const closeCursor = ({ cursors }: Thread, cursor: number): null => {
  cursors.get(cursor)?.close()
  cursors.delete(cursor)
  return null
}

const answerTo = (thread: Thread, question: HistoryQuestion): unknown => {
  switch (question.kind) {
    case 'begin':
      return begin(thread, question.input)
    case 'end':
      return end(thread, question.input.connectionId)
    case 'flush':
      return flush(thread, question.input.connectionId)
    case 'look':
      return look(thread, question.input.connectionId, question.input.folder)
    case 'remove':
      return remove(thread, question.input.connectionId, question.input.folder)
    case 'read':
      return read(thread, question.input)
    case 'measure':
      return measureHistory(thread.open, question.input.folder, question.input.range)
    case 'closeCursor':
      return closeCursor(thread, question.input.cursor)
    case 'payload':
      return readWholePayload(thread.open, question.input.folder, question.input)
  }
}

const receive = (thread: Thread, message: ToHistoryThread) => {
  const { recordings, tell } = thread
  switch (message.kind) {
    case 'ask':
      try {
        tell({ kind: 'answer', ask: message.ask, answer: answerTo(thread, message.question) })
      } catch (error) {
        tell({ kind: 'failed', ask: message.ask, message: messageOf(error) })
      }
      return
    case 'frame':
      recordings.get(message.connectionId)?.recorder.add(message.recorded)
      tell({ kind: 'taken', connectionId: message.connectionId, bytes: message.bytes })
      return
    case 'settings':
      recordings.get(message.connectionId)?.recorder.setSettings(message.settings)
      return
    case 'limits':
      for (const { recorder } of recordings.values()) recorder.setLimits(message.limits)
  }
}

const tick = (thread: Thread) => {
  for (const recording of thread.recordings.values()) {
    recording.isStale = recording.recorder.tick() || recording.isStale
    if (!recording.isStale || Date.now() - recording.told < tellMs) continue
    recording.isStale = false
    tellStatus(thread, recording)
  }
}

/** Buffers of a piece go over whole. */
const transferOf = (message: FromHistoryThread): ArrayBuffer[] => {
  if (message.kind !== 'answer' || message.answer === null || typeof message.answer !== 'object') return []
  return Object.values(message.answer).flatMap((value: unknown) =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  )
}

const run = (port: MessagePort, { anchor }: HistoryThreadStart) => {
  const thread: Thread = {
    open: sqliteFrom(anchor),
    recordings: new Map(),
    cursors: new Map(),
    tell: (message) => port.postMessage(message, transferOf(message)),
  }
  port.on('message', (message: ToHistoryThread) => receive(thread, message))
  setInterval(() => tick(thread), tickMs)
}

if (parentPort) run(parentPort, workerData as HistoryThreadStart)
