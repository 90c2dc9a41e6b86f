import { statfsSync } from 'node:fs'
import { flags, type Frame } from '#shared/model/frame'
import { createFrameReader } from '#shared/model/frameReader'
import type { HistoryGap, HistoryPhase, HistorySettings, HistoryStatus } from '#shared/model/history'
import { sqliteFailure } from '../sqlite'
import { createFrameNames, type FrameNames } from './frameNames'
import { createHistoryFilter, type HistoryFilter } from './historyFilter'
import type { HistoryFolder, HistoryLimits } from './historyFolder'
import type { SegmentWriter } from './segmentWriter'

/** A frame as it goes to the window, with what it does not carry of its messages. */
export interface RecordedFrame {
  readonly frame: Frame
  /** Whole payloads of which the frame has the head, by their index in it. */
  readonly whole: ReadonlyMap<number, Uint8Array>
  /** Messages that came before it and could not wait until they were written. */
  readonly gap: HistoryGap | null
}

export interface HistoryRecorderParts {
  readonly connectionId: string
  readonly folder: HistoryFolder
  readonly settings: HistorySettings
  readonly limits: HistoryLimits
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A folder on the disk, whose free room is looked up. */
  readonly diskOf: string
}

/** Writes the messages of one connection. Nothing throws: where the disk refuses, it pauses and counts what it cannot keep. */
export interface HistoryRecorder {
  /** Looks at what is on disk; answers whether the disk let it. */
  load(): boolean
  add(recorded: RecordedFrame): void
  /** Commits what is written, or tries again; called a few times a second. Answers whether the status changed. */
  tick(): boolean
  /** Messages that are on disk for sure, of all that it was given. */
  committed(): number
  setLimits(limits: HistoryLimits): void
  setSettings(settings: HistorySettings): void
  status(): HistoryStatus
  /** Everything on disk goes, and what was given and not committed. It goes on with a new beginning. Throws where it cannot. */
  removeAll(): void
  /** Commits, ends the run and closes. */
  stop(): void
}

/** So many rows are committed at once: a commit costs about as much as 50 of them. */
const rowsPerCommit = 5_000
const retryAfterMs = 2_000
const pruneAfterMs = 60_000
/** A disk with less room than this is full, whatever the error is called. */
const leastRoomBytes = 2 ** 20
const mostGapsTold = 200

/** What the verbs below work on. */
interface RecorderState {
  readonly parts: HistoryRecorderParts
  readonly names: FrameNames
  filter: HistoryFilter
  limits: HistoryLimits
  phase: HistoryPhase
  writer: SegmentWriter | null
  /** The one in which it stands that this run writes. */
  noted: SegmentWriter | null
  inTransaction: Transaction | null
  committed: number
  /** What could not be written since the last commit. */
  missing: HistoryGap | null
  retryAt: number
  pruneAt: number
  isLoaded: boolean
  isChanged: boolean
  /** The message of the frame that is being written, and the gaps before it that are not written yet. */
  position: number
  dueGaps: HistoryGap[]
}

export const createHistoryRecorder = (parts: HistoryRecorderParts): HistoryRecorder => {
  const state = stateAtFirst(parts)
  const { folder, connectionId, now } = parts
  return {
    load: () => {
      attempt(state, () => load(state))
      return state.isLoaded
    },
    add: (recorded) => add(state, recorded),
    tick: () => tick(state),
    committed: () => state.committed,
    setLimits: (limits) => Object.assign(state, { limits, pruneAt: 0 }),
    setSettings: (settings) => {
      state.filter = createHistoryFilter(settings)
    },
    status: () => {
      const { phase, inTransaction, missing } = state
      return historyStatus(folder, { connectionId, phase, missing: inTransaction ? null : missing })
    },
    removeAll: () => {
      quietly(() => folder.abandon())
      Object.assign(state, { ...nothingOpen, missing: null, phase: 'idle', isChanged: true })
      folder.remove()
    },
    stop: () => {
      attempt(state, () => commit(state))
      if (!isPaused(state)) attempt(state, () => folder.close(now()))
      else quietly(() => folder.abandon())
      Object.assign(state, { ...nothingOpen, phase: 'idle', isChanged: true })
    },
  }
}

