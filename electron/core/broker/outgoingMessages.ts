import type { DeliveryState, DeliveryUpdate } from '#shared/model/frame'
import type { PublishReceipt } from '#shared/model/publish'
import { reasonName } from '#shared/mqtt/reasonCode'
import { fail, ok, type Result } from '#shared/result'
import type { Acknowledgement } from './controlPacket'
import type { PacketIds } from './packetIds'
import type { PublishPacket } from './publishPacket'
import type { Transport } from './transport'

interface Outgoing {
  readonly packet: PublishPacket
  readonly sequence: number
  readonly startedAt: number
  readonly isExactlyOnce: boolean
  packetId: number
  /** QoS 2: PUBREC came, so PUBREL is what is to be sent again (§4.3.3). */
  isReceived: boolean
  /** Whoever asked, until answered. */
  answer: ((result: Result<PublishReceipt>) => void) | null
}

export interface OutgoingParts {
  readonly packetIds: PacketIds
  readonly now: () => number
  readonly deliver: (update: DeliveryUpdate) => void
}

const pubrel = (id: number) => Buffer.from([0x62, 2, id >> 8, id & 0xff])
const ignoreWritten = () => undefined
const interrupted = fail('publishInterrupted', 'The connection ended before the message was acknowledged.')

/**
 * Our half of the QoS 1 and 2 handshakes (MQTT 5 §4.3), the server's Receive Maximum (§4.9) and what becomes of a
 * message when the connection ends. Whoever waits is told `publishInterrupted` then; where the session lives on, the
 * message is sent again under its old identifier (§4.4) and its delivery tells what came of it in the end.
 */
export const createOutgoingMessages = ({ packetIds, now, deliver }: OutgoingParts) => {
  const inFlight = new Map<number, Outgoing>()
  const writing = new Set<Outgoing>()
  let queue: Outgoing[] = []
  let transport: Transport | null = null
  let receiveMaximum = 65_535

  const tell = ({ sequence }: Outgoing, state: DeliveryState, reasonCode = 0) =>
    deliver({ sequence, state, reasonCode, at: now() })

  const answer = (message: Outgoing, result: Result<PublishReceipt>) => {
    message.answer?.(result)
    message.answer = null
  }
  const succeed = (message: Outgoing, reasonCode: number) => {
    const milliseconds = performance.now() - message.startedAt
    answer(message, ok({ sequence: message.sequence, reasonCode, milliseconds }))
  }
  const lose = (message: Outgoing) => {
    tell(message, 'lost')
    answer(message, interrupted)
  }

  const writeOnce = (message: Outgoing) => {
    writing.add(message)
    transport?.write(message.packet.bytes, (error) => {
      if (!writing.delete(message)) return
      if (error) return lose(message)
      tell(message, 'sent')
      succeed(message, 0)
    })
  }

  const writeNumbered = (message: Outgoing) => {
    message.packet.bytes.writeUInt16BE(message.packetId, message.packet.packetIdAt ?? 0)
    inFlight.set(message.packetId, message)
    transport?.write(message.packet.bytes, ignoreWritten)
    tell(message, 'sent')
  }

  const sendQueued = () => {
    while (transport && inFlight.size < receiveMaximum) {
      const next = queue[0]
      const packetId = next ? packetIds.allocate() : null
      if (!next || packetId === null) return
      queue.shift()
      next.packetId = packetId
      writeNumbered(next)
    }
  }

  const finish = (message: Outgoing, reasonCode: number) => {
    inFlight.delete(message.packetId)
    packetIds.deallocate(message.packetId)
    const isRefused = reasonCode >= 0x80
    tell(message, isRefused ? 'refused' : 'acknowledged', reasonCode)
    if (isRefused) {
      const reason = reasonName('puback', reasonCode)
      answer(message, fail('publishRefused', `The server refused the message: ${reason}`, { reasonCode, values: { reason } }))
    } else succeed(message, reasonCode)
    sendQueued()
  }

  const onPubrec = (packetId: number, reasonCode: number) => {
    const message = inFlight.get(packetId)
    // §4.3.3: an unknown one is released all the same, so that the server can let go of it.
    if (!message) return transport?.write(pubrel(packetId), ignoreWritten)
    if (!message.isExactlyOnce) return
    if (reasonCode >= 0x80) return finish(message, reasonCode)
    message.isReceived = true
    transport?.write(pubrel(packetId), ignoreWritten)
  }

  const sendAgain = (message: Outgoing) => {
    if (message.isReceived) transport?.write(pubrel(message.packetId), ignoreWritten)
    else {
      // §3.3.1.1: DUP tells that it may have been sent before.
      message.packet.bytes[0] = (message.packet.bytes[0] ?? 0) | 8
      writeNumbered(message)
    }
  }

  const forgetInFlight = () => {
    for (const { packetId } of inFlight.values()) packetIds.deallocate(packetId)
    inFlight.clear()
  }

  return {
    send: (packet: PublishPacket, sequence: number, qos: 0 | 1 | 2): Promise<Result<PublishReceipt>> =>
      new Promise((resolve) => {
        const base = { packet, sequence, startedAt: performance.now(), isExactlyOnce: qos === 2 }
        const message: Outgoing = { ...base, packetId: 0, isReceived: false, answer: resolve }
        if (qos === 0) return writeOnce(message)
        queue.push(message)
        sendQueued()
        if (message.packetId === 0) tell(message, 'queued')
      }),
    onAcknowledgement: ({ type, packetId, reasonCode }: Acknowledgement) => {
      if (type === 'pubrec') return void onPubrec(packetId, reasonCode)
      const message = inFlight.get(packetId)
      // An acknowledgement of the other QoS answers nothing we sent.
      if (message && message.isExactlyOnce === (type === 'pubcomp')) finish(message, reasonCode)
    },
    /** A connection begins: what the session still owes is sent again, in its old order. */
    begin: (opened: Transport, limits: { readonly receiveMaximum: number; readonly sessionPresent: boolean }) => {
      transport = opened
      receiveMaximum = limits.receiveMaximum
      if (!limits.sessionPresent) forgetInFlight()
      for (const message of [...inFlight.values()]) sendAgain(message)
    },
    /** The connection ended; `keeps` = the session may be taken up again. */
    end: (keeps: boolean) => {
      transport = null
      for (const message of [...writing, ...inFlight.values(), ...queue]) if (message.answer) lose(message)
      writing.clear()
      queue = []
      if (!keeps) forgetInFlight()
      else for (const { packetId } of inFlight.values()) packetIds.keep(packetId)
    },
  }
}
export type OutgoingMessages = ReturnType<typeof createOutgoingMessages>
