import type { BrokerWords } from '#shared/model/brokerWords'
import type { DeliveryLeg } from '#shared/model/delivery'
import type { DeliveryState, DeliveryUpdate } from '#shared/model/frame'
import type { PublishReceipt } from '#shared/model/publish'
import type { ProtocolVersion, Qos } from '#shared/model/qos'
import { reasonText } from '#shared/mqtt/reasonCode'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { PublishPacket } from '../packets/publishPacket'
import type { DeliveryRecords, OpenRecord } from './deliveryRecords'

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
  isAnswered(): boolean
  queued(): void
  /** It is about to be written; `dup` = it was before. */
  sent(dup: boolean): void
  released(): void
  received(answer: ServerAcknowledgement): void
  succeed(answer: ServerAcknowledgement | null): void
  refuse(answer: ServerAcknowledgement): void
  /** The server broke the protocol: the message counts as not delivered as asked. */
  violate(answer: ServerAcknowledgement, violation: AppError): void
  /** The connection ended, and it will be sent again. */
  interrupt(): void
  hold(): void
  drop(): void
  closedAfter(): void
  lose(): void
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

/**
 * Tells the steps of the delivery to its record and to the window, and answers the one who published once. Where the connection
 * ends first, that answer is `publishInterrupted`, and only the window learns what became of the message in the end.
 */
export const createOutgoingMessage = (parts: OutgoingMessageParts): OutgoingMessage => new Delivery(parts)

/** A class, because thousands are made a second: with a function of its own for each step, a message cost half as much again. */
class Delivery implements OutgoingMessage {
  readonly packet: PublishPacket
  readonly topic: string
  readonly sequence: number
  readonly qos: Qos
  readonly protocolVersion: ProtocolVersion
  packetId = 0
  isReceived = false
  timesReleased = 0
  writtenAt = 0
  readonly #parts: OutgoingMessageParts
  readonly #record: OpenRecord | null
  readonly #startedAt = performance.now()
  #isAnswered = false
  #receivedCode = 0

  constructor(parts: OutgoingMessageParts) {
    const { packet, topic, sequence, qos, protocolVersion, records } = parts
    this.packet = packet
    this.topic = topic
    this.sequence = sequence
    this.qos = qos
    this.protocolVersion = protocolVersion
    this.#parts = parts
    this.#record = qos === 0 || !records ? null : records.open(sequence, qos, protocolVersion)
  }

  isAnswered() {
    return this.#isAnswered
  }
  queued() {
    this.#tell('queued')
  }
  sent(dup: boolean) {
    this.writtenAt = performance.now()
    const record = this.#record
    if (record) {
      record.packetId = this.packetId
      record.timesSent += 1
      this.#note({ packet: 'PUBLISH', at: this.#parts.now(), dup, reasonCode: null, words: null })
    }
    this.#tell('sent')
  }
  released() {
    this.writtenAt = performance.now()
    this.timesReleased += 1
    this.#note({ packet: 'PUBREL', at: this.#parts.now(), dup: false, reasonCode: null, words: null })
  }
  received(answered: ServerAcknowledgement) {
    this.isReceived = true
    this.#receivedCode = answered.reasonCode
    this.#noteAnswer(answered)
    this.#tell('received', answered.reasonCode)
  }
  succeed(answered: ServerAcknowledgement | null) {
    if (answered) this.#noteAnswer(answered)
    const { sequence, protocolVersion } = this
    const reasonCode = tellingCode(answered?.reasonCode ?? 0, this.#receivedCode)
    // QoS 0 has no acknowledgement.
    this.#tell(this.qos === 0 ? 'sent' : 'acknowledged', reasonCode)
    const milliseconds = performance.now() - this.#startedAt
    this.#answer(ok({ sequence, reasonCode, protocolVersion, milliseconds }))
  }
  refuse(answered: ServerAcknowledgement) {
    this.#noteAnswer(answered)
    this.#tell('refused', answered.reasonCode)
    this.#answer(refusal(answered, this.sequence))
  }
  violate(answered: ServerAcknowledgement, violation: AppError) {
    this.#noteAnswer(answered)
    if (this.#record) this.#record.violation = violation
    this.#tell('violated', answered.reasonCode)
    this.#answer({ ok: false, error: { ...violation, values: { ...violation.values, sequence: this.sequence } } })
  }
  interrupt() {
    this.timesReleased = 0
    this.#tell('interrupted')
    this.#interrupted('yes')
  }
  hold() {
    this.#tell('held')
  }
  drop() {
    this.#tell('dropped')
    this.#interrupted('no')
  }
  closedAfter() {
    this.#tell('closedAfter')
  }
  lose() {
    this.#tell('lost')
    this.#interrupted('no')
  }

  #tell(state: DeliveryState, reasonCode = 0) {
    const { deliver, now } = this.#parts
    deliver({ sequence: this.sequence, state, reasonCode, at: now() })
  }
  #note(leg: DeliveryLeg) {
    if (this.#record) this.#parts.records?.note(this.sequence, this.#record, leg)
  }
  #noteAnswer({ packet, reasonCode, words }: ServerAcknowledgement) {
    const code = this.protocolVersion === '5' ? reasonCode : null
    this.#note({ packet, at: this.#parts.now(), dup: false, reasonCode: code, words })
  }
  #answer(result: Result<PublishReceipt>) {
    if (!this.#isAnswered) this.#parts.answer(result)
    this.#isAnswered = true
  }
  #interrupted(again: 'yes' | 'no') {
    const values = { sequence: this.sequence, again }
    this.#answer(fail('publishInterrupted', 'The connection ended before the message was acknowledged.', { values }))
  }
}

/** The reason code of the whole delivery: that of PUBCOMP, or of PUBREC where PUBCOMP has none (§3.5.2.1). */
const tellingCode = (last: number, received: number): number => (last === 0 ? received : last)

const refusal = ({ reasonCode, words }: ServerAcknowledgement, sequence: number) => {
  const said = words?.reasonString ? ` "${words.reasonString}"` : ''
  const reason = `${reasonText('puback', reasonCode)}${said}`
  const details = { reasonCode, values: { reason, sequence } }
  return fail('publishRefused', `The server refused the message: ${reason}`, details)
}