const nothingOpen = { writer: null, noted: null, inTransaction: null } as const

const stateAtFirst = (parts: HistoryRecorderParts): RecorderState => ({
  ...nothingOpen,
  parts,
  names: createFrameNames(),
  filter: createHistoryFilter(parts.settings),
  limits: parts.limits,
  phase: 'idle',
  committed: 0,
  missing: null,
  retryAt: 0,
  pruneAt: 0,
  isLoaded: false,
  isChanged: true,
  position: 0,
  dueGaps: [],
})

const isPaused = ({ phase }: RecorderState) => phase === 'full' || phase === 'failed'

const attempt = (state: RecorderState, act: () => void) => {
  try {
    act()
  } catch (error) {
    pause(state, error)
  }
}

const pause = (state: RecorderState, error: unknown) => {
  const { inTransaction, parts } = state
  for (const gap of inTransaction?.gaps ?? []) miss(state, gap)
  if (inTransaction && inTransaction.messages > 0) miss(state, gapOf('disk', inTransaction))
  Object.assign(state, nothingOpen)
  quietly(() => parts.folder.abandon())
  state.phase = isFull(error, parts.diskOf) ? 'full' : 'failed'
  state.retryAt = parts.now() + retryAfterMs
  state.isChanged = true
}

const miss = (state: RecorderState, gap: HistoryGap) => {
  state.missing = joined(state.missing, gap)
}

const load = (state: RecorderState) => {
  if (!state.isLoaded) state.parts.folder.load()
  state.isLoaded = true
}

const begin = (state: RecorderState): SegmentWriter => {
  if (state.inTransaction && state.writer) return state.writer
  const { folder, now } = state.parts
  load(state)
  const writer = folder.writer(now())
  state.writer = writer
  writer.begin()
  state.inTransaction = { messages: 0, from: null, to: null, gaps: [] }
  if (state.noted !== writer) writer.run(now())
  state.noted = writer
  if (state.missing) writer.gap(state.missing)
  return writer
}

const commit = (state: RecorderState) => {
  const { inTransaction, writer } = state
  if (!inTransaction || !writer) return
  writer.commit()
  state.committed += inTransaction.messages
  Object.assign(state, { inTransaction: null, missing: null, phase: 'recording', isChanged: true })
}

const writeGaps = (state: RecorderState) => {
  const { dueGaps } = state
  for (let gap = dueGaps[0]; gap; gap = dueGaps[0]) {
    begin(state).gap(gap)
    state.inTransaction?.gaps.push(gap)
    dueGaps.shift()
  }
}

const write = (state: RecorderState, { frame, whole }: RecordedFrame) => {
  writeGaps(state)
  const { names, filter } = state
  const reader = createFrameReader(frame)
  for (; state.position < frame.count; state.position += 1) {
    const { position } = state
    const bits = reader.flags(position)
    const topic = reader.unnumberedTopic(position) ?? names.topic(reader.topicId(position))
    if (topic === undefined || !filter.keeps(topic, bits)) continue
    const payload = whole.get(position)
    const time = reader.time(position)
    begin(state).add({
      time,
      clockShift: frame.clockShift,
      topic,
      bits: payload ? bits & ~flags.head : bits,
      packetId: reader.packetId(position),
      subscriptions: names.matchSet(reader.matchSetId(position)),
      properties: reader.properties(position),
      payload: payload ?? reader.payload(position),
      wholeLength: (bits & flags.head) !== 0 && !payload ? reader.payloadLength(position) : null,
    })
    note(state, time)
  }
  if ((state.inTransaction?.messages ?? 0) >= rowsPerCommit) commit(state)
}

const note = ({ inTransaction }: RecorderState, time: number) => {
  if (!inTransaction) return
  inTransaction.messages += 1
  inTransaction.from ??= time
  inTransaction.to = time
}

