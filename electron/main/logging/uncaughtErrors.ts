import type { AppError } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import type { Log } from '../../core/log'
import { logLine } from './logLines'

export interface StartUpEnd {
  readonly log: Log
  /** Where a person finds the details. */
  readonly logFile: string
  readonly show: (title: string, text: string) => void
  readonly exit: (code: number) => void
}

/**
 * Starts up, or says why not and ends the process: an application that stands there without a window would hold its data
 * folder, and no other could be started.
 */
export const startOrEnd = async (
  start: () => Promise<void>,
  { log, logFile, show, exit }: StartUpEnd,
): Promise<void> => {
  try {
    await start()
  } catch (error) {
    log.error('start-up', error)
    show('Topicscope cannot start', `${lineOf(error)}\n\nDetails: ${logFile}`)
    exit(1)
  }
}

/**
 * An error nobody caught is logged and told, and the application goes on: what is broken is one connection at most, and
 * ending would lose the others and every message.
 */
export const surviveUncaughtErrors = (log: Log, tell: (error: AppError) => void): void => {
  const survive = (kind: string) => (error: unknown) => {
    log.error(kind, error)
    tell({ code: 'internal', message: lineOf(error) })
  }
  process.on('uncaughtException', survive('uncaught exception'))
  process.on('unhandledRejection', survive('unhandled rejection'))
}

/** Shown in a box, a terminal or the window, whoever wrote it. */
const lineOf = (error: unknown) => logLine(messageOf(error))
