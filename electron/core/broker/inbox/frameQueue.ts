import {
  createFrameWriter,
  frameBytesOf,
  type FrameWriter,
  type InboxMessage,
  type MessageMarks,
  type PackedFrame,
} from './frameWriter'
import type { TopicTable } from './topicTable'

/** How many topics and match sets a closing frame may name. */
interface Tables {
  readonly topics: Pick<TopicTable, 'size' | 'names'>
  readonly subscriptions: { readonly size: number }
}

/** The frames of one connection that wait for the window: closed ones, and the open one that takes messages. */
export const createFrameQueue = ({ topics, subscriptions }: Tables) => {
  const closed: PackedFrame[] = []
  let open: FrameWriter | null = null
  let droppedSinceFrame = 0
  let session = 0

  const closeOpen = () => {
    if (open) closed.push(open.close(topics.size, subscriptions.size))
    open = null
  }
  const writerFor = (firstSequence: number, message: InboxMessage): FrameWriter => {
    const { clockShift } = message
    if (open && (open.clockShift !== clockShift || !open.fits(frameBytesOf(message)))) closeOpen()
    if (!open) {
      const names = topics.names()
      open = createFrameWriter({ firstSequence, droppedBefore: droppedSinceFrame, session, clockShift, names })
      droppedSinceFrame = 0
    }
    return open
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
    /** The oldest frame, null when nothing waits. */
    take: (): PackedFrame | null => {
      if (closed.length === 0) closeOpen()
      return closed.shift() ?? null
    },
    takeAll: (): PackedFrame[] => {
      closeOpen()
      return closed.splice(0)
    },
    /** The sequence number of the oldest message that waits, or null. */
    firstSequence: (): number | null => closed[0]?.firstSequence ?? open?.firstSequence ?? null,
  }
}
