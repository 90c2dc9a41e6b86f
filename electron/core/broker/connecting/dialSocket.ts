import { isIP, type Socket, type TcpSocketConnectOpts } from 'node:net'
import type { Stage } from '#shared/model/failure'
import { ok, type AppError, type Result } from '#shared/result'
import { connectionFailure, type Place } from './connectionFailure'

/** What dialling reports to, and what aborts it: the person or the timeout, with the reason. */
export interface Dialling {
  readonly signal: AbortSignal
  /** Called when a step begins. */
  readonly onStage: (stage: Stage) => void
}

/** The socket of every scheme. */
export interface SocketTarget {
  /** What failures tell of it. */
  readonly place: Place
  readonly tcp: TcpSocketConnectOpts & { readonly readableHighWaterMark: number }
}

interface Waiting<Ready extends Socket> extends Dialling {
  readonly place: Place
  /** What is wrong with it once it is connected; null = nothing. */
  readonly check: (socket: Ready) => AppError | null
  /** A more exact error than that the socket failed; null = there is none. */
  readonly explain: (error: Error) => AppError | null
}

/** Resolves when the socket is connected and passed its check, else with the failure; reports each stage. */
export const whenReady = <Ready extends Socket>(
  socket: Ready,
  event: 'connect' | 'secureConnect',
  { signal, onStage, check, explain, place }: Waiting<Ready>,
): Promise<Result<Ready>> =>
  new Promise((resolve) => {
    const startedAt = performance.now()
    const settle = (result: Result<Ready>) => {
      signal.removeEventListener('abort', onAbort)
      if (!result.ok) socket.destroy()
      resolve(result)
    }
    const onAbort = () => settle(failed(signal.reason as AppError))
    signal.addEventListener('abort', onAbort, { once: true })
    onStage(isIP(place.host) ? 'tcp' : 'name')
    socket.on('lookup', (error: Error | null) => {
      if (!error) onStage('tcp')
    })
    if (event === 'secureConnect') socket.once('connect', () => onStage('tls'))
    // It is never removed: an error without a listener would end the process.
    socket.on('error', (error) =>
      settle(failed(explain(error) ?? connectionFailure(error, place, secondsSince(startedAt)))),
    )
    socket.once(event, () => {
      const problem = check(socket)
      settle(problem ? failed(problem) : ok(socket))
    })
    if (signal.aborted) onAbort()
  })

const failed = (error: AppError): { ok: false; error: AppError } => ({ ok: false, error })

const secondsSince = (startedAt: number) => Math.max(1, Math.round((performance.now() - startedAt) / 1_000))
