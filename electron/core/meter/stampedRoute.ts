import type { Stamp } from '#shared/model/stamp'
import type { StampPlace } from '#shared/model/meter'
import type { PublishReceipt } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import type { Result } from '#shared/result'
import type { SenderRoute } from '../senders/clients/senderRoute'
import { withStamp } from './stamping'

export interface StampedRouteParts {
  readonly run: string
  readonly place: StampPlace
  /** Milliseconds since 1970 by a clock that never jumps. */
  readonly now: () => number
  /** It was given to the connection. */
  readonly onSent: (sequence: number, qos: Qos) => void
  readonly onAnswer: (sequence: number, qos: Qos, result: Result<PublishReceipt>) => void
}

/** The same way, on which each message gets the next number and the time at which it is given to the connection. */
export const stampedRoute = (
  route: SenderRoute,
  { run, place, now, onSent, onAnswer }: StampedRouteParts,
): SenderRoute => {
  let next = 0
  return {
    ...route,
    send: (device, message, answer) => {
      const sequence = next
      const { qos } = message
      const stamp: Stamp = { run, sequence, sentAt: now(), qos }
      const stamped = withStamp(message, stamp, place)
      if (!stamped.ok) return stamped.error
      const problem = route.send(device, stamped.value, (result) => {
        onAnswer(sequence, qos, result)
        answer(result)
      })
      if (problem) return problem
      next += 1
      onSent(sequence, qos)
      return null
    },
  }
}
