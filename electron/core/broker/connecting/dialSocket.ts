import type { TLSSocket } from 'node:tls'
import { ok, type AppError, type Result } from '#shared/result'
import type { Dialling } from './dialling'
import { connectionFailure, secondsSince, type Place } from './connectionFailure'
import type { TcpSettings } from './socket/openTcp'

/** The socket of every scheme. */
export interface SocketTarget {
  /** What failures tell of it. */
  readonly place: Place
  readonly tcp: TcpSettings
}

interface Waiting extends Dialling {
  readonly place: Place
  /** What is wrong with it once the handshake is done; null = nothing. */
  readonly check: (socket: TLSSocket) => AppError | null
  /** A more exact error than that the socket failed; null = there is none. */
  readonly explain: (error: Error) => AppError | null
}

/** Resolves when the handshake of TLS is done and passed its check, else with the failure; reports the stage. */
export const whenSecure = (
  socket: TLSSocket,
  { signal, onStage, check, explain, place }: Waiting,
): Promise<Result<TLSSocket>> =>
  new Promise((resolve) => {
    const startedAt = performance.now()
    const settle = (result: Result<TLSSocket>) => {
      signal.removeEventListener('abort', onAbort)
      if (!result.ok) socket.destroy()
      resolve(result)
    }
    const onAbort = () => settle(failed(signal.reason as AppError))
    signal.addEventListener('abort', onAbort, { once: true })
    onStage('tls')
    // It is never removed: an error without a listener would end the process.
    socket.on('error', (error: Error) =>
      settle(failed(explain(error) ?? connectionFailure(error, place, secondsSince(startedAt)))),
    )
    socket.once('secureConnect', () => {
      const problem = check(socket)
      settle(problem ? failed(problem) : ok(socket))
    })
    if (signal.aborted) onAbort()
  })

const failed = (error: AppError): { ok: false; error: AppError } => ({ ok: false, error })
