import type { Socket } from 'node:net'
import { ok, type AppError, type Result } from '#shared/result'
import type { Place } from '../connectionFailure'
import { unlessEnded, type Dialling } from '../dialling'
import { findAddresses, inTurn } from '../socket/findAddresses'
import { openTcp, type TcpSettings } from '../socket/openTcp'
import { openHttpTunnel } from './httpTunnel'
import { proxyNotReached, proxyTimeout, type ProxyRoute } from './proxyFailure'
import { createProxyDialogue } from './proxyReader'
import { proxyAddress, type ProxyTarget } from './proxyTarget'
import { openSocksTunnel } from './socksTunnel'

/**
 * Connects to the proxy and through it to the target; what is written to the socket then reaches the target. All failures are of
 * the proxy, or of what it says of the target. Never rejects; when `signal` is aborted, fails with its reason.
 */
export const openTunnel = async (
  target: Place,
  { proxy, tcp }: { readonly proxy: ProxyTarget; readonly tcp: TcpSettings },
  dialling: Dialling,
): Promise<Result<Socket>> => {
  const places = proxy.kind === 'socks5' ? await addressedPlaces(target, tcp, dialling) : ok([target])
  if (!places.ok) return places
  let last: Result<Socket> | null = null
  for (const place of places.value) {
    last = await openOne(place, { proxy, tcp, target }, dialling)
    // Another address of the same name may be within the proxy's reach.
    if (last.ok || last.error.code !== 'proxyTargetFailed' || dialling.signal.aborted) return last
  }
  return last ?? openOne(target, { proxy, tcp, target }, dialling)
}

/** More would be asked for only by a name that leads nowhere. */
const mostAddresses = 4

/** The addresses of the target as they are found here. */
const addressedPlaces = async (
  target: Place,
  { family }: TcpSettings,
  { onStage, signal }: Dialling,
): Promise<Result<readonly Place[]>> => {
  onStage('name')
  const found = await unlessEnded(findAddresses(target, family), signal)
  if (!found.ok) return found
  const addresses = inTurn(found.value).slice(0, mostAddresses)
  return ok(addresses.map((host) => ({ host, port: target.port })))
}

interface Way {
  readonly proxy: ProxyTarget
  readonly tcp: TcpSettings
  readonly target: Place
}

const openOne = async (place: Place, { proxy, tcp, target }: Way, dialling: Dialling): Promise<Result<Socket>> => {
  const { signal, onStage } = dialling
  // Failures name the server as the settings do.
  const told: ProxyRoute = { proxy, target }
  const dialled = await openTcp(proxy.place, tcp, dialling)
  if (!dialled.ok) return failed(ofProxy(told, dialled.error))
  const { value: socket } = dialled
  onStage('proxy', proxyAddress(proxy))
  const dialogue = createProxyDialogue(socket, told, signal)
  const open = proxy.kind === 'http' ? openHttpTunnel : openSocksTunnel
  const opened = await open(dialogue, told, place)
  if (opened.ok) return ok(socket)
  socket.destroy()
  const { error } = opened
  return failed(error.code === 'connectTimeout' ? proxyTimeout(told, secondsOf(error), true) : error)
}

const ofProxy = (route: ProxyRoute, error: AppError): AppError => {
  if (error.code === 'cancelled') return error
  const isLate = error.code === 'connectTimeout'
  return isLate ? proxyTimeout(route, secondsOf(error), false) : proxyNotReached(route, error)
}

const secondsOf = ({ values }: AppError): number => Number(values?.['seconds'] ?? 0)

const failed = (error: AppError) => ({ ok: false, error }) as const
