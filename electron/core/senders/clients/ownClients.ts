import type { ConnectionFailure } from '#shared/model/failure'
import { newClientId, type Profile } from '#shared/model/profile'
import type { MadeMessage } from '#shared/model/publish'
import type { SenderPlan } from '#shared/model/sender'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { mayHeal, nextDelayMs } from '../../broker/connecting/reconnectPolicy'
import { openMqttTransport } from '../../broker/mqttJs/mqttTransport'
import { createOutgoingMessage } from '../../broker/publishing/outgoingMessage'
import { packetFor } from '../../broker/publishing/publishCheck'
import { openShortConnection, type MadeWith, type ShortConnection } from '../../broker/session/shortConnection'
import { templateFailed } from '../../templates/messageTemplate'
import { compileTemplate } from '../../templates/template'
import type { TemplateEnvironment } from '../../templates/templateEnvironment'
import { commonValues } from '../../templates/templateValues'
import type { SenderClock } from '../schedule/senderClock'
import type { Answer, SenderRoute } from './senderRoute'

export interface OwnClientsParts {
  /** How the connection of the profile was made. */
  readonly madeWith: MadeWith
  readonly clientIds: readonly string[]
  readonly maximumPacketSize: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly debug: ((line: string) => void) | null
  /** For the pauses before a client is connected again. */
  readonly clock: Pick<SenderClock, 'after'>
  /** A client could not be opened, or was lost. */
  readonly onFailure: (reason: AppError) => void
  /** None is left, and none is connected again. */
  readonly onAllLost: (reason: AppError) => void
}

/** So many are opened at a time: what a broker and this computer take without refusing the next ones. */
const openedAtATime = 20

/** The client of a device. */
interface Client {
  /** Null = it is not online. */
  connection: ShortConnection | null
  wasOnline: boolean
  /** In a row. */
  failures: number
  /** Ends it, the attempt to open it, or the pause before that. */
  stop: () => void
}

const newClient = (): Client => ({ connection: null, wasOnline: false, failures: 0, stop: () => undefined })

/**
 * A connection for each device, beside that of the profile and with its settings: a clean session without a last will. Where some
 * cannot be opened, the others send. One that was online and is lost is connected again as the profile says.
 */
export const openOwnClients = (parts: OwnClientsParts): SenderRoute => {
  const { clientIds, clock, onFailure, onAllLost } = parts
  const clients = clientIds.map(newClient)
  const turns = createTurns(openedAtATime)
  let online = 0
  let lost = 0
  /** Those that are online or are connected again. */
  let left = clients.length
  let latest: AppError | null = null
  let isBegun = false
  let isOver = false
  const isClosed = () => isOver

  const fallOut = (client: Client, device: number, reason: AppError) => {
    if (isClosed()) return
    latest = reason
    client.failures += 1
    onFailure(reason)
    const delay = client.wasOnline ? delayBefore(parts.madeWith.profile, reason, client.failures) : null
    if (delay !== null) {
      client.stop = clock.after(delay, () => void turns.take(() => openOne(client, device)))
      return
    }
    left -= 1
    if (left === 0 && isBegun) onAllLost(reason)
  }
  const lose = (client: Client, device: number, reason: AppError) => {
    if (!client.connection) return
    client.connection = null
    online -= 1
    lost += 1
    fallOut(client, device, reason)
  }
  const openOne = async (client: Client, device: number) => {
    if (isClosed()) return
    const opened = await openClient(parts, clientIds[device] ?? '', {
      noteStop: (stop) => (client.stop = stop),
      onLost: (reason) => lose(client, device, reason),
    })
    if (isClosed()) return
    if (!opened.ok) {
      fallOut(client, device, opened.error)
      return
    }
    Object.assign(client, { connection: opened.value, wasOnline: true, failures: 0 })
    online += 1
  }
  return {
    open: async () => {
      await Promise.all(clients.map((client, device) => turns.take(() => openOne(client, device))))
      isBegun = true
      return left > 0 ? null : latest
    },
    isOnline: (device) => clients[device]?.connection != null,
    send: (device, message, answer) => {
      const connection = clients[device]?.connection
      return connection ? sendOver(connection, message, { answer, now: parts.now }) : notConnected
    },
    clientsOnline: () => online,
    clientsLost: () => lost,
    close: () => {
      isOver = true
      for (const client of clients) {
        client.stop()
        client.connection = null
      }
      online = 0
    },
  }
}

