import type { ProtocolVersion } from '#shared/model/qos'
import { decodePacket } from '#shared/mqtt/packet/decodePacket'
import type { DecodedPacket } from '#shared/mqtt/packet/packetField'

/** As many are shown. */
const mostPackets = 50

/** The packets that stand in bytes of a client one behind the other; `rest` = bytes of one that does not end in them. */
export const packetsIn = (bytes: Uint8Array, version: ProtocolVersion) => {
  const packets: { readonly at: number; readonly packet: DecodedPacket }[] = []
  let at = 0
  while (at < bytes.length && packets.length < mostPackets) {
    const whole = decodePacket(bytes.subarray(at), version, { from: 'client' })
    const end = at + whole.size
    if (end > bytes.length) {
      packets.push({ at, packet: whole })
      return { packets, rest: bytes.length - at }
    }
    packets.push({ at, packet: decodePacket(bytes.subarray(at, end), version, { from: 'client' }) })
    at = end
  }
  return { packets, rest: 0 }
}
