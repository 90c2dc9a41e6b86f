import { createSocket, type Socket } from 'node:dgram'
import { createServer } from 'node:net'

// Below the range the system takes client ports from (32768 up), so that nothing dials out from a port of ours while
// its broker restarts.
const lowest = 20_000
const highest = 32_000
// More than one test needs at a time. A file that is open counts against a limit of the process.
const mostReserved = 64
const reserved: Socket[] = []

/**
 * A port for a program that a test starts. Until the program listens nothing on the machine shows that the port is taken, so its
 * namesake of UDP is held meanwhile, which no program of the tests uses: whoever asks at the same time, here or in another
 * process, gets another one.
 */
export const findFreePort = async (): Promise<number> => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest))
    const reservation = await reserve(port)
    if (!reservation) continue
    if (await isFree(port)) {
      reserved.push(reservation)
      if (reserved.length > mostReserved) reserved.shift()?.close()
      return port
    }
    reservation.close()
  }
  throw new Error(`No free port between ${lowest} and ${highest}.`)
}

/** The socket that holds the port of UDP; null where another one does. It ends with its process. */
const reserve = (port: number) =>
  new Promise<Socket | null>((resolve) => {
    const socket = createSocket('udp4').unref()
    socket.once('error', () => socket.close(() => resolve(null)))
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => resolve(socket))
  })

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, () => server.close(() => resolve(true)))
  })
