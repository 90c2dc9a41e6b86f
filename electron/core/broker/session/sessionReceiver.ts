import type { Delivery } from '../delivery/delivery'
import type { ConnectionInbox } from '../inbox/connectionInbox'
import type { LatestPayloads } from '../inbox/latestPayloads'
import type { ConnectionFaults } from '../faults/connectionFaults'
import type { PacketRecorder } from '../packetLog/packetRecorder'
import type { Connack } from '../packets/controlPacket'
import type { OutgoingMessages } from '../publishing/outgoingMessages'
import type { SubscriptionList } from '../subscriptions/subscriptionList'
import type { Receiver } from '../transport/transport'
import type { CloseReason } from './closeReason'
import type { HeardMessages } from './heardMessages'

export interface SessionReceiverParts {
  readonly inbox: ConnectionInbox
  readonly latest: LatestPayloads
  readonly heard: HeardMessages
  readonly delivery: Delivery
  readonly outgoing: OutgoingMessages
  readonly subscriptions: SubscriptionList
  readonly closeReason: CloseReason
  readonly recorder: PacketRecorder
  readonly faults: Pick<ConnectionFaults, 'takesAnswer'>
  /** Whether the server resumed a session. */
  readonly isSessionPresent: (connack: Connack) => boolean
}

/** What a session does with what its connection brings. */
export const createSessionReceiver = (parts: SessionReceiverParts): Receiver => {
  const { inbox, latest, heard, delivery, outgoing, subscriptions, closeReason, recorder, isSessionPresent } = parts
  const { faults } = parts
  return {
    topics: inbox.topics,
    receive: (message) => {
      latest.note(message)
      const marks = delivery.judge(message)
      const sequence = inbox.add(message, marks)
      recorder.told(sequence)
      heard.note(message, marks, sequence)
    },
    skip: (skipped, time) => {
      const { topic, bytes, cause } = skipped
      if (delivery.redeliveries.isRedelivery(skipped)) inbox.countRedelivery()
      else inbox.skip({ time, topic, bytes, cause })
    },
    control: (packet) => {
      switch (packet.type) {
        case 'connack':
          if (!isSessionPresent(packet)) delivery.redeliveries.forget()
          return
        case 'puback':
        case 'pubrec':
        case 'pubcomp':
          if (!outgoing.awaits(packet.packetId) && faults.takesAnswer(packet)) return
          outgoing.onAcknowledgement(packet)
          return
        case 'pubrel':
          delivery.redeliveries.release(packet.packetId)
          return
        case 'suback':
        case 'unsuback':
          subscriptions.noteAnswer(packet.type)
          return
        case 'pingresp':
        case 'disconnect':
        case 'auth':
          return
      }
    },
    // Bytes from the server show that it has taken what was sent before.
    countBytes: (bytesIn, bytesOut) => {
      if (bytesIn > 0) closeReason.noteRead()
      inbox.countBytes(bytesIn, bytesOut)
    },
  }
}
