import type { AppError } from '#shared/result'
import type { Log } from '../core/log'

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/**
 * An error nobody caught is logged and told, and the application goes on: what is broken is one connection at most, and
 * ending would lose the others and every message.
 */
export const surviveUncaughtErrors = (log: Log, tell: (error: AppError) => void): void => {
  const survive = (kind: string) => (error: unknown) => {
    log.error(kind, error)
    tell({ code: 'internal', message: messageOf(error) })
  }
  process.on('uncaughtException', survive('uncaught exception'))
  process.on('unhandledRejection', survive('unhandled rejection'))
}
