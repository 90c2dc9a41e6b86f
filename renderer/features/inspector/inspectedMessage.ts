import type { MessageLog } from '../../model/messageLog/messageLog'
import type { MessageView } from '../../model/messageLog/messageLogChunk'

export interface Inspected {
  readonly message: MessageView
  /** `latest` = not selected, but the newest of the selected topic; `gone` = selected, and evicted or cleared since. */
  readonly origin: 'selected' | 'latest' | 'gone'
}

export interface InspectorChoice {
  readonly sequence: number | null
  readonly topic: string | null
}

const isSame = (one: MessageView, other: MessageView) =>
  one.sequence === other.sequence &&
  one.delivery?.state === other.delivery?.state &&
  one.delivery?.at === other.delivery?.at

/**
 * Answers what the details show, with the same object as long as it says the same: batches come many times a second,
 * and a payload must not be laid out anew for each. A message that is selected stays readable when it is evicted.
 */
export const createInspectedMessage = (log: MessageLog): ((choice: InspectorChoice) => Inspected | null) => {
  let last: Inspected | null = null
  const remember = (message: MessageView, origin: Inspected['origin']): Inspected => {
    if (last && last.origin === origin && isSame(last.message, message)) return last
    last = { message: last && isSame(last.message, message) ? last.message : message, origin }
    return last
  }
  return ({ sequence, topic }) => {
    if (sequence === null) {
      const message = topic === null ? null : log.latestOf(topic)
      return message && remember(message, 'latest')
    }
    const message = log.messageOf(sequence)
    if (message) return remember(message, 'selected')
    return last?.message.sequence === sequence ? remember(last.message, 'gone') : null
  }
}
