import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import mqttPacket, { type Packet } from 'mqtt-packet'

export interface FakeConnection {
  readonly socket: Socket
  /** Everything but CONNECT that arrived. */
  readonly received: Packet[]
  /** The CONNECT's number, from 1. */
  readonly number: number
  readonly send: (packet: Packet) => void
  readonly sendBytes: (...bytes: number[]) => void
}
export type OnPacket = (packet: Packet, connection: FakeConnection) => void

/** A server that says exactly what it is told to: packets it likes, or bytes no server should send. */
export const startFakeServer = async (onPacket: OnPacket, protocolVersion: 4 | 5 = 5) => {
  const connections: FakeConnection[] = []
  const server = createServer((socket) => {
    const parser = mqttPacket.parser({ protocolVersion })
    const connection: FakeConnection = {
      socket,
      received: [],
      number: connections.length + 1,
      send: (packet) => socket.write(mqttPacket.generate(packet, { protocolVersion })),
      sendBytes: (...bytes) => socket.write(Buffer.from(bytes)),
    }
    connections.push(connection)
    socket.on('error', () => undefined)
    parser.on('packet', (packet: Packet) => {
      if (packet.cmd !== 'connect') connection.received.push(packet)
      onPacket(packet, connection)
    })
    socket.on('data', (chunk) => parser.parse(chunk))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    stop: async () => {
      for (const { socket } of connections) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Accepts, grants every filter, acknowledges every message; `more` adds to that. */
export const politely =
  (more: OnPacket = () => undefined, connack: Partial<Extract<Packet, { cmd: 'connack' }>> = {}): OnPacket =>
  (packet, connection) => {
    const { messageId = 0 } = packet
    const reply = { messageId, reasonCode: 0 }
    if (packet.cmd === 'connect')
      connection.send({ cmd: 'connack', reasonCode: 0, returnCode: 0, sessionPresent: false, ...connack })
    if (packet.cmd === 'subscribe')
      connection.send({ cmd: 'suback', messageId, granted: packet.subscriptions.map(({ qos }) => qos) })
    if (packet.cmd === 'unsubscribe') connection.send({ cmd: 'unsuback', messageId, granted: [0] })
    if (packet.cmd === 'publish' && packet.qos === 1) connection.send({ cmd: 'puback', ...reply })
    if (packet.cmd === 'publish' && packet.qos === 2) connection.send({ cmd: 'pubrec', ...reply })
    if (packet.cmd === 'pubrel') connection.send({ cmd: 'pubcomp', ...reply })
    if (packet.cmd === 'pingreq') connection.send({ cmd: 'pingresp' })
    more(packet, connection)
  }
