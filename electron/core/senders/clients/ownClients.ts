import { setMaxListeners } from 'node:events'
import { newClientId } from '#shared/model/profile'
import type { MadeMessage } from '#shared/model/publish'
import type { SenderPlan } from '#shared/model/sender'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { openMqttTransport } from '../../broker/mqttJs/mqttTransport'
import { createOutgoingMessage } from '../../broker/publishing/outgoingMessage'
import { packetFor } from '../../broker/publishing/publishCheck'
import { openShortConnection, type MadeWith, type ShortConnection } from '../../broker/session/shortConnection'
import { templateFailed } from '../../templates/messageTemplate'
import { compileTemplate } from '../../templates/template'
import type { TemplateEnvironment } from '../../templates/templateEnvironment'
import { commonValues } from '../../templates/templateValues'
import type { Answer, SenderRoute } from './senderRoute'

export interface OwnClientsParts {
  /** How the connection of the profile was made. */
  readonly madeWith: MadeWith
  readonly clientIds: readonly string[]
  readonly maximumPacketSize: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly debug: ((line: string) => void) | null
  /** A client could not be opened, or was lost; it is not opened again. */
  readonly onFailure: (reason: AppError) => void
  /** None is left. */
  readonly onAllLost: (reason: AppError) => void
}

/** So many are opened at a time: what a broker and this computer take without refusing the next ones. */
const openedAtATime = 20

/**
 * A connection for each device, beside that of the profile and with its settings: a clean session without a last will. Where some
 * cannot be opened, the others send.
 */
export const openOwnClients = (parts: OwnClientsParts): SenderRoute => {
  const { clientIds, now, onFailure, onAllLost } = parts
  const clients: (ShortConnection | null)[] = clientIds.map(() => null)
  const closing = new AbortController()
  setMaxListeners(0, closing.signal)
  let online = 0
  let next = 0
  let latest: AppError | null = null

  const failed = (reason: AppError) => {
    latest = reason
    if (!closing.signal.aborted) onFailure(reason)
  }
  const lose = (device: number, reason: AppError) => {
    if (!clients[device]) return
    clients[device] = null
    online -= 1
    failed(reason)
    if (online === 0 && next >= clientIds.length && !closing.signal.aborted) onAllLost(reason)
  }
  const openOne = async (device: number, clientId: string) => {
    const opened = await openShortConnection({
      ...parts.madeWith,
      clientId,
      signal: closing.signal,
      openTransport: openMqttTransport,
      maximumPacketSize: parts.maximumPacketSize,
      now,
      debug: parts.debug,
      onMessage: () => undefined,
      onLost: (reason) => lose(device, reason),
    })
    if (opened.ok) {
      clients[device] = opened.value
      online += 1
    } else failed(opened.error)
  }
  const openInTurn = async () => {
    for (let device = next++; device < clientIds.length && !closing.signal.aborted; device = next++)
      await openOne(device, clientIds[device] ?? '')
  }
  return {
    open: async () => {
      await Promise.all(Array.from({ length: openedAtATime }, openInTurn))
      return online > 0 ? null : latest
    },
    isOnline: (device) => clients[device] !== null,
    send: (device, message, answer) => {
      const client = clients[device]
      if (!client) return fail('notConnected', 'This client is not connected.').error
      return sendOver(client, message, { now, answer })
    },
    clientsOnline: () => online,
    close: () => {
      closing.abort()
      clients.fill(null)
      online = 0
    },
  }
}

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
