import { Worker } from 'node:worker_threads'
import type { HistoryStatus } from '#shared/model/history'
import type { FromHistoryThread, HistoryAnswer, HistoryQuestion, ToHistoryThread } from './historyProtocol'

/** A thread for histories. */
export interface HistoryWorker {
  /** Rejects where the thread could not do it, or is gone. */
  ask<Kind extends HistoryQuestion['kind']>(
    kind: Kind,
    input: Extract<HistoryQuestion, { kind: Kind }>['input'],
  ): Promise<HistoryAnswer<Kind>>
  tell(message: Exclude<ToHistoryThread, { kind: 'ask' }>): void
  /** Ends it after all that it was asked and told. */
  close(): Promise<void>
}

export interface HistoryWorkerParts {
  readonly onTaken?: (connectionId: string, bytes: number) => void
  readonly onStatus?: (status: HistoryStatus, committed: number) => void
  /** The thread ended by itself: nothing is written any more. */
  readonly onDeath?: (error: Error) => void
}

export const startHistoryWorker = async (parts: HistoryWorkerParts = {}): Promise<HistoryWorker> => {
  // Read when the first history is: the application starts without it.
  const { default: code } = await import('./historyThread?thread')
  const worker = new Worker(code, { eval: true, workerData: { anchor: __filename }, env: {}, execArgv: [] })
  worker.unref()
  const waiting = new Map<number, Waiting>()
  let nextAsk = 1
  let isEnding = false

  const settle = (ask: number, act: (waiting: Waiting) => void) => {
    const found = waiting.get(ask)
    waiting.delete(ask)
    if (found) act(found)
  }
  const die = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    if (!isEnding) parts.onDeath?.(error)
    isEnding = true
  }
  worker.on('message', (message: FromHistoryThread) => {
    switch (message.kind) {
      case 'answer':
        return settle(message.ask, ({ resolve }) => resolve(message.answer))
      case 'failed':
        return settle(message.ask, ({ reject }) => reject(new Error(message.message)))
      case 'taken':
        return parts.onTaken?.(message.connectionId, message.bytes)
      case 'status':
        return parts.onStatus?.(message.status, message.committed)
    }
  })
  worker.on('error', die)
  worker.on('exit', () => die(new Error('The thread of the history has ended.')))

  return {
    ask: (kind, input) => {
      if (isEnding) return Promise.reject(new Error('The thread of the history has ended.'))
      return new Promise((resolve, reject) => {
        const ask = nextAsk++
        waiting.set(ask, { resolve: resolve as (answer: unknown) => void, reject })
        worker.postMessage({ kind: 'ask', ask, question: { kind, input } })
      })
    },
    tell: (message) => worker.postMessage(message),
    close: async () => {
      isEnding = true
      await worker.terminate()
    },
  }
}

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}
