import { flags } from '#shared/model/frame'
import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import type { ProtocolVersion, Qos } from '#shared/model/qos'
import type { ServerLimits } from '#shared/model/session'
import type { Result } from '#shared/result'
import type { ConnectionInbox } from '../inbox/connectionInbox'
import { sentMarks } from '../message/wireMessage'
import { encodePublish, withQos, type PublishPacket } from '../packets/publishPacket'
import type { MessageClock } from '../transport/transport'
import type { DeliveryRecords } from './deliveryRecords'
import { createOutgoingMessage, type OutgoingMessage } from './outgoingMessage'
import type { OutgoingMessages } from './outgoingMessages'
import { limitProblem, versionProblem } from './publishCheck'

/** The facts of a server that limit what can be published. */
interface PublishServer {
  readonly protocolVersion: ProtocolVersion
  readonly limits: ServerLimits
}

export interface MessagePublisherParts {
  readonly inbox: Pick<ConnectionInbox, 'add' | 'topics' | 'deliver'>
  readonly outgoing: OutgoingMessages
  readonly records: DeliveryRecords
  readonly clock: MessageClock
  /** The one that is connected. */
  readonly server: PublishServer
}

/** Shows messages of ours among the others and sends them; there is a connection for as long as it is used. */
export interface MessagePublisher {
  /**
   * Resolves when it has been written (QoS 0) or the server has completed it, or with why not. The request has passed
   * `publishRequestSchema`; one that fails a check of the server's limits is not shown.
   */
  publish(request: PublishRequest): Promise<Result<PublishReceipt>>
  /** Sends a message of ours once more, as another one with another QoS. */
  sendWithQos(message: OutgoingMessage, qos: Qos): void
}

/** A message as it goes out. */
interface Departure extends Pick<PublishRequest, 'topic' | 'qos' | 'retain'> {
  readonly packet: PublishPacket
}

export const createMessagePublisher = (parts: MessagePublisherParts): MessagePublisher => {
  const { inbox, outgoing, records, clock, server } = parts
  const { protocolVersion, limits } = server

  const show = ({ topic, qos, retain, packet }: Departure): number => {
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

  const send = (departure: Departure): Promise<Result<PublishReceipt>> => {
    const sequence = show(departure)
    const { packet, topic, qos } = departure
    const { deliver } = inbox
    const now = clock.wall
    return new Promise((answer) => {
      outgoing.send(
        createOutgoingMessage({ packet, topic, sequence, qos, protocolVersion, records, now, deliver, answer }),
      )
    })
  }

  return {
    publish: async (request) => {
      const impossible = versionProblem(request, protocolVersion)
      if (impossible) return { ok: false, error: impossible }
      const packet = encodePublish(request, protocolVersion === '5')
      const tooMuch = limitProblem(request, packet.bytes.length, limits)
      if (tooMuch) return { ok: false, error: tooMuch }
      const { topic, qos, retain } = request
      return send({ topic, qos, retain, packet })
    },
    sendWithQos: ({ packet, topic }, qos) => {
      const retain = ((packet.bytes[0] ?? 0) & 1) === 1
      void send({ topic, qos, retain, packet: withQos(packet, qos) })
    },
  }
}
