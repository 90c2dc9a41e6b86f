import type { RecordedPacket } from '#shared/model/packets'
import { decodePacket } from '#shared/mqtt/packet/decodePacket'
import type { DecodedPacket } from '#shared/mqtt/packet/packetField'

const decoded = new WeakMap<RecordedPacket, DecodedPacket>()

/** The fields of a packet, read once for each time it is here. */
export const decodedOf = (packet: RecordedPacket): DecodedPacket => {
  const known = decoded.get(packet)
  if (known) return known
  const { bytes, version, size, direction } = packet
  const made = decodePacket(bytes, version, { size, from: direction === 'out' ? 'client' : 'server' })
  decoded.set(packet, made)
  return made
}

/** Its Packet Identifier; null = it has none. */
export const packetIdOf = (packet: RecordedPacket): number | null => {
  const value = decodedOf(packet).fields.find(({ field }) => field === 'mqtt.msgid')?.value
  return typeof value === 'number' ? value : null
}

/** Whether something is against it: in its bytes, in the order of packets, or found by the session. */
export const isWrong = (packet: RecordedPacket): boolean =>
  packet.violation !== null ||
  (packet.mark !== null && packet.mark !== 'again') ||
  decodedOf(packet).problems.length > 0

/** Milliseconds, with as many digits as tell something. */
export const exactMs = (ms: number): string => {
  if (ms < 10) return `${ms.toFixed(3)} ms`
  if (ms < 1_000) return `${ms.toFixed(1)} ms`
  return `${(ms / 1_000).toFixed(3)} s`
}
