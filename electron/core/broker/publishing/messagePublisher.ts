import { flags } from '#shared/model/frame'
import type { MadeMessage, PublishReceipt } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import type { AppError, Result } from '#shared/result'
import type { ConnectionInbox } from '../inbox/connectionInbox'
import { sentMarks } from '../message/wireMessage'
import { withQos, type PublishPacket } from '../packets/publishPacket'
import type { MessageClock } from '../transport/transport'
import type { DeliveryRecords } from './deliveryRecords'
import { createOutgoingMessage, type OutgoingMessage } from './outgoingMessage'
import type { OutgoingMessages } from './outgoingMessages'
import { packetFor, type PublishServer } from './publishCheck'

export interface MessagePublisherParts {
  readonly inbox: Pick<ConnectionInbox, 'add' | 'topics' | 'deliver'>
  readonly outgoing: OutgoingMessages
  readonly records: DeliveryRecords
  readonly clock: MessageClock
  /** The one that is connected. */
  readonly server: PublishServer
}

type Answer = (result: Result<PublishReceipt>) => void

/** Shows messages of ours among the others and sends them; there is a connection for as long as it is used. */
export interface MessagePublisher {
  /**
   * `answer` is called once, when it has been written (QoS 0) or the server has completed it, or with why not. What is given
   * has passed `publishRequestSchema`; of one that fails a check of the server's limits nothing is shown or sent, and what is wrong
   * is answered at once.
   */
  send(message: MadeMessage, answer: Answer): AppError | null
  /** Sends a message of ours once more, as another one with another QoS. */
  sendWithQos(message: OutgoingMessage, qos: Qos): void
}

/** What of a message stands beside its packet. */
type DepartingMessage = Pick<MadeMessage, 'topic' | 'qos' | 'retain'>

export const createMessagePublisher = (parts: MessagePublisherParts): MessagePublisher => {
  const { inbox, outgoing, records, clock, server } = parts
  const { protocolVersion } = server

  const show = ({ topic, qos, retain }: DepartingMessage, packet: PublishPacket): number => {
    const time = clock.wall()
    const message = {
      time,
      clockShift: clock.shiftOf(time),
      topic: inbox.topics.ofText(topic),
      packetId: 0,
      flags: qos | (retain ? flags.retain : 0) | flags.outgoing,
      source: packet.bytes,
      start: packet.start,
      payloadStart: packet.payloadStart,
      end: packet.bytes.length,
    }
    return inbox.add(message, sentMarks)
  }

  const { deliver } = inbox
  const now = clock.wall
  const sendShown = (departing: DepartingMessage, packet: PublishPacket, answer: Answer): void => {
    const sequence = show(departing, packet)
    const { topic, qos } = departing
    outgoing.send(
      createOutgoingMessage({ packet, topic, sequence, qos, protocolVersion, records, now, deliver, answer }),
    )
  }

  return {
    send: (message, answer) => {
      const { packet, problem } = packetFor(message, server)
      if (problem) return problem
      sendShown(message, packet, answer)
      return null
    },
    sendWithQos: ({ packet, topic }, qos) => {
      const retain = ((packet.bytes[0] ?? 0) & 1) === 1
      sendShown({ topic, qos, retain }, withQos(packet, qos), () => undefined)
    },
  }
}
