import { z } from 'zod'
import {
  packetPage,
  packetSourceSchema,
  packetTermSchema,
  type FoundPackets,
  type PacketEntry,
  type PacketHandshake,
  type PacketsStatus,
  type PingTime,
} from '../model/packets'
import { answers, byConnection, byMessage } from './answers'

/** Of the connection's session, or of the latest diagnosis of its settings. */
const byPackets = byConnection.extend({ of: packetSourceSchema.optional() })

/** The packets of a connection. */
export const packetCommands = {
  'packets.status': answers<PacketsStatus>()(byPackets),
  /** Whether the packets of a connection are recorded from now on, those of its next network connections too. */
  'packets.switch': answers<null>()(byPackets.extend({ isOn: z.boolean() })),
  'packets.clear': answers<null>()(byPackets),
  /** Those that are still kept, with at most so many bytes of each. */
  'packets.read': answers<readonly PacketEntry[]>()(
    byPackets.extend({
      numbers: z.array(z.number().int().min(1)).max(packetPage),
      mostBytes: z.number().int().min(0).max(65_536),
    }),
  ),
  /** Entries from a number on that meet all terms, as far as main looks in a few milliseconds; `next` says where to go on. */
  'packets.find': answers<FoundPackets>()(
    byPackets.extend({ terms: z.array(packetTermSchema).max(100), from: z.number().int().min(1) }),
  ),
  /** The packets that belong together with this one; null = there are none, or it is not kept. */
  'packets.handshake': answers<PacketHandshake | null>()(byPackets.extend({ number: z.number().int().min(1) })),
  /** The PUBLISH of a message of the log; null = it is not kept. */
  'packets.ofMessage': answers<number | null>()(
    byMessage.extend({ isOutgoing: z.boolean(), topic: z.string().max(65_535), time: z.number() }),
  ),
  'packets.pings': answers<readonly PingTime[]>()(byPackets),
}
