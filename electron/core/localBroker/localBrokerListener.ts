import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'

const firstPort = 18_830
/** Other machines cannot reach it: it has no encryption. */
const loopback = '127.0.0.1'

export interface Listener {
  readonly server: Server
  /** Begins to listen, at `preferredPort` where that is free, and answers the port. */
  open(preferredPort: number): Promise<number>
  /** Ends every connection. */
  close(): Promise<void>
}

/** Takes at most `maximumSockets` connections at a time; one more is closed at once. */
export const createListener = (maximumSockets: number, onSocket: (socket: Socket) => void): Listener => {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
    socket.setNoDelay(true)
    onSocket(socket)
  })
  server.maxConnections = maximumSockets
  return {
    server,
    open: (preferredPort) => listenSomewhere(server, candidatePorts(preferredPort)),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: loopback, port, exclusive: true }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })

/** The first of the ports that is free; 0 lets the system choose. */
const listenSomewhere = async (server: Server, ports: readonly number[]): Promise<number> => {
  const [port = 0, ...others] = ports
  try {
    return await listen(server, port)
  } catch (error) {
    if (port === 0) throw error
    return listenSomewhere(server, others)
  }
}

const candidatePorts = (preferred: number) => [
  ...new Set([preferred, ...Array.from({ length: 10 }, (_, index) => firstPort + index), 0]),
]
