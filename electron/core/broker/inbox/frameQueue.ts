import type { SkippedMessage } from '#shared/model/frame'
import {
  createFrameWriter,
  frameBytesOf,
  type FrameWriter,
  type InboxMessage,
  type MessageMarks,
  type PackedFrame,
} from './frameWriter'
import type { TopicTable } from '../message/topicTable'

/** How many topics and match sets a closing frame may name. */
interface Tables {
  readonly topics: Pick<TopicTable, 'size' | 'names'>
  readonly subscriptions: { readonly size: number }
}

/** The most characters of skipped messages' topics that wait; beyond it they count as dropped. */
const mostSkippedText = 2 ** 20

const textOf = (skipped: readonly SkippedMessage[] = []): number =>
  skipped.reduce((sum, { topic }) => sum + topic.length + 100, 0)

/** The frames of one connection that wait for the window: closed ones, and the open one that takes messages. */
export const createFrameQueue = ({ topics, subscriptions }: Tables) => {
  const closed: PackedFrame[] = []
  let open: FrameWriter | null = null
  let droppedSinceFrame = 0
  let session = 0
  /** Of the newest message. */
  let clockShift = 0
  let skippedText = 0

  const closeOpen = () => {
    if (open) closed.push(open.close(topics.size, subscriptions.size))
    open = null
  }
  const opened = (firstSequence: number): FrameWriter => {
    if (open) return open
    const names = topics.names()
    open = createFrameWriter({ firstSequence, droppedBefore: droppedSinceFrame, session, clockShift, names })
    droppedSinceFrame = 0
    return open
  }
  const writerFor = (sequence: number, message: InboxMessage): FrameWriter => {
    if (open && (clockShift !== message.clockShift || !open.fits(frameBytesOf(message)))) closeOpen()
    clockShift = message.clockShift
    return opened(sequence)
  }
  const taken = (frame: PackedFrame): PackedFrame => {
    skippedText -= textOf(frame.skippedBefore)
    return frame
  }
  return {
    add: (sequence: number, message: InboxMessage, marks: MessageMarks): void =>
      writerFor(sequence, message).add(message, marks),
    session: (): number => session,
    /** What comes next belongs to another session, or is told with other numbers of topics. */
    begin: (change: { readonly newSession: boolean }): void => {
      closeOpen()
      if (change.newSession) session += 1
    },
    /** A message is missing here: the next frame says so. */
    drop: (): void => {
      closeOpen()
      droppedSinceFrame += 1
    },
    /** A message was not taken here; `nextSequence` is that of the next one. False = there is no room to say so. */
    skip: (skipped: SkippedMessage, nextSequence: number): boolean => {
      const size = textOf([skipped])
      if (skippedText + size > mostSkippedText) return false
      skippedText += size
      if (open && !open.isEmpty()) closeOpen()
      opened(nextSequence).skip(skipped)
      return true
    },
    /** The oldest frame, null when nothing waits. */
    take: (): PackedFrame | null => {
      if (closed.length === 0) closeOpen()
      const frame = closed.shift()
      return frame ? taken(frame) : null
    },
    takeAll: (): PackedFrame[] => {
      closeOpen()
      return closed.splice(0).map(taken)
    },
    /** The sequence number of the oldest message that waits, or null. */
    firstSequence: (): number | null => closed[0]?.firstSequence ?? open?.firstSequence ?? null,
  }
}
