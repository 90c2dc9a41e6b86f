// Why it is so: build/docs/decisions/81-the-local-brokers-password-is-its-profiles.md
import type { Aedes, AedesOptions } from 'aedes'
import type { LocalBrokerPhase } from '#shared/contract'
import { unusedLocalBroker, type LocalBrokerUse } from '#shared/model/localBroker'
import { fail, ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import type { Log } from '../log'
import { createUseRecord, watchClients, type LocalBrokerAccess, type UseRecord } from './localBrokerClients'
import { guardBroker, guardClient } from './guard/localBrokerGuard'
import { createLedger, type Ledger } from './localBrokerLedger'
import { localBrokerLimits, type LocalBrokerLimits } from './localBrokerLimits'
import { createListener } from './localBrokerListener'
import { createLocalBrokerStore, type LocalBrokerStore } from './store/localBrokerStore'
import { startSimulatedDevices } from './devices/simulatedDevices'

export interface LocalBrokerOptions {
  readonly log: Log
  readonly now: () => number
  readonly random: () => number
  readonly onState: (state: LocalBrokerPhase) => void
  /** Called when somebody came or went, or something was refused. */
  readonly onUse?: (use: LocalBrokerUse) => void
  /** Who may connect, asked at each CONNECT; null = everybody. */
  readonly access?: () => LocalBrokerAccess | null
  readonly limits?: Partial<LocalBrokerLimits>
}

export interface LocalBroker {
  state(): LocalBrokerPhase
  use(): LocalBrokerUse
  /** Bytes it holds for its clients. */
  heldBytes(): number
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
  readonly record: UseRecord
  readonly ledger: Ledger
  setDevices(wanted: boolean): Promise<void>
  stop(): Promise<void>
}

interface BrokerParts {
  readonly log: Log
  readonly limits: LocalBrokerLimits
  readonly store: LocalBrokerStore
  readonly ledger: Ledger
  readonly record: UseRecord
}

const refusalOf = { 'packet too large': 'packet', 'drain timeout': 'unread' } as const

/**
 * The broker inside the application: MQTT 3.1, 3.1.1 and 5 over TCP, for this machine only. Whatever a client sends, at
 * worst that client is dropped, and no number of clients makes it hold more than its limits say.
 */
export const createLocalBroker = (options: LocalBrokerOptions): LocalBroker => {
  let state: LocalBrokerPhase = { phase: 'stopped' }
  let running: Running | null = null
  // Starts and stops wait for each other, so there is never more than one.
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = queue.then(task)
    queue = result.catch(() => undefined)
    return result
  }
  const enter = (next: LocalBrokerPhase) => {
    state = next
    options.onState(next)
  }
  const start = async (preferredPort: number, devices: boolean): Promise<Result<number>> => {
    try {
      if (!running) enter({ phase: 'starting' })
      running ??= await runBroker(preferredPort, options)
      await running.setDevices(devices)
      enter({ phase: 'running', port: running.port, devices })
      return ok(running.port)
    } catch (error) {
      const reason = messageOf(error)
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
    use: () => running?.record.current() ?? unusedLocalBroker,
    heldBytes: () => running?.ledger.used() ?? 0,
    start: ({ preferredPort, devices }) => inTurn(() => start(preferredPort, devices)),
    stop: () => inTurn(stop),
  }
}

/** What it cannot do it says in CONNACK (MQTT 5 §3.2.2.3): aedes adds that it has no shared subscriptions. */
const optionsFor = (limits: LocalBrokerLimits, store: LocalBrokerStore): AedesOptions & Record<string, unknown> => ({
  persistence: store,
  connectTimeout: limits.connectTimeoutMs,
  drainTimeout: limits.unreadMs,
  maximumPacketSize: limits.packetBytes,
  receiveMaximum: limits.receiveMaximum,
  sessionExpiryIntervalLimit: limits.sessionSeconds,
  pendingSessionsLimit: limits.sessions,
})

const createBroker = async ({ log, limits, store, ledger, record }: BrokerParts): Promise<Aedes> => {
  const { Aedes: Broker } = await import('aedes')
  const aedes = await Broker.createBroker(optionsFor(limits, store))
  guardBroker({ aedes, ledger })
  const noteError = (_client: unknown, { message }: Error) => {
    if (Object.hasOwn(refusalOf, message)) record.refused(refusalOf[message as keyof typeof refusalOf])
    log.info(`local broker dropped a client: ${message}`)
  }
  aedes.on('clientError', noteError).on('connectionError', noteError)
  aedes.on('clientDisconnect', ({ id, clean }) => {
    if (clean) store.forget(id)
  })
  // Typed as if it could not happen; an 'error' event without a listener would end the process.
  const emitter: NodeJS.EventEmitter = aedes
  emitter.on('error', (error: unknown) => log.error('local broker', error))
  emitter.on('sessionLimitReached', () => record.refused('sessions'))
  return aedes
}

const runBroker = async (preferredPort: number, options: LocalBrokerOptions): Promise<Running> => {
  const { log, now, random, onUse = () => undefined, access = () => null } = options
  const limits = { ...localBrokerLimits, ...options.limits }
  const ledger = createLedger(limits.memoryBytes)
  const record = createUseRecord(onUse)
  const store = createLocalBrokerStore({ ledger, limits, onRefused: record.refused })
  const aedes = await createBroker({ log, limits, store, ledger, record })
  watchClients(aedes, record, access)
  const guard = { aedes, store, ledger, limits, onRefused: record.refused }
  const listener = createListener(limits.clients + limits.strangers, (socket) =>
    guardClient(aedes.handle(socket), socket, guard),
  )
  const closeBroker = () => new Promise<void>((resolve) => aedes.close(() => resolve()))
  const port = await listener.open(preferredPort).catch(async (error: unknown) => {
    await closeBroker()
    throw error
  })
  listener.server.on('error', (error) => log.error('local broker', error))
  listener.server.on('drop', () => record.refused('clients'))
  let stopDevices: (() => Promise<void>) | null = null
  const setDevices = async (wanted: boolean) => {
    if (wanted) stopDevices ??= await startSimulatedDevices({ aedes, random, now })
    else {
      await stopDevices?.()
      stopDevices = null
    }
  }
  const stop = async () => {
    await setDevices(false)
    await closeBroker()
    await listener.close()
    record.close()
  }
  return { port, record, ledger, setDevices, stop }
}