interface ClientEvents {
  /** Told how to end it before anything else happens. */
  readonly noteStop: (stop: () => void) => void
  readonly onLost: (reason: AppError) => void
}

const openClient = (parts: OwnClientsParts, clientId: string, { noteStop, onLost }: ClientEvents) => {
  // One for each attempt: a client that comes and goes for days leaves nothing behind.
  const ending = new AbortController()
  noteStop(() => ending.abort())
  return openShortConnection({
    ...parts.madeWith,
    clientId,
    signal: ending.signal,
    openTransport: openMqttTransport,
    maximumPacketSize: parts.maximumPacketSize,
    now: parts.now,
    debug: parts.debug,
    onMessage: () => undefined,
    onLost,
  })
}

/** Milliseconds; null = it is not connected again. */
const delayBefore = ({ reconnect }: Profile, reason: AppError, failures: number): number | null =>
  isFailure(reason) && mayHeal(reason, failures) ? nextDelayMs(reconnect, failures, Math.random) : null

const isFailure = (reason: AppError): reason is ConnectionFailure => 'retries' in reason

const notConnected = fail('notConnected', 'This client is not connected.').error

/** Answers at once why it cannot be sent over a client of its own; else `answer` is called once. */
export const sendOver = (
  { online, outgoing }: Pick<ShortConnection, 'online' | 'outgoing'>,
  message: MadeMessage,
  { now, answer }: { readonly now: () => number; readonly answer: Answer },
): AppError | null => {
  const { packet, problem } = packetFor(message, online)
  if (problem) return problem
  const { topic, qos } = message
  const { protocolVersion } = online
  const told = { sequence: 0, records: null, now, deliver: () => undefined, answer }
  outgoing.send(createOutgoingMessage({ packet, topic, qos, protocolVersion, ...told }))
  return null
}

/** Does so many things at a time, and the others in their order when one is done. */
const createTurns = (atATime: number) => {
  const waiting: (() => void)[] = []
  let running = 0
  return {
    take: async (act: () => Promise<void>): Promise<void> => {
      if (running >= atATime) await new Promise<void>((begin) => waiting.push(begin))
      running += 1
      await act()
      running -= 1
      waiting.shift()?.()
    },
  }
}

/**
 * The client IDs of the devices, each another one: a broker ends the connection of a client whose ID comes again. Fails as rendering
 * their template does.
 */
export const clientIdsOf = async (
  { count, clientId }: Pick<SenderPlan['devices'], 'count' | 'clientId'>,
  { startedAt, environment }: { readonly startedAt: number; readonly environment: TemplateEnvironment },
): Promise<Result<readonly string[]>> => {
  if (clientId === '') return ok(Array.from({ length: count }, newClientId))
  const compiled = await compileTemplate(clientId, 'clientId')
  if (!compiled.ok) return templateFailed('clientId', compiled.problem)
  const common = commonValues({ startedAt, environment, latest: () => undefined })
  const ids: string[] = []
  for (let device = 1; device <= count; device++) {
    const made = compiled.template.render({ ...common, now: startedAt, device, message: 1, row: {} }, new Map())
    if (!made.ok) return templateFailed('clientId', made.problem)
    ids.push(made.text)
  }
  return new Set(ids).size === count ? ok(ids) : fail('sameClientIds', 'Each device needs a client ID of its own.')
}
