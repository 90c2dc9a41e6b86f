import type { Handlers } from '#shared/contract'
import type { PacketSource } from '#shared/model/packets'
import { ok } from '#shared/result'
import type { PacketLog } from './packetLog'

type PacketCommands = Extract<keyof Handlers, `packets.${string}`>

/** What the window asks of the packets of a connection. */
export const createPacketHandlers = (
  packetsOf: (id: string, of?: PacketSource) => PacketLog,
): Pick<Handlers, PacketCommands> => ({
  'packets.status': ({ connectionId, of }) => ok(packetsOf(connectionId, of).status()),
  'packets.switch': ({ connectionId, of, isOn }) => {
    packetsOf(connectionId, of).switchTo(isOn)
    return ok(null)
  },
  'packets.clear': ({ connectionId, of }) => {
    packetsOf(connectionId, of).clear()
    return ok(null)
  },
  'packets.read': ({ connectionId, of, numbers, mostBytes }) =>
    ok(packetsOf(connectionId, of).read(numbers, mostBytes)),
  'packets.find': ({ connectionId, of, terms, from }) => ok(packetsOf(connectionId, of).find(terms, from)),
  'packets.handshake': ({ connectionId, of, number }) => ok(packetsOf(connectionId, of).handshake(number)),
  'packets.ofMessage': ({ connectionId, ...message }) => ok(packetsOf(connectionId).ofMessage(message)),
  'packets.pings': ({ connectionId, of }) => ok(packetsOf(connectionId, of).pings()),
})
