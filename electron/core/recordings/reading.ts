// Why it is so: build/docs/decisions/18-a-recording-is-a-connection.md
import { flags } from '#shared/model/frame'
import { mostRefusedKept, type OpenedRecording, type RecordedMark, type RefusedPart } from '#shared/model/recordings'
import type { RecordedMessage, RecordingItem, RecordingNote } from '#shared/recording/recordedMessage'
import type { AppError } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import type { ConnectionInbox } from '../broker/inbox/connectionInbox'
import { sentMarks, type MessageMarks } from '../broker/message/wireMessage'
import { markOf } from './recordedMarks'
import { millisecondsOf, wireMessageOf } from './recordedWire'
import type { RecordedContent } from './recordedContent'

export interface ReadingParts {
  readonly connectionId: string
  readonly content: RecordedContent
  readonly inbox: Pick<ConnectionInbox, 'add' | 'topics'>
  /** Resolves when the window has taken so much that more may be read. */
  readonly hasRoom: () => Promise<void>
  readonly onChange: (status: OpenedRecording) => void
  readonly onMarks: (marks: readonly RecordedMark[]) => void
}

/** A recording on its way to the window, from its first message to its last. */
export interface Reading {
  status(): OpenedRecording
  refused(): readonly RefusedPart[]
  /** Reads no more; what was read stays. */
  stop(): void
  /** The same, and tells nothing any more; resolves when what it reads is at rest. */
  end(): Promise<void>
}

/** So much is read before it is looked whether the window has room. */
const turn = { most: 1_000, turnMs: 8 } as const
/** The window is told so often. */
const tellEveryMs = 250

const receivedMarks: MessageMarks = { kind: 'own', matchSetId: 0, flags: 0 }

export const createReading = (parts: ReadingParts): Reading => {
  const { connectionId, content, inbox, onChange } = parts
  const facts = createFacts()
  const stopping = new AbortController()
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  let phase: OpenedRecording['phase'] = 'reading'
  let error: AppError | null = null
  let bytesRead = 0
  let isTold = true
  let toldAt = -Infinity
  let marks: RecordedMark[] = []
  let latest = content.modifiedAt
  let lastSequence = 0

  const status = (): OpenedRecording => ({
    connectionId,
    file: content.name,
    format: content.format,
    stretch: content.stretch,
    bytes: content.bytes,
    bytesRead,
    ...facts.told(),
    phase,
    error,
  })
  const tell = () => {
    if (!isTold) return
    toldAt = performance.now()
    if (marks.length > 0) parts.onMarks(marks)
    marks = []
    onChange(status())
  }
  const takeMessage = (message: RecordedMessage) => {
    // A message without a time came after the one before it.
    latest = message.time === null ? latest : millisecondsOf(message.time)
    const topic = inbox.topics.ofText(message.topic)
    const wire = wireMessageOf(message, { topic, time: latest })
    lastSequence = inbox.add(wire, (wire.flags & flags.outgoing) === 0 ? receivedMarks : sentMarks)
  }
  const take = (item: RecordingItem) => {
    facts.note(item)
    if (item.kind === 'message') takeMessage(item.message)
    if (item.kind === 'mark') marks.push({ before: lastSequence + 1, ...markOf(item.json) })
  }
  const readAll = async () => {
    const onRead = (bytes: number) => (bytesRead = bytes)
    for await (const piece of content.pieces({ ...turn, onRead, signal: stopping.signal })) {
      for (const item of piece) take(item)
      if (performance.now() - toldAt >= tellEveryMs) tell()
      await Promise.race([parts.hasRoom(), stopped])
    }
    phase = stopping.signal.aborted ? 'stopped' : 'whole'
  }
  tell()
  const done = readAll()
    .catch((thrown: unknown) => {
      phase = 'failed'
      const detail = messageOf(thrown)
      error = { code: 'fileUnreadable', message: detail, values: { name: content.name, detail } }
    })
    .then(tell)

  return {
    status,
    refused: facts.refused,
    stop: () => stopping.abort(),
    end: async () => {
      isTold = false
      stopping.abort()
      await done
    },
  }
}

/** What is known of a recording when so much of it is read. */
const createFacts = () => {
  const refused: RefusedPart[] = []
  const notes: Partial<Record<RecordingNote, number>> = {}
  let refusedCount = 0
  let messages = 0
  let from: number | null = null
  let to: number | null = null
  const noteMessage = (message: RecordedMessage) => {
    messages += 1
    if (message.time === null) return
    const time = millisecondsOf(message.time)
    from = from === null || time < from ? time : from
    to = to === null || time > to ? time : to
  }
  return {
    refused: (): readonly RefusedPart[] => refused,
    told: () => ({ messages, from, to, refused: refusedCount, notes: { ...notes } }),
    note: (item: RecordingItem) => {
      if (item.kind === 'message') {
        noteMessage(item.message)
        for (const note of item.notes) notes[note] = (notes[note] ?? 0) + 1
      } else if (item.kind === 'refused') {
        refusedCount += 1
        const { place, reason, detail = '' } = item
        if (refused.length < mostRefusedKept) refused.push({ place, reason, detail: detail.slice(0, 500) })
      }
    },
  }
}
