import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { HistoryGap, HistorySegment } from '#shared/model/history'
import type { OpenSqlite } from '../sqlite'
import {
  bytesOfSegment,
  createTables,
  gapsIn,
  NewerSegment,
  newSegmentPath,
  readHead,
  removeSegment,
  segmentsIn,
  writingPragmas,
  type SegmentLimits,
  type SegmentPath,
} from './segmentFile'
import { isDamage, noteKill, openUnsealed } from './segmentRepair'
import { createSegmentWriter, type SegmentFacts, type SegmentWriter } from './segmentWriter'

export interface HistoryFolderParts {
  readonly folder: string
  readonly connectionId: string
  readonly open: OpenSqlite
  readonly limits: SegmentLimits
}

/** Sizes and ages beyond which the oldest segments go. */
export interface HistoryLimits {
  readonly bytes: number
  /** Null = they may be as old as they are. */
  readonly milliseconds: number | null
}

interface KnownSegment extends SegmentFacts {
  readonly path: string
  readonly bytes: number
  /** It may be written on. */
  readonly isOpen: boolean
}

/** The segments of one connection, of which the newest is written. Everything throws where the disk refuses. */
export interface HistoryFolder {
  /** Looks at what is on disk; repairs it, and seals what a run before left. */
  load(): void
  /** The segment that the next message goes into: a full one is sealed first. It must have been loaded. */
  writer(now: number): SegmentWriter
  /** Removes the oldest segments beyond the limits; the newest stays. Answers how many went. */
  prune(limits: HistoryLimits, now: number): number
  segments(): readonly HistorySegment[]
  gaps(): readonly HistoryGap[]
  /** The number of the next message. */
  next(): number
  /** Lets go of the open segment as it is: after a failure it is opened anew. */
  abandon(): void
  /** Ends the run and closes the open segment. */
  close(now: number): void
  /** Nothing is left of it; numbers go on. */
  remove(): void
}

/** What the verbs below work on. */
interface FolderState {
  readonly parts: HistoryFolderParts
  /** From old to new. */
  known: KnownSegment[]
  current: SegmentWriter | null
  next: number
}

export const createHistoryFolder = (parts: HistoryFolderParts): HistoryFolder => {
  const state: FolderState = { parts, known: [], current: null, next: 1 }
  return {
    load: () => load(state),
    writer: (now) => {
      state.current ??= openNewest(state)
      if (state.current?.isFull(parts.limits, now)) seal(state, state.current, now)
      state.current ??= openNew(state)
      return state.current
    },
    prune: (limits, now) => prune(state, limits, now),
    segments: () => {
      refresh(state)
      return state.known.map(({ segment, bytes }) => ({ ...segment, bytes }))
    },
    gaps: () => state.known.flatMap(({ gaps }) => gaps),
    next: () => state.current?.next() ?? state.next,
    abandon: () => takeCurrent(state)?.close(),
    close: (now) => {
      if (!state.current) return
      endRun(state, state.current, now)
      refresh(state)
      takeCurrent(state)?.close()
    },
    remove: () => {
      state.next = state.current?.next() ?? state.next
      state.known = []
      try {
        takeCurrent(state)?.close()
      } finally {
        rmSync(parts.folder, { recursive: true, force: true })
      }
    },
  }
}

const takeCurrent = (state: FolderState): SegmentWriter | null => {
  const { current } = state
  state.current = null
  return current
}

const newestOf = ({ known }: FolderState) => known.at(-1)
const setNewest = ({ known }: FolderState, segment: KnownSegment) =>
  known.splice(Math.max(0, known.length - 1), 1, segment)

const openNew = (state: FolderState): SegmentWriter => {
  const { folder, connectionId, open } = state.parts
  mkdirSync(folder, { recursive: true })
  const path = newSegmentPath(folder, state.next)
  const database = open(path)
  writingPragmas(database)
  createTables(database, { connectionId, first: state.next })
  const writer = createSegmentWriter(database)
  state.known.push({ ...writer.facts(), path, bytes: 0, isOpen: true })
  return writer
}

const openNewest = (state: FolderState): SegmentWriter | null => {
  const segment = newestOf(state)
  if (!segment?.isOpen) return null
  const { open, connectionId } = state.parts
  const { first } = segment.segment
  const { writer, path } = openUnsealed(open, { path: segment.path, connectionId, first, isChecked: true })
  setNewest(state, { ...segment, ...writer.facts(), path })
  state.next = writer.next()
  return writer
}

