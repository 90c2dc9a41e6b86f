import { Aedes, type PublishPacket } from 'aedes'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { LocalBrokerState } from '#shared/contract'
import { fail, ok, type Result } from '#shared/result'
import type { Log } from '../log'
import { guardBroker, guardClient } from './localBrokerGuard'
import { startSimulatedDevices } from './simulatedDevices'
import type { PlantMessage } from './simulatedPlant'

export interface LocalBrokerOptions {
  readonly log: Log
  readonly now: () => number
  readonly random: () => number
  readonly onState: (state: LocalBrokerState) => void
}

export interface LocalBroker {
  state(): LocalBrokerState
  /**
   * Runs it on 127.0.0.1, at `preferredPort` where that is free, and answers the port. Where it runs already, only the
   * devices follow. Fails with `localBrokerFailed`.
   */
  start(options: { readonly preferredPort: number; readonly devices: boolean }): Promise<Result<number>>
  /** Ends every connection to it. What was retained is gone. */
  stop(): Promise<void>
}

interface Running {
  readonly port: number
  setDevices(wanted: boolean): void
  stop(): Promise<void>
}

const firstPort = 18_830
/** Other machines cannot reach it: it has neither users nor encryption. */
const loopback = '127.0.0.1'

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

const toPacket = ({ topic, payload, qos, retain, contentType, userProperties }: PlantMessage): PublishPacket => ({
  cmd: 'publish',
  topic,
  payload: Buffer.from(payload),
  qos,
  retain,
  dup: false,
  properties: { ...(contentType && { contentType }), ...(userProperties && { userProperties: { ...userProperties } }) },
})

const createBroker = async (log: Log): Promise<Aedes> => {
  const aedes = await Aedes.createBroker({ queueLimit: 10_000 })
  guardBroker(aedes)
  const noteError = (_client: unknown, error: Error) => log.info(`local broker dropped a client: ${error.message}`)
  aedes.on('clientError', noteError).on('connectionError', noteError)
  // Typed as if it could not happen; an 'error' event without a listener would end the process.
  const emitter: NodeJS.EventEmitter = aedes
  emitter.on('error', (error: unknown) => log.error('local broker', error))
  return aedes
}

const createListener = (aedes: Aedes) => {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
    socket.setNoDelay(true)
    guardClient(aedes.handle(socket), socket)
  })
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { server, close }
}

const runBroker = async (preferredPort: number, { log, now, random }: LocalBrokerOptions): Promise<Running> => {
  const aedes = await createBroker(log)
  const { server, close } = createListener(aedes)
  const closeBroker = () => new Promise<void>((resolve) => aedes.close(() => resolve()))
  const port = await listenSomewhere(server, candidatePorts(preferredPort)).catch(async (error: unknown) => {
    await closeBroker()
    throw error
  })
  server.on('error', (error) => log.error('local broker', error))
  let stopDevices: (() => void) | null = null
  const publish = (message: PlantMessage) => aedes.publish(toPacket(message), () => undefined)
  const setDevices = (wanted: boolean) => {
    if (wanted) stopDevices ??= startSimulatedDevices({ publish, random, now })
    else {
      stopDevices?.()
      stopDevices = null
    }
  }
  const stop = async () => {
    setDevices(false)
    await closeBroker()
    await close()
  }
  return { port, setDevices, stop }
}

/**
 * The broker inside the application: MQTT 3.1, 3.1.1 and 5 over TCP, for this machine only. Whatever a client sends, at
 * worst that client is dropped.
 */
export const createLocalBroker = (options: LocalBrokerOptions): LocalBroker => {
  let state: LocalBrokerState = { phase: 'stopped' }
  let running: Running | null = null
  // Starts and stops wait for each other, so there is never more than one.
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = queue.then(task)
    queue = result.catch(() => undefined)
    return result
  }
  const enter = (next: LocalBrokerState) => {
    state = next
    options.onState(next)
  }
  const start = async (preferredPort: number, devices: boolean): Promise<Result<number>> => {
    try {
      if (!running) enter({ phase: 'starting' })
      running ??= await runBroker(preferredPort, options)
      running.setDevices(devices)
      enter({ phase: 'running', port: running.port, devices })
      return ok(running.port)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const failure = fail('localBrokerFailed', `The local broker did not start: ${reason}`, { values: { reason } })
      enter({ phase: 'failed', error: failure.error })
      return failure
    }
  }
  const stop = async () => {
    const stopping = running
    running = null
    await stopping?.stop()
    if (state.phase !== 'stopped') enter({ phase: 'stopped' })
  }
  return {
    state: () => state,
    start: ({ preferredPort, devices }) => inTurn(() => start(preferredPort, devices)),
    stop: () => inTurn(stop),
  }
}
