import { lookup } from 'node:dns/promises'
import { connect, isIP } from 'node:net'
import { urlHost } from '#shared/address/urlHost'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { connectTimeout, connectionFailure, type Place } from '../broker/connecting/connectionFailure'

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

/** The addresses of a name as the system resolves it, each once, in its order. Fails with `dnsFailed` or the timeout. */
export const findAddresses = (place: Place, waiting: Waiting): Promise<Result<readonly string[]>> => {
  const resolve = async (): Promise<Result<readonly string[]>> => {
    try {
      const found = await lookup(place.host, { all: true, verbatim: true })
      return ok([...new Set(found.map(({ address }) => address))])
    } catch (error) {
      return { ok: false, error: connectionFailure(error as Error, place) }
    }
  }
  return within(resolve(), place, waiting)
}

export const isAddress = (host: string): boolean => isIP(host) !== 0

/** Connects to an address and ends it again; nothing is sent. */
export const dialAddress = (address: string, place: Place, { signal, seconds }: Waiting): Promise<Result<null>> => {
  const socket = connect({ host: address, port: place.port })
  const dialled = new Promise<Result<null>>((resolve) => {
    socket.once('connect', () => resolve(ok(null)))
    socket.on('error', (error) =>
      resolve({ ok: false, error: connectionFailure(error, { host: address, port: place.port }, seconds) }),
    )
  })
  return within(dialled, { host: address, port: place.port }, { signal, seconds }).finally(() => socket.destroy())
}

/** As in a URL. */
export const addressText = (address: string, port: number): string => `${urlHost(address)}:${port}`

export const isCancelled = ({ code }: AppError): boolean => code === 'cancelled'
