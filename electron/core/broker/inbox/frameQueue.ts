import {
  carriedEnd,
  createFrameWriter,
  type FrameWriter,
  type InboxMessage,
  type MessageMarks,
  type PackedFrame,
} from './frameWriter'

/** How many topics and match sets a closing frame may name. */
interface Tables {
  readonly topics: { readonly size: number }
  readonly subscriptions: { readonly size: number }
}

/** The frames of one connection that wait for the window: closed ones, and the open one that takes messages. */
export const createFrameQueue = ({ topics, subscriptions }: Tables) => {
  const closed: PackedFrame[] = []
  let open: FrameWriter | null = null
  let droppedSinceFrame = 0

  const closeOpen = () => {
    if (open) closed.push(open.close(topics.size, subscriptions.size))
    open = null
  }
  const writerFor = (sequence: number, length: number): FrameWriter => {
    if (open && !open.fits(length)) closeOpen()
    if (!open) {
      open = createFrameWriter(sequence, droppedSinceFrame)
      droppedSinceFrame = 0
    }
    return open
  }
  return {
    add: (sequence: number, message: InboxMessage, marks: MessageMarks): void =>
      writerFor(sequence, carriedEnd(message) - message.start).add(message, marks),
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
