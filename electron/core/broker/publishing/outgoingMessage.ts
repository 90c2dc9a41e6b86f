import type { DeliveryState, DeliveryUpdate } from '#shared/model/frame'
import type { PublishReceipt } from '#shared/model/publish'
import { reasonName } from '#shared/mqtt/reasonCode'
import { fail, ok, type Result } from '#shared/result'
import type { PublishPacket } from '../packets/publishPacket'

/** A message of ours on its way, and whoever waits for what becomes of it. */
export interface OutgoingMessage {
  readonly packet: PublishPacket
  readonly sequence: number
  readonly isExactlyOnce: boolean
  /** 0 until it is sent. */
  packetId: number
  /** QoS 2: PUBREC came, so PUBREL is what is to be sent again (MQTT 5 §4.3.3). */
  isReceived: boolean
  readonly isAnswered: () => boolean
  readonly queued: () => void
  readonly sent: () => void
  readonly succeed: (reasonCode: number) => void
  readonly refuse: (reasonCode: number) => void
  readonly lose: () => void
}

export interface OutgoingMessageParts {
  readonly packet: PublishPacket
  readonly sequence: number
  readonly qos: 0 | 1 | 2
  readonly now: () => number
  readonly deliver: (update: DeliveryUpdate) => void
  readonly answer: (result: Result<PublishReceipt>) => void
}

const interrupted = fail('publishInterrupted', 'The connection ended before the message was acknowledged.')

/**
 * Tells the window each state of the delivery, and answers the one who published once: what comes of a message that was
 * lost and is sent again later, only its delivery tells.
 */
export const createOutgoingMessage = (parts: OutgoingMessageParts): OutgoingMessage => {
  const { packet, sequence, qos, now, deliver } = parts
  const startedAt = performance.now()
  let isAnswered = false
  const tell = (state: DeliveryState, reasonCode = 0) => deliver({ sequence, state, reasonCode, at: now() })
  const answer = (result: Result<PublishReceipt>) => {
    if (!isAnswered) parts.answer(result)
    isAnswered = true
  }
  return {
    packet,
    sequence,
    isExactlyOnce: qos === 2,
    packetId: 0,
    isReceived: false,
    isAnswered: () => isAnswered,
    queued: () => tell('queued'),
    sent: () => tell('sent'),
    succeed: (reasonCode) => {
      // QoS 0 knows no acknowledgement: it is sent, and that is all.
      tell(qos === 0 ? 'sent' : 'acknowledged', reasonCode)
      answer(ok({ sequence, reasonCode, milliseconds: performance.now() - startedAt }))
    },
    refuse: (reasonCode) => {
      const reason = reasonName('puback', reasonCode)
      tell('refused', reasonCode)
      answer(fail('publishRefused', `The server refused the message: ${reason}`, { reasonCode, values: { reason } }))
    },
    lose: () => {
      tell('lost')
      answer(interrupted)
    },
  }
}
