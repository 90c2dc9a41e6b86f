import type { RetainedFate, RetainedWork } from '#shared/model/retained'
import type { AppError, Result } from '#shared/result'
import { createOutgoingMessage } from '../broker/publishing/outgoingMessage'
import type { RetainedLook } from './retainedLook'
import { retainedPacket } from './retainedPacket'
import type { WorkItem, WorkTally } from './retainedTally'
import type { ShortConnection } from '../broker/session/shortConnection'

export interface SenderParts {
  readonly kind: RetainedWork['kind']
  readonly tally: WorkTally
  readonly look: RetainedLook
  readonly now: () => number
  readonly mayGoOn: () => boolean
  readonly hasEnded: () => boolean
  readonly onRefused: (reason: AppError) => void
}

/** More in flight gain nothing, and are what a cancel has to wait for. */
const mostInFlight = 512

/**
 * Sends the messages whose topic still holds what was listed, within Receive Maximum; resolves when all are answered.
 */
export const createRetainedSender = (parts: SenderParts) => {
  const { kind, tally, look, now, mayGoOn, hasEnded } = parts

  /** The fate of what is not to be sent, or not any more. */
  const skipped = (item: WorkItem): RetainedFate | null => {
    const seen = look.of(item.message.topic)
    if (kind === 'undo') return seen === undefined ? null : seen === 'other' ? 'newer' : 'standing'
    if (seen === undefined) return 'gone'
    if (seen === 'other') return 'changed'
    tally.refresh(item, seen)
    return null
  }
  const onAnswer = (item: WorkItem, result: Result<unknown>, isProof: boolean) => {
    if (hasEnded()) return
    if (result.ok) tally.answered(item, isProof)
    else if (result.error.code === 'publishRefused' || result.error.code === 'deliveryViolated') {
      parts.onRefused(result.error)
      tally.note(item, 'failed')
    }
  }
  /** False = there is nothing to wait for. */
  const send = ({ online, outgoing }: ShortConnection, item: WorkItem, done: () => void): boolean => {
    const fate = skipped(item)
    const made = fate ? null : retainedPacket(kind, tally.messageOf(item), { online, now: now() })
    if (!made) {
      tally.note(item, fate ?? 'expired')
      return false
    }
    tally.sent(item)
    const answer = (result: Result<unknown>) => {
      onAnswer(item, result, made.qos > 0 && online.protocolVersion === '5')
      done()
    }
    const { protocolVersion } = online
    const told = { sequence: 0, records: null, now, deliver: () => undefined, answer }
    outgoing.send(createOutgoingMessage({ ...made, ...told, topic: tally.messageOf(item).topic, protocolVersion }))
    return true
  }

  return (opened: ShortConnection, some: readonly WorkItem[]) =>
    new Promise<void>((resolve) => {
      const room = Math.min(opened.online.limits.receiveMaximum, mostInFlight)
      let next = 0
      let inFlight = 0
      const feed = () => {
        for (let item = some[next]; item && mayGoOn() && inFlight < room; item = some[++next])
          if (send(opened, item, onDone)) inFlight += 1
        if (inFlight === 0) resolve()
      }
      const onDone = () => {
        inFlight -= 1
        feed()
      }
      feed()
    })
}
