import { generate, parser, type Packet } from 'mqtt-packet'
import { connect, type Socket } from 'node:net'
import { waitFor } from './waitFor'

export interface RawMqttClient {
  readonly socket: Socket
  /** Everything that came so far. */
  readonly packets: readonly Packet[]
  /** What came of one kind. */
  readonly of: <Name extends Packet['cmd']>(name: Name) => readonly Extract<Packet, { cmd: Name }>[]
  readonly send: (packet: Packet) => void
  readonly isClosed: () => boolean
  /** Waits for the next packet of a kind beyond the first `count`. */
  readonly next: <Name extends Packet['cmd']>(name: Name, count?: number) => Promise<Extract<Packet, { cmd: Name }>>
}

/** A client that sends whatever it is told, and does nothing by itself. */
export const rawMqttClient = (port: number, protocolVersion: 3 | 4 | 5 = 5): RawMqttClient => {
  const socket = connect(port, '127.0.0.1')
  const packets: Packet[] = []
  let closed = false
  const reading = parser({ protocolVersion })
  reading.on('packet', (packet: Packet) => packets.push(packet))
  reading.on('error', () => undefined)
  socket.on('data', (bytes) => reading.parse(bytes))
  socket.on('error', () => undefined).once('close', () => (closed = true))
  const of = <Name extends Packet['cmd']>(name: Name) =>
    packets.filter((packet): packet is Extract<Packet, { cmd: Name }> => packet.cmd === name)
  return {
    socket,
    packets,
    of,
    send: (packet) => void socket.write(generate(packet, { protocolVersion })),
    isClosed: () => closed,
    next: (name, count = 0) => waitFor(`${name} number ${count + 1}`, () => of(name)[count]),
  }
}

export interface ConnectOptions {
  readonly clientId: string
  readonly clean?: boolean
  readonly sessionExpiryInterval?: number
}

/** Connects as `clientId`, and answers the client with its CONNACK. */
export const connectRaw = async (
  port: number,
  { clientId, clean = true, sessionExpiryInterval }: ConnectOptions,
  protocolVersion: 3 | 4 | 5 = 5,
) => {
  const client = rawMqttClient(port, protocolVersion)
  const properties = sessionExpiryInterval === undefined ? {} : { properties: { sessionExpiryInterval } }
  client.send({
    cmd: 'connect',
    clientId,
    clean,
    keepalive: 0,
    protocolVersion,
    protocolId: protocolVersion === 3 ? 'MQIsdp' : 'MQTT',
    ...properties,
  })
  return { client, connack: await client.next('connack') }
}
