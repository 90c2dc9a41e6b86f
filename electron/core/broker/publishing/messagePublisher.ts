import { flags } from '#shared/model/frame'
import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import { fail, type Result } from '#shared/result'
import type { ConnectionInbox } from '../inbox/connectionInbox'
import type { SteadyClock } from '../../steadyClock'
import type { Online } from '../onlineState'
import { createOutgoingMessage } from './outgoingMessage'
import type { OutgoingMessages } from './outgoingMessages'
import { limitProblem, requestProblem } from '../packets/publishCheck'
import { encodePublish, type PublishPacket } from '../packets/publishPacket'

export interface MessagePublisherParts {
  readonly inbox: ConnectionInbox
  readonly outgoing: OutgoingMessages
  readonly now: () => number
  readonly clock: SteadyClock
  /** The connection's facts, or null. */
  readonly online: () => Online | null
}

/**
 * Checks a request, shows it among the messages and sends it; resolves when it has been written (QoS 0) or the server
 * has completed it, or with why not. Nothing that fails a check is shown.
 */
export const createMessagePublisher = ({ inbox, outgoing, now, clock, online }: MessagePublisherParts) => {
  const show = ({ topic, qos, retain }: PublishRequest, { bytes, start, payloadStart }: PublishPacket): number => {
    const time = now()
    return inbox.add({
      time,
      clockShift: clock.shiftOf(time),
      topic: inbox.topics.ofText(topic),
      packetId: 0,
      flags: qos | (retain ? flags.retain : 0) | flags.outgoing,
      source: bytes,
      start,
      payloadStart,
      end: bytes.length,
    })
  }

  const send = (request: PublishRequest, packet: PublishPacket): Promise<Result<PublishReceipt>> => {
    const sequence = show(request, packet)
    const { qos } = request
    return new Promise((answer) => {
      outgoing.send(createOutgoingMessage({ packet, sequence, qos, now, deliver: inbox.deliver, answer }))
    })
  }

  return async (request: PublishRequest): Promise<Result<PublishReceipt>> => {
    const state = online()
    if (!state) return fail('notConnected', 'Connect before publishing.')
    const invalid = requestProblem(request, state.protocolVersion)
    if (invalid) return { ok: false, error: invalid }
    const packet = encodePublish(request, state.protocolVersion === '5')
    const tooMuch = limitProblem(request, packet.bytes.length, state.limits)
    return tooMuch ? { ok: false, error: tooMuch } : send(request, packet)
  }
}
