import type { SkippedMessage } from '#shared/model/frame'
import type { TopicTable } from '../message/topicTable'
import type { MessageMarks, WireMessage } from '../message/wireMessage'
import { createFrameBuffers, createFrameWriter, frameBytesOf, type FrameWriter, type PackedFrame } from './frameWriter'

/** How many topics and match sets a closing frame may name. */
interface Tables {
  readonly topics: Pick<TopicTable, 'size' | 'names'>
  readonly matching: { readonly size: number }
}

/** Called with each frame when it is closed, before the window takes it. What it keeps of it, it copies. */
export type FrameTap = (frame: PackedFrame) => void

export interface FrameQueue {
  setTap(tap: FrameTap | null): void
  /** Closes the open frame though the window took none, for the tap. */
  close(): void
  add(sequence: number, message: WireMessage, marks: MessageMarks): void
  /** The number of the session that the next message belongs to. */
  session(): number
  /** Closes the open frame: what comes next belongs to another session, or names topics by other numbers. */
  begin(change: { readonly newSession: boolean }): void
  /** A message was dropped here: the next frame counts it. */
  drop(): void
  /** A message was skipped here; `nextSequence` is that of the next one. False = there is no room to note it. */
  skip(skipped: SkippedMessage, nextSequence: number): boolean
  /** The oldest frame, null when nothing waits. */
  take(): PackedFrame | null
  takeAll(): PackedFrame[]
  /** The sequence number of the oldest message that waits, or null. */
  firstSequence(): number | null
}

/** The most characters of skipped messages' topics that wait; beyond it they count as dropped. */
const mostSkippedText = 2 ** 20

/** The frames of one connection that wait for the window: closed ones, and the open one that takes messages. */
export const createFrameQueue = ({ topics, matching }: Tables): FrameQueue => {
  const closed: PackedFrame[] = []
  const buffers = createFrameBuffers()
  let open: FrameWriter | null = null
  let droppedSinceFrame = 0
  let session = 0
  /** Of the newest message. */
  let clockShift = 0
  let skippedText = 0
  let tap: FrameTap | null = null

  const closeOpen = () => {
    if (!open) return
    const frame = open.close(topics.size, matching.size)
    open = null
    closed.push(frame)
    tap?.(frame)
  }
  const opened = (firstSequence: number): FrameWriter => {
    if (open) return open
    const names = topics.names()
    const start = { firstSequence, droppedBefore: droppedSinceFrame, serverSession: session, clockShift, names }
    open = createFrameWriter(start, buffers)
    droppedSinceFrame = 0
    return open
  }
  const writerFor = (sequence: number, message: WireMessage): FrameWriter => {
    if (open && (clockShift !== message.clockShift || !open.fits(frameBytesOf(message)))) closeOpen()
    clockShift = message.clockShift
    return opened(sequence)
  }
  const taken = (frame: PackedFrame): PackedFrame => {
    skippedText -= textOf(frame.skippedBefore)
    return frame
  }
  return {
    setTap: (changed) => {
      tap = changed
    },
    close: closeOpen,
    add: (sequence, message, marks) => writerFor(sequence, message).add(message, marks),
    session: () => session,
    begin: (change) => {
      closeOpen()
      if (change.newSession) session += 1
    },
    drop: () => {
      closeOpen()
      droppedSinceFrame += 1
    },
    skip: (skipped, nextSequence) => {
      const size = textOf([skipped])
      if (skippedText + size > mostSkippedText) return false
      skippedText += size
      if (open && !open.isEmpty()) closeOpen()
      opened(nextSequence).skip(skipped)
      return true
    },
    take: () => {
      if (closed.length === 0) closeOpen()
      const frame = closed.shift()
      return frame ? taken(frame) : null
    },
    takeAll: () => {
      closeOpen()
      return closed.splice(0).map(taken)
    },
    firstSequence: () => closed[0]?.firstSequence ?? open?.firstSequence ?? null,
  }
}

const textOf = (skipped: readonly SkippedMessage[] = []): number =>
  skipped.reduce((sum, { topic }) => sum + topic.length + 100, 0)
