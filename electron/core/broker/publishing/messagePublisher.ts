import { flags } from '#shared/model/frame'
import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import type { ProtocolVersion, Qos } from '#shared/model/qos'
import { fail, type Result } from '#shared/result'
import type { ConnectionInbox } from '../inbox/connectionInbox'
import type { SteadyClock } from '../../steadyClock'
import type { Online } from '../session/onlineState'
import type { DeliveryRecords } from './deliveryRecords'
import { createOutgoingMessage, type OutgoingMessage } from './outgoingMessage'
import type { OutgoingMessages } from './outgoingMessages'
import { limitProblem, requestProblem } from './publishCheck'
import { encodePublish, withQos, type PublishPacket } from '../packets/publishPacket'

export interface MessagePublisherParts {
  readonly inbox: ConnectionInbox
  readonly outgoing: OutgoingMessages
  readonly records: DeliveryRecords
  readonly now: () => number
  readonly clock: SteadyClock
  /** The connection's facts, or null. */
  readonly online: () => Online | null
}

/** A message as it goes out. */
interface Departure extends Pick<PublishRequest, 'topic' | 'qos' | 'retain'> {
  readonly packet: PublishPacket
  readonly protocolVersion: ProtocolVersion
}

/**
 * Checks requests, shows them among the messages and sends them. Nothing that fails a check is shown.
 */
export const createMessagePublisher = ({ inbox, outgoing, records, now, clock, online }: MessagePublisherParts) => {
  const show = ({ topic, qos, retain, packet }: Departure): number => {
    const time = now()
    return inbox.add({
      time,
      clockShift: clock.shiftOf(time),
      topic: inbox.topics.ofText(topic),
      packetId: 0,
      flags: qos | (retain ? flags.retain : 0) | flags.outgoing,
      source: packet.bytes,
      start: packet.start,
      payloadStart: packet.payloadStart,
      end: packet.bytes.length,
    })
  }

  const send = (departure: Departure): Promise<Result<PublishReceipt>> => {
    const sequence = show(departure)
    const { packet, topic, qos, protocolVersion } = departure
    return new Promise((answer) => {
      const parts = { packet, topic, sequence, qos, protocolVersion, records, now, deliver: inbox.deliver, answer }
      outgoing.send(createOutgoingMessage(parts))
    })
  }

  return {
    /** Resolves when it has been written (QoS 0) or the server has completed it, or with why not. */
    publish: async (request: PublishRequest): Promise<Result<PublishReceipt>> => {
      const state = online()
      if (!state) return fail('notConnected', 'Connect before publishing.')
      const { protocolVersion } = state
      const invalid = requestProblem(request, protocolVersion)
      if (invalid) return { ok: false, error: invalid }
      const packet = encodePublish(request, protocolVersion === '5')
      const tooMuch = limitProblem(request, packet.bytes.length, state.limits)
      if (tooMuch) return { ok: false, error: tooMuch }
      const { topic, qos, retain } = request
      return send({ topic, qos, retain, packet, protocolVersion })
    },
    /** Sends a message of ours once more, as another one with another QoS; there must be a connection. */
    sendWithQos: ({ packet, topic, protocolVersion }: OutgoingMessage, qos: Qos): void => {
      const retain = ((packet.bytes[0] ?? 0) & 1) === 1
      void send({ topic, qos, retain, packet: withQos(packet, qos), protocolVersion })
    },
  }
}
export type MessagePublisher = ReturnType<typeof createMessagePublisher>
