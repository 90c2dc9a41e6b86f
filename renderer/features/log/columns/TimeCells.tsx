import type { MessageLog } from '../../../model/messageLog/messageLog'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { useSteadyNow } from '../../../state/useSteadyNow'
import { useDurations } from '../../../ui/durations'

/** How long ago the message came. */
export function Age({ arrivedAt }: Pick<MessageView, 'arrivedAt'>) {
  const { age } = useDurations()
  return age(useSteadyNow() - arrivedAt)
}

interface SinceRowProps extends Pick<MessageView, 'arrivedAt'> {
  /** Null = no message stands in the row above. */
  readonly beforeAt: number | null
}

/** How long after the message in the row above it came. */
export function SinceRow({ arrivedAt, beforeAt }: SinceRowProps) {
  const { interval } = useDurations()
  return beforeAt === null ? null : `+${interval(Math.max(0, arrivedAt - beforeAt))}`
}

/**
 * Messages looked through for the one before on the topic: a rare topic among a million others would cost a frame for
 * each row that is drawn.
 */
const mostLookedThrough = 20_000

interface SinceTopicProps {
  readonly message: MessageView
  readonly log: MessageLog
}

/** How long after the message before it on its topic it came; nothing where that is not among the messages just before. */
export function SinceTopic({ message, log }: SinceTopicProps) {
  const { interval } = useDurations()
  const before = log.arrivalBefore(message.sequence, mostLookedThrough)
  return before === null ? null : `+${interval(Math.max(0, message.arrivedAt - before))}`
}
