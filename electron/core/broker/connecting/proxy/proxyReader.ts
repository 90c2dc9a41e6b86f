import type { Socket } from 'node:net'
import { ok, type AppError, type Result } from '#shared/result'
import { endedBy } from '../dialling'
import { proxyFailure, type ProxyRoute } from './proxyFailure'

/** A hand-shake with a proxy over a connected socket. */
export interface ProxyDialogue {
  send(bytes: Uint8Array): void
  /**
   * The next answer, as soon as `read` has it in the bytes that came: it says how many are the answer's, null for too few, or what is
   * wrong with them. What follows stays in the socket. Fails as the socket does, or with the reason of the signal.
   */
  receive(read: (bytes: Buffer) => Answer): Promise<Result<Buffer>>
}

export type Answer = { readonly length: number } | { readonly error: AppError } | null

export const createProxyDialogue = (socket: Socket, route: ProxyRoute, signal: AbortSignal): ProxyDialogue => ({
  send: (bytes) => void socket.write(bytes),
  receive: (read) =>
    new Promise((resolve) => {
      let seen = Buffer.alloc(0)
      const settle = (result: Result<Buffer>) => {
        signal.removeEventListener('abort', onAbort)
        socket.off('readable', onReadable).off('end', onEnd).off('close', onEnd).off('error', onError)
        resolve(result)
      }
      const failWith = (error: AppError) => settle({ ok: false, error })
      const onAbort = () => settle(endedBy(signal))
      const onEnd = () => failWith(proxyFailure('proxyClosed', route, { detail: 'it closed the connection' }))
      const onError = (error: Error) => failWith(proxyFailure('proxyClosed', route, { detail: error.message }))
      // Not `data`: a socket that flowed once would have to be told to flow again by whoever reads it next.
      const onReadable = () => {
        const bytes = socket.read() as Buffer | null
        if (bytes === null) return
        seen = Buffer.concat([seen, bytes])
        const answer = read(seen)
        if (answer === null) return
        if ('error' in answer) failWith(answer.error)
        else {
          if (seen.length > answer.length) socket.unshift(seen.subarray(answer.length))
          settle(ok(seen.subarray(0, answer.length)))
        }
      }
      signal.addEventListener('abort', onAbort, { once: true })
      socket.on('readable', onReadable).on('end', onEnd).on('close', onEnd).on('error', onError)
      if (signal.aborted) onAbort()
      else if (socket.destroyed) onEnd()
      else if (socket.readableLength > 0) onReadable()
    }),
})
