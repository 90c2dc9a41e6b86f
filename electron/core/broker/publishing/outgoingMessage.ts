import type { BrokerWords } from '#shared/model/brokerWords'
import type { DeliveryLeg } from '#shared/model/delivery'
import type { DeliveryState, DeliveryUpdate } from '#shared/model/frame'
import type { PublishReceipt } from '#shared/model/publish'
import type { ProtocolVersion, Qos } from '#shared/model/qos'
import { reasonText } from '#shared/mqtt/reasonCode'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { PublishPacket } from '../packets/publishPacket'
import type { DeliveryRecords } from './deliveryRecords'

/** What the server said in an acknowledgement. */
export interface ServerAcknowledgement {
  readonly packet: 'PUBACK' | 'PUBREC' | 'PUBCOMP'
  readonly reasonCode: number
  readonly words: BrokerWords | null
}

/** A message of ours that is being delivered; its methods are the steps of the delivery. */
export interface OutgoingMessage {
  readonly packet: PublishPacket
  readonly topic: string
  readonly sequence: number
  readonly qos: Qos
  readonly protocolVersion: ProtocolVersion
  /** 0 until it is sent. */
  packetId: number
  /** QoS 2: PUBREC came, so PUBREL is what is to be sent again (MQTT 5 §4.3.3). */
  isReceived: boolean
  /** How often PUBREL was sent on this connection. */
  timesReleased: number
  /** When it was last written to the socket, by a monotonic clock. */
  writtenAt: number
  readonly isAnswered: () => boolean
  readonly queued: () => void
  /** It is about to be written; `dup` = it was before. */
  readonly sent: (dup: boolean) => void
  readonly released: () => void
  readonly received: (answer: ServerAcknowledgement) => void
  readonly succeed: (answer: ServerAcknowledgement | null) => void
  readonly refuse: (answer: ServerAcknowledgement) => void
  /** The server broke the protocol: the message counts as not delivered as asked. */
  readonly violate: (answer: ServerAcknowledgement, violation: AppError) => void
  /** The connection ended, and it will be sent again. */
  readonly interrupt: () => void
  readonly hold: () => void
  readonly drop: () => void
  readonly closedAfter: () => void
  readonly lose: () => void
}

export interface OutgoingMessageParts {
  readonly packet: PublishPacket
  readonly topic: string
  readonly sequence: number
  readonly qos: Qos
  readonly protocolVersion: ProtocolVersion
  /** Null = its packets need not be recorded. */
  readonly records: DeliveryRecords | null
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly deliver: (update: DeliveryUpdate) => void
  readonly answer: (result: Result<PublishReceipt>) => void
}

/** The reason code of the whole delivery: that of PUBCOMP, or of PUBREC where PUBCOMP has none (§3.5.2.1). */
const tellingCode = (last: number, received: number): number => (last === 0 ? received : last)

/**
 * Tells the steps of a delivery to its record, to the window and to the one who published, who is answered once. No object
 * is spread here: that cost 50 us a message, more than all the rest of publishing.
 */
const createTelling = (parts: OutgoingMessageParts) => {
  const { sequence, qos, protocolVersion, records, now } = parts
  const record = qos === 0 || !records ? null : records.open(sequence, qos, protocolVersion)
  let isAnswered = false
  const answer = (result: Result<PublishReceipt>) => {
    if (!isAnswered) parts.answer(result)
    isAnswered = true
  }
  const note = (leg: DeliveryLeg) => {
    if (record) records?.note(sequence, record, leg)
  }
  return {
    record,
    answer,
    note,
    isAnswered: () => isAnswered,
    tell: (state: DeliveryState, reasonCode = 0) => parts.deliver({ sequence, state, reasonCode, at: now() }),
    noteAnswer: ({ packet, reasonCode, words }: ServerAcknowledgement) =>
      note({ packet, at: now(), dup: false, reasonCode: protocolVersion === '5' ? reasonCode : null, words }),
    interrupted: (again: 'yes' | 'no') =>
      answer(
        fail('publishInterrupted', 'The connection ended before the message was acknowledged.', {
          values: { sequence, again },
        }),
      ),
  }
}

const refusal = ({ reasonCode, words }: ServerAcknowledgement, sequence: number) => {
  const said = words?.reasonString ? ` "${words.reasonString}"` : ''
  const reason = `${reasonText('puback', reasonCode)}${said}`
  const details = { reasonCode, values: { reason, sequence } }
  return fail('publishRefused', `The server refused the message: ${reason}`, details)
}

/**
 * Tells the window each state of the delivery, and answers the one who published once. Where the connection ends first,
 * that answer is `publishInterrupted`, and only the window learns what became of the message in the end.
 */
export const createOutgoingMessage = (parts: OutgoingMessageParts): OutgoingMessage => {
  const { packet, topic, sequence, qos, protocolVersion, now } = parts
  const { record, tell, answer, note, noteAnswer, interrupted, isAnswered } = createTelling(parts)
  const startedAt = performance.now()
  let receivedCode = 0

  const message: OutgoingMessage = {
    packet,
    topic,
    sequence,
    qos,
    protocolVersion,
    packetId: 0,
    isReceived: false,
    timesReleased: 0,
    writtenAt: 0,
    isAnswered,
    queued: () => tell('queued'),
    sent: (dup) => {
      message.writtenAt = performance.now()
      if (record) {
        record.packetId = message.packetId
        record.timesSent += 1
      }
      note({ packet: 'PUBLISH', at: now(), dup, reasonCode: null, words: null })
      tell('sent')
    },
    released: () => {
      message.writtenAt = performance.now()
      message.timesReleased += 1
      note({ packet: 'PUBREL', at: now(), dup: false, reasonCode: null, words: null })
    },
    received: (answered) => {
      message.isReceived = true
      receivedCode = answered.reasonCode
      noteAnswer(answered)
      tell('received', receivedCode)
    },
    succeed: (answered) => {
      if (answered) noteAnswer(answered)
      const reasonCode = tellingCode(answered?.reasonCode ?? 0, receivedCode)
      // QoS 0 has no acknowledgement.
      tell(qos === 0 ? 'sent' : 'acknowledged', reasonCode)
      answer(ok({ sequence, reasonCode, protocolVersion, milliseconds: performance.now() - startedAt }))
    },
    refuse: (answered) => {
      noteAnswer(answered)
      tell('refused', answered.reasonCode)
      answer(refusal(answered, sequence))
    },
    violate: (answered, violation) => {
      noteAnswer(answered)
      if (record) record.violation = violation
      tell('violated', answered.reasonCode)
      answer({ ok: false, error: { ...violation, values: { ...violation.values, sequence } } })
    },
    interrupt: () => {
      message.timesReleased = 0
      tell('interrupted')
      interrupted('yes')
    },
    hold: () => tell('held'),
    drop: () => {
      tell('dropped')
      interrupted('no')
    },
    closedAfter: () => tell('closedAfter'),
    lose: () => {
      tell('lost')
      interrupted('no')
    },
  }
  return message
}
