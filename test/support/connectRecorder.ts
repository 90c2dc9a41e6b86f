import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** What CONNECT says of credentials (MQTT 5 §3.1.2.3 and §3.1.3); null = its flag is not set. */
export interface SeenConnect {
  readonly level: number
  readonly flags: number
  readonly username: string | null
  readonly password: string | null
}

/** Reads the CONNECT byte by byte, so that nothing that wrote it judges it. */
const readConnect = (bytes: Buffer): SeenConnect | null => {
  let at = 1
  let length = 0
  for (let shift = 0; ; shift += 7) {
    const digit = bytes[at]
    if (digit === undefined) return null
    length += (digit & 0x7f) * 2 ** shift
    at += 1
    if (digit < 0x80) break
  }
  if (bytes.length < at + length) return null
  const text = () => {
    const size = bytes.readUInt16BE(at)
    at += 2 + size
    return bytes.toString('utf8', at - size, at)
  }
  text()
  const [level = 0, flags = 0] = [bytes[at], bytes[at + 1]]
  at += 4
  if (level === 5) at += 1 + (bytes[at] ?? 0)
  text()
  return { level, flags, username: flags & 0x80 ? text() : null, password: flags & 0x40 ? text() : null }
}

/** CONNACK with this code, as the version of the CONNECT has it. */
const connack = (level: number, code: number) => Buffer.from(level === 5 ? [0x20, 3, 0, code, 0] : [0x20, 2, 0, code])

/** A server that notes each CONNECT and answers it with the code that `answer` gives. */
export const startConnectRecorder = async (answer: (connect: SeenConnect) => number) => {
  const connects: SeenConnect[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let bytes = Buffer.alloc(0)
    let isOpen = false
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      if (isOpen) return
      bytes = Buffer.concat([bytes, chunk])
      const connect = readConnect(bytes)
      if (!connect) return
      isOpen = true
      connects.push(connect)
      const code = answer(connect)
      socket.write(connack(connect.level, code))
      if (code !== 0) socket.end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    connects,
    last: () => connects.at(-1),
    /** Ends what is connected, as a network that breaks. */
    cut: () => {
      for (const socket of sockets) socket.destroy()
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
export type ConnectRecorder = Awaited<ReturnType<typeof startConnectRecorder>>
