import type { HandshakePacket } from '#shared/model/fault'
import { packetIdIn } from '../packets/packetIdentifier'

/** Control Packet types, MQTT 5 §2.1.2. */
export const packetType = { publish: 3, pubrel: 6, pingreq: 12 } as const

const names: Readonly<Record<number, HandshakePacket>> = { 4: 'PUBACK', 5: 'PUBREC', 6: 'PUBREL', 7: 'PUBCOMP' }

export const typeOf = (packet: Buffer): number => (packet[0] ?? 0) >> 4

/** The name of a packet of a QoS handshake; null = it is another one. */
export const handshakeNameOf = (packet: Buffer): HandshakePacket | null => names[typeOf(packet)] ?? null

/** QoS of a PUBLISH. */
export const qosOf = (packet: Buffer): number => ((packet[0] ?? 0) >> 1) & 3

/** A PUBACK, PUBREC, PUBREL or PUBCOMP of MQTT 5 with another Reason Code and no properties (§3.4.2.1). */
export const withReasonCode = (packet: Buffer, code: number): Buffer => {
  const id = packetIdIn(packet)
  return Buffer.from([packet[0] ?? 0, 3, id >> 8, id & 0xff, code])
}

const dup = 0x08

/** A PUBLISH with the DUP flag (MQTT 5 §3.3.1.1), or without. */
export const withDup = (publish: Buffer, isDup: boolean): Buffer => {
  const copy = Buffer.from(publish)
  copy[0] = isDup ? (copy[0] ?? 0) | dup : (copy[0] ?? 0) & ~dup
  return copy
}

/** PUBREL for a Packet Identifier (MQTT 5 §3.6). */
export const pubrelFor = (packetId: number): Buffer => Buffer.from([0x62, 2, packetId >> 8, packetId & 0xff])