const endRun = (state: FolderState, writer: SegmentWriter, now: number) => {
  writer.begin()
  writer.endRun(now)
  writer.commit()
  state.next = writer.next()
}

const seal = (state: FolderState, writer: SegmentWriter, now: number) => {
  endRun(state, writer, now)
  const facts = writer.facts()
  writer.seal()
  state.current = null
  const { path = '' } = newestOf(state) ?? {}
  setNewest(state, { ...facts, path, bytes: bytesOfSegment(path), isOpen: false })
}

/** The open segment as it is now. */
const refresh = (state: FolderState) => {
  const segment = newestOf(state)
  if (!segment?.isOpen) return
  setNewest(state, { ...segment, ...state.current?.facts(), bytes: bytesOfSegment(segment.path) })
}

const load = (state: FolderState) => {
  const { folder, open } = state.parts
  removeUnfinished(folder)
  const paths = withoutTwins(segmentsIn(folder))
  state.known = paths.map((found, index) => lookAt(open, found, paths[index + 1]?.first))
  state.known.forEach((segment, index) => {
    if (!segment.isOpen) return
    const isNewest = index === state.known.length - 1
    const { writer, path } = mended(state.parts, segment)
    const facts = writer.facts()
    if (isNewest) writer.close()
    else writer.seal()
    state.known[index] = { ...facts, path, bytes: bytesOfSegment(path), isOpen: isNewest }
  })
  const { segment } = newestOf(state) ?? {}
  state.next = segment ? segment.first + segment.messages : 1
}

/** A segment that a run before left open, sound and with a gap where that run was ended. */
const mended = ({ open, connectionId }: HistoryFolderParts, left: KnownSegment) => {
  const { first } = left.segment
  const { writer, path } = openUnsealed(open, { path: left.path, connectionId, first })
  writer.close()
  noteKill(open, path)
  return openUnsealed(open, { path, connectionId, first, isChecked: true })
}

const prune = (state: FolderState, { bytes, milliseconds }: HistoryLimits, now: number): number => {
  refresh(state)
  let total = state.known.reduce((sum, segment) => sum + segment.bytes, 0)
  let removed = 0
  while (state.known.length > 1) {
    const [oldest] = state.known
    const isOld = milliseconds !== null && now - (oldest?.segment.to ?? now) > milliseconds
    if (!oldest || (total <= bytes && !isOld)) break
    removeSegment(oldest.path)
    state.known.shift()
    total -= oldest.bytes
    removed += 1
  }
  return removed
}

/** What a repair left that was ended half way. */
const removeUnfinished = (folder: string) => {
  if (segmentsIn(folder).length === 0) return
  for (const name of readdirSync(folder)) if (name.includes('.part')) rmSync(join(folder, name), { force: true })
}

/** Of two with one number, the repair of the older was ended before that was set aside: it is whole, and the newer one goes. */
const withoutTwins = (paths: readonly SegmentPath[]): readonly SegmentPath[] =>
  paths.filter(({ first, path }, index) => {
    const isTwin = paths[index - 1]?.first === first
    if (isTwin) removeSegment(path)
    return !isTwin
  })

/** Numbers that a segment of a later version may have: it does not say how many it has. */
const mostOfNewer = 10_000_000

/** What a segment says of itself. Of one that says nothing any more all is missing; the newest such one is repaired. */
const lookAt = (open: OpenSqlite, { first, path }: SegmentPath, following: number | undefined): KnownSegment => {
  const bytes = bytesOfSegment(path)
  const unread = (messages: number): KnownSegment => {
    const gap: HistoryGap = {
      cause: 'damaged',
      messages: following === undefined ? null : messages,
      from: null,
      to: null,
    }
    return { segment: { first, messages, from: null, to: null }, gaps: [gap], path, bytes, isOpen: false }
  }
  try {
    const database = open(path, { readOnly: true })
    try {
      const { isSealed, messages, from, to } = readHead(database)
      return { segment: { first, messages, from, to }, gaps: gapsIn(database), path, bytes, isOpen: !isSealed }
    } finally {
      database.close()
    }
  } catch (error) {
    if (error instanceof NewerSegment) return unread((following ?? first + mostOfNewer) - first)
    if (!isDamage(error)) throw error
    return following === undefined ? { ...unread(0), isOpen: true } : unread(following - first)
  }
}
