import { bytesOfMessage, type LedgerAccount } from '../localBrokerLedger'
import type { LocalBrokerLimits } from '../localBrokerLimits'
import type { HeldPacket } from './localBrokerMessage'

interface Queued {
  packet: HeldPacket
  bytes: number
}

/** Messages that wait for one client, or for its acknowledgement, in their order and within their limits. */
export interface Queue {
  /** False = there is no room. */
  add(packet: HeldPacket): boolean
  /** Notes the packet identifier of a message, or that only its PUBREL is left. False = it is not there. */
  update(packet: HeldPacket): boolean
  /** The message with this identifier was taken. */
  settle(messageId: number | undefined): HeldPacket | undefined
  withdraw(request: HeldPacket): void
  /** What waits. What was sent before is sent with DUP (§3.3.1.1); of some only the PUBREL is left. */
  all(): HeldPacket[]
}

export const createQueue = (account: LedgerAccount, limits: LocalBrokerLimits): Queue => {
  const queue: Queued[] = []
  let queuedBytes = 0
  const setBytes = (queued: Queued, bytes: number) => {
    queuedBytes += bytes - queued.bytes
    if (bytes > queued.bytes) account.note(bytes - queued.bytes)
    else account.give(queued.bytes - bytes)
    queued.bytes = bytes
  }
  const remove = (isIt: (packet: HeldPacket) => boolean): HeldPacket | undefined => {
    const place = queue.findIndex(({ packet }) => isIt(packet))
    const [queued] = place < 0 ? [] : queue.splice(place, 1)
    if (queued) setBytes(queued, 0)
    return queued?.packet
  }
  return {
    add: (packet) => {
      const bytes = bytesOfMessage(packet)
      const isFull = queue.length >= limits.queuedMessages || queuedBytes + bytes > limits.queuedBytes
      if (isFull || !account.take(bytes)) return false
      queuedBytes += bytes
      queue.push({ packet, bytes })
      return true
    },
    update: (packet) => {
      for (const queued of queue) {
        const { brokerId, brokerCounter, messageId } = queued.packet
        if (brokerId === packet.brokerId && brokerCounter === packet.brokerCounter) {
          if (packet.messageId !== undefined) queued.packet.messageId = packet.messageId
          return true
        }
        if (brokerId === packet.brokerId || messageId !== packet.messageId) continue
        queued.packet = packet
        setBytes(queued, bytesOfMessage({}))
        return true
      }
      return false
    },
    settle: (messageId) => remove((packet) => packet.messageId === messageId),
    withdraw: ({ brokerId, brokerCounter }) =>
      void remove((packet) => packet.brokerId === brokerId && packet.brokerCounter === brokerCounter),
    all: () =>
      queue.map(({ packet }) => {
        const isMessage = (packet.cmd as string) === 'publish'
        return { ...packet, dup: isMessage && packet.messageId !== undefined }
      }),
  }
}
