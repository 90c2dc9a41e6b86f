import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import {
  createPacketSplitter,
  ackPacket,
  publishOf,
  packetIdOf,
  packetTypes,
  type ProxiedPublish,
} from './proxiedPackets'

/**
 * What becomes of a PUBLISH on its way. `drop`: it is acknowledged and goes no further. `double`: it goes on, and once more with a
 * packet identifier of its own. `redeliver`: it goes on, and once more as it was, marked DUP. `{ until }`: it goes on when that
 * resolves. `{ after }`: it goes on behind so many that come after it.
 */
export type Fate =
  | 'pass'
  | 'drop'
  | 'double'
  | 'redeliver'
  | { readonly until: Promise<unknown> }
  | { readonly after: number }

export type FateOf = (publish: ProxiedPublish) => Fate

export interface PacketProxyOptions {
  readonly brokerPort: number
  /** Of what clients publish. */
  readonly toBroker?: FateOf
  /** Of what the broker delivers. */
  readonly toClients?: FateOf
}

const pass: FateOf = () => 'pass'

/** Stands between clients and a broker, and does on purpose what networks and brokers do by mistake. */
export const startPacketProxy = async ({ brokerPort, toBroker = pass, toClients = pass }: PacketProxyOptions) => {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const broker = connect(brokerPort, '127.0.0.1')
    const up = createLeg({ fateOf: toBroker, back: client, onward: broker })
    const down = createLeg({ fateOf: toClients, back: broker, onward: client })
    relay({ from: client, to: broker, own: up, other: down })
    relay({ from: broker, to: client, own: down, other: up })
    for (const socket of [client, broker]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => (socket === client ? broker : client).destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  /** Ends the connections; new ones may be made. */
  const cut = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    stop: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
export type PacketProxy = Awaited<ReturnType<typeof startPacketProxy>>

interface Relay {
  readonly from: Socket
  readonly to: Socket
  /** The messages that go this way, and those that go the other: their acknowledgements go this way. */
  readonly own: Leg
  readonly other: Leg
}

const relay = ({ from, to, own, other }: Relay) => {
  const split = createPacketSplitter()
  from.on('data', (chunk: Buffer) => {
    for (const packet of split(chunk)) {
      if (own.takesPublish(packet) || own.takesRelease(packet) || other.takesAnswer(packet)) continue
      to.write(packet)
    }
  })
}

interface LegParts {
  readonly fateOf: FateOf
  /** Where the messages come from, and where they go to. */
  readonly back: Socket
  readonly onward: Socket
}

/** Each answers whether the packet is its own, and has been dealt with. */
interface Leg {
  takesPublish(packet: Buffer): boolean
  /** PUBREL of a message that was dropped or doubled. */
  takesRelease(packet: Buffer): boolean
  /** An acknowledgement of what the proxy itself has sent. */
  takesAnswer(packet: Buffer): boolean
}

/** Messages in one direction: towards their sender it plays the receiver of what it drops, towards their receiver the sender of what it adds. */
const createLeg = ({ fateOf, back, onward }: LegParts): Leg => {
  const dropped = new Set<number>()
  /** Acknowledgements of second deliveries, which their sender does not expect: PUBACK and PUBREC. */
  const unexpected = new Set<number>()
  let held: { readonly bytes: Buffer; left: number }[] = []
  /** Second deliveries of messages with QoS 2, which go on when the first is released: sooner, they would overtake it. */
  const doubles = new Map<number, Buffer>()
  /** Beyond those that a test comes to. */
  const firstOwnId = 60_000
  let nextId = firstOwnId

  const sendOn = (bytes: Buffer) => {
    onward.write(bytes)
    for (const one of held) one.left -= 1
    const due = held.filter(({ left }) => left === 0)
    held = held.filter(({ left }) => left > 0)
    for (const one of due) onward.write(one.bytes)
  }
  const drop = ({ qos, packetId }: ProxiedPublish) => {
    if (qos === 1) back.write(ackPacket('puback', packetId))
    if (qos !== 2) return
    dropped.add(packetId)
    back.write(ackPacket('pubrec', packetId))
  }
  const carryOut = (publish: ProxiedPublish, fate: Fate) => {
    const { bytes, qos, packetId } = publish
    if (fate === 'drop') drop(publish)
    else if (fate === 'double') {
      sendOn(bytes)
      const double = publish.withPacketId(nextId++)
      if (qos === 2) doubles.set(packetId, double)
      else onward.write(double)
    } else if (fate === 'redeliver') {
      sendOn(bytes)
      if (qos > 0) unexpected.add(packetId)
      onward.write(publish.withDup())
    } else if (fate === 'pass') sendOn(bytes)
    else if ('after' in fate) held.push({ bytes, left: fate.after })
    else void fate.until.then(() => onward.write(bytes))
  }
  return {
    takesPublish: (packet) => {
      const publish = publishOf(packet)
      if (publish) carryOut(publish, fateOf(publish))
      return publish !== null
    },
    takesRelease: (packet) => {
      if (packet[0] !== packetTypes.pubrel) return false
      const id = packetIdOf(packet)
      const double = doubles.get(id)
      if (double) {
        doubles.delete(id)
        onward.write(Buffer.concat([packet, double]))
        return true
      }
      if (!dropped.delete(id)) return false
      back.write(ackPacket('pubcomp', id))
      return true
    },
    takesAnswer: (packet) => {
      const type = packet[0]
      if (type !== packetTypes.puback && type !== packetTypes.pubrec && type !== packetTypes.pubcomp) return false
      const id = packetIdOf(packet)
      if (id >= firstOwnId) {
        if (type === packetTypes.pubrec) onward.write(ackPacket('pubrel', id))
        return true
      }
      return type !== packetTypes.pubcomp && unexpected.delete(id)
    },
  }
}
