import type { Handlers } from '#shared/contract'
import { ok } from '#shared/result'
import type { PacketLog } from './packetLog'

type PacketCommands = Extract<keyof Handlers, `packets.${string}`>

/** What the window asks of the packets of a connection. */
export const createPacketHandlers = (packetsOf: (id: string) => PacketLog): Pick<Handlers, PacketCommands> => ({
  'packets.status': ({ connectionId }) => ok(packetsOf(connectionId).status()),
  'packets.switch': ({ connectionId, isOn }) => {
    packetsOf(connectionId).switchTo(isOn)
    return ok(null)
  },
  'packets.clear': ({ connectionId }) => {
    packetsOf(connectionId).clear()
    return ok(null)
  },
  'packets.read': ({ connectionId, numbers, mostBytes }) => ok(packetsOf(connectionId).read(numbers, mostBytes)),
  'packets.find': ({ connectionId, terms, from }) => ok(packetsOf(connectionId).find(terms, from)),
  'packets.handshake': ({ connectionId, number }) => ok(packetsOf(connectionId).handshake(number)),
  'packets.ofMessage': ({ connectionId, ...message }) => ok(packetsOf(connectionId).ofMessage(message)),
  'packets.pings': ({ connectionId }) => ok(packetsOf(connectionId).pings()),
})
