import { connect, isIP, type Socket, type TcpNetConnectOpts } from 'node:net'
import { urlHost } from '#shared/address/urlHost'
import type { AddressFamily } from '#shared/model/network'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { connectionFailure, secondsSince, type Place } from '../connectionFailure'
import { unlessEnded, type Dialling } from '../dialling'
import { findAddresses, inTurn, type Resolve } from './findAddresses'

/** How the sockets of a connection are made. */
export interface TcpSettings {
  readonly family: AddressFamily
  /** The address of this computer that it comes from; '' = as the system chooses. */
  readonly localAddress: string
  /** Default: the resolver and the sockets of the system. */
  readonly system?: { readonly resolve: Resolve; readonly connect: (options: TcpNetConnectOpts) => Socket }
}

/** RFC 8305 §5 has 250 ms, with which a server that is only far away would get two connections. */
const nextAddressMs = 1_000

/**
 * Connects to the first address of a place that answers. Each is tried when the one before failed or let a second pass, and
 * told to `onAddress`. Every TCP connection to a server or a proxy begins here. Never rejects; when `signal` is aborted, fails
 * with its reason, an AppError.
 */
export const openTcp = async (place: Place, settings: TcpSettings, dialling: Dialling): Promise<Result<Socket>> => {
  const { signal, onStage } = dialling
  const startedAt = performance.now()
  if (isIP(place.host) === 0) onStage('name')
  const found = await unlessEnded(findAddresses(place, settings.family, settings.system?.resolve), signal)
  if (!found.ok) return found
  onStage('tcp')
  const raced = await firstToConnect(inTurn(found.value), { place, settings, dialling })
  if (raced.ok) return ok(raced.value.setNoDelay(true))
  return { ok: false, error: raced.error ?? failureOf(raced.errors, { place, settings, startedAt }) }
}

interface Tried {
  readonly place: Place
  readonly settings: TcpSettings
  readonly startedAt: number
}

/** What the system says of a local address that it does not have, or that does not go with the address it is to reach. */
const aboutLocalAddress: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EINVAL', 'EAFNOSUPPORT'])

const failureOf = (errors: readonly NodeJS.ErrnoException[], { place, settings, startedAt }: Tried): AppError => {
  const { localAddress } = settings
  const isLocal = ({ code = '' }: NodeJS.ErrnoException) => localAddress !== '' && aboutLocalAddress.has(code)
  const others = errors.filter((error) => !isLocal(error))
  const [first] = errors
  if (first && others.length === 0)
    return fail('localAddressUnusable', first.message, {
      field: 'network.localAddress',
      values: { ...place, address: localAddress },
    }).error
  const cause = Object.assign(new Error('No address answered.'), { errors: others })
  return connectionFailure(cause, place, secondsSince(startedAt))
}

interface RaceParts {
  readonly place: Place
  readonly settings: TcpSettings
  readonly dialling: Dialling
}

type Race =
  | { readonly ok: true; readonly value: Socket }
  /** `error` = it was ended from outside; else `errors` are those of the addresses. */
  | { readonly ok: false; readonly error: AppError | null; readonly errors: readonly Error[] }

const firstToConnect = (
  addresses: readonly string[],
  { place, settings, dialling: { signal, onAddress } }: RaceParts,
): Promise<Race> =>
  new Promise((resolve) => {
    const { connect: dial } = settings.system ?? { connect }
    const waiting = new Set<Socket>()
    const errors: Error[] = []
    let next = 0
    let timer: NodeJS.Timeout | undefined
    const settle = (race: Race) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      for (const socket of waiting) socket.destroy()
      waiting.clear()
      resolve(race)
    }
    const lose = (error: AppError | null) => settle({ ok: false, error, errors })
    const onAbort = () => lose(signal.reason as AppError)
    const tryNext = () => {
      clearTimeout(timer)
      const host = addresses[next++]
      if (host === undefined) return
      if (next < addresses.length) timer = setTimeout(tryNext, nextAddressMs)
      onAddress?.(`${urlHost(host)}:${place.port}`)
      // Paused, a plain socket then stops reading at once; by default it would fill a buffer first, packet by packet.
      const options = { host, port: place.port, readableHighWaterMark: 1 }
      const socket = dial({
        ...options,
        ...(settings.localAddress !== '' && { localAddress: settings.localAddress }),
      })
      waiting.add(socket)
      // It is never removed: an error without a listener would end the process.
      socket.on('error', (error) => {
        if (!waiting.delete(socket)) return
        errors.push(error)
        if (next < addresses.length) tryNext()
        else if (waiting.size === 0) lose(null)
      })
      socket.once('connect', () => {
        waiting.delete(socket)
        settle({ ok: true, value: socket })
      })
    }
    signal.addEventListener('abort', onAbort, { once: true })
    tryNext()
  })
