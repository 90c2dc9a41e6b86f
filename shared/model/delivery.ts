import type { AppError } from '#shared/result'
import type { BrokerWords } from './brokerWords'
import type { ProtocolVersion, Qos } from './qos'

/** One packet of a message's handshake (MQTT 5 §4.3), sent or received. */
export interface DeliveryLeg {
  readonly packet: 'PUBLISH' | 'PUBACK' | 'PUBREC' | 'PUBREL' | 'PUBCOMP'
  /** Milliseconds since 1970. */
  readonly at: number
  /** Of PUBLISH: sent again and marked as such. */
  readonly dup: boolean
  /** Null = there is none: it is a packet of ours, or one from before MQTT 5. */
  readonly reasonCode: number | null
  /** Null = the server said nothing more. */
  readonly words: BrokerWords | null
}

/** What happened to a message of ours with QoS 1 or 2, packet by packet. */
export interface DeliveryRecord {
  readonly qos: Qos
  readonly protocolVersion: ProtocolVersion
  /** 0 = it was not sent yet. */
  readonly packetId: number
  /** How often PUBLISH was sent. */
  readonly timesSent: number
  /** Oldest first; of very many the oldest but the first are left out. */
  readonly legs: readonly DeliveryLeg[]
  readonly legsLeftOut: number
  /** What the server did against the protocol, or null. */
  readonly violation: AppError | null
}

/** A message that is not sent because the server ends the connection whenever it comes. */
export interface HeldMessage {
  readonly sequence: number
  /** Cut where it is very long. */
  readonly topic: string
  readonly qos: Qos
  /** Bytes of its packet. */
  readonly size: number
  /** What the server answered by closing. */
  readonly packet: 'PUBLISH' | 'PUBREL'
}
