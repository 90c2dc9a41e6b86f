import log from 'electron-log/node'
import { join } from 'node:path'
import type { Log } from '../core/log'

const describe = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error))

/** A terminal that was closed must not end the application when we write to it. */
const surviveClosedTerminal = () => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

export const logFilePath = (dataDir: string): string => join(dataDir, 'logs', 'main.log')

/** `logs/main.log` in the data folder, at most 2 x 2 MiB; warnings go to the terminal as well. */
export const createLogFile = (dataDir: string): Log => {
  surviveClosedTerminal()
  const logger = log.create({ logId: 'main' })
  logger.transports.file.resolvePathFn = () => logFilePath(dataDir)
  logger.transports.file.maxSize = 2 * 2 ** 20
  logger.transports.file.level = 'info'
  logger.transports.console.level = 'warn'
  return {
    info: (message) => logger.info(message),
    warn: (message) => logger.warn(message),
    error: (message, error) => logger.error(error === undefined ? message : `${message}: ${describe(error)}`),
  }
}
