import { isIP } from 'node:net'
import { urlHost } from '#shared/address/urlHost'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { connectTimeout, type Place } from '../broker/connecting/connectionFailure'
import { findAddresses } from '../broker/connecting/socket/findAddresses'
import { openTcp, type TcpSettings } from '../broker/connecting/socket/openTcp'

interface Waiting {
  readonly signal: AbortSignal
  readonly seconds: number
}

/** What comes of it, or the timeout, or that it was cancelled; what it still does then is nobody's. */
export const within = async <T>(
  work: Promise<Result<T>>,
  place: Place,
  { signal, seconds }: Waiting,
): Promise<Result<T>> => {
  let answer: (result: Result<T>) => void = () => undefined
  const ended = new Promise<Result<T>>((resolve) => (answer = resolve))
  const timer = setTimeout(() => answer({ ok: false, error: connectTimeout(place, seconds) }), seconds * 1_000)
  const onAbort = () => answer(cancelled())
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  const result = await Promise.race([work, ended])
  clearTimeout(timer)
  signal.removeEventListener('abort', onAbort)
  return result
}

const cancelled = () => fail('cancelled', 'The person ended it.')

/** The addresses of a name. Fails with `dnsFailed` or the timeout. */
export const addressesOf = (
  place: Place,
  { family }: TcpSettings,
  waiting: Waiting,
): Promise<Result<readonly string[]>> => within(findAddresses(place, family), place, waiting)

export const isAddress = (host: string): boolean => isIP(host) !== 0

/** Connects to the address of a place and ends it again; nothing is sent. */
export const dialAddress = (place: Place, settings: TcpSettings, waiting: Waiting): Promise<Result<null>> => {
  const end = new AbortController()
  const dial = async (): Promise<Result<null>> => {
    const dialled = await openTcp(place, settings, { signal: end.signal, onStage: () => undefined })
    if (dialled.ok) dialled.value.destroy()
    return dialled.ok ? ok(null) : dialled
  }
  return within(dial(), place, waiting).finally(() => end.abort(cancelled().error))
}

/** As in a URL. */
export const addressText = (address: string, port: number): string => `${urlHost(address)}:${port}`

export const isCancelled = ({ code }: AppError): boolean => code === 'cancelled'