const add = (state: RecorderState, recorded: RecordedFrame) => {
  state.names.learn(recorded.frame)
  state.dueGaps = [...gapsBefore(recorded)]
  state.position = 0
  if (!isPaused(state)) attempt(state, () => write(state, recorded))
  if (!isPaused(state)) return
  // What was written before a failure is counted with its transaction; the rest of the frame here.
  for (const gap of state.dueGaps) miss(state, gap)
  const counted = countKept(recorded.frame, { ...state, first: state.position })
  if (counted.messages > 0) miss(state, gapOf('disk', counted))
}

const tick = (state: RecorderState): boolean => {
  const { folder, now } = state.parts
  // A gap is the first thing that is written again, so that what is missing is known even if nothing comes.
  if (isPaused(state) && now() >= state.retryAt) attempt(state, () => begin(state))
  attempt(state, () => commit(state))
  if (!isPaused(state) && state.isLoaded && now() >= state.pruneAt) {
    state.pruneAt = now() + pruneAfterMs
    attempt(state, () => {
      if (folder.prune(state.limits, now()) > 0) state.isChanged = true
    })
  }
  const { isChanged } = state
  state.isChanged = false
  return isChanged
}

interface Counting {
  readonly names: { topic(id: number): string | undefined }
  readonly filter: HistoryFilter
  /** The first message that counts. */
  readonly first: number
}

type Counted = Readonly<Pick<Transaction, 'messages' | 'from' | 'to'>>

interface Transaction {
  messages: number
  from: number | null
  to: number | null
  readonly gaps: HistoryGap[]
}

/** What stands on disk; `missing` is not written yet. */
export const historyStatus = (
  folder: Pick<HistoryFolder, 'segments' | 'gaps'>,
  now: { readonly connectionId: string; readonly phase: HistoryPhase; readonly missing: HistoryGap | null },
): HistoryStatus => {
  const gaps = [...folder.gaps(), ...(now.missing ? [now.missing] : [])]
  return {
    connectionId: now.connectionId,
    phase: now.phase,
    segments: folder.segments(),
    gaps: gaps.slice(-mostGapsTold).map(({ cause, messages, from, to }) => ({ cause, messages, from, to })),
    gapCount: gaps.length,
    missing: gaps.reduce((sum, { messages }) => sum + (messages ?? 0), 0),
  }
}

/** The messages of a frame, from one on, that would have been kept. */
export const countKept = (
  frame: Pick<Frame, 'records' | 'bytes' | 'count' | 'clockShift'>,
  { names, filter, first }: Counting,
): Counted => {
  const reader = createFrameReader(frame)
  let messages = 0
  let from: number | null = null
  let to: number | null = null
  for (let index = first; index < frame.count; index += 1) {
    const topic = reader.unnumberedTopic(index) ?? names.topic(reader.topicId(index))
    if (topic === undefined || !filter.keeps(topic, reader.flags(index))) continue
    messages += 1
    to = reader.time(index)
    from ??= to
  }
  return { messages, from, to }
}

const gapOf = (cause: HistoryGap['cause'], { messages, from, to }: Counted): HistoryGap => ({
  cause,
  messages,
  from,
  to,
})

/** Two gaps without a message between them are one. */
export const joined = (one: HistoryGap | null, other: HistoryGap): HistoryGap =>
  one === null
    ? other
    : {
        cause: one.cause,
        messages: one.messages === null || other.messages === null ? null : one.messages + other.messages,
        from: one.from ?? other.from,
        to: other.to ?? one.to,
      }

/** What a frame says of messages before it that nobody has. */
const gapsBefore = ({ frame, gap }: RecordedFrame): readonly HistoryGap[] => {
  const gaps: HistoryGap[] = gap ? [gap] : []
  const time = frame.count > 0 ? createFrameReader(frame).time(0) : null
  if (frame.droppedBefore > 0) gaps.push({ cause: 'window', messages: frame.droppedBefore, from: null, to: time })
  for (const skipped of frame.skippedBefore ?? [])
    gaps.push({ cause: 'skipped', messages: 1, from: skipped.time, to: skipped.time })
  return gaps
}

const isFull = (error: unknown, folder: string): boolean => {
  if (sqliteFailure(error) === 'full') return true
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return true
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize < leastRoomBytes
  } catch {
    return false
  }
}

const quietly = (act: () => void) => {
  try {
    act()
  } catch {
    // The disk refused before: that is told already.
  }
}
