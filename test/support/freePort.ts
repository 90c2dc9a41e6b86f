import { createServer } from 'node:net'

// Below the range the system takes client ports from (32768 up), so that nothing dials out from a port of ours while
// its broker restarts.
const lowest = 20_000
const highest = 32_000

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, () => server.close(() => resolve(true)))
  })

export const findFreePort = async (): Promise<number> => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest))
    if (await isFree(port)) return port
  }
  throw new Error(`No free port between ${lowest} and ${highest}.`)
}
