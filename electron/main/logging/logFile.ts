import log from 'electron-log/node'
import { join } from 'node:path'
import type { Log, LogLevel } from '../../core/log'
import { createLogBudget } from './logBudget'
import { errorLines, logLine } from './logLines'
import { makePrivate } from '../dataFolder/privateFolder'
export const logFilePath = (dataDir: string): string => join(logsFolder(dataDir), 'main.log')

const createLogger = (dataDir: string, level: LogLevel) => {
  const logger = log.create({ logId: 'main' })
  const { file, console } = logger.transports
  file.resolvePathFn = () => logFilePath(dataDir)
  file.maxSize = 2 * 2 ** 20
  file.level = level
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  console.level = 'warn'
  return logger
}

const budgetFor = (write: (entry: string) => void) =>
  createLogBudget({
    elapsedMs: () => performance.now(),
    later: (callback, ms) => setTimeout(callback, ms).unref(),
    write,
  })

/**
 * `logs/main.log` in the data folder, at most 2 x 2 MiB, for this user alone; warnings go to the terminal as well. What
 * others wrote comes as visible text, and no fault of theirs floods it: each level has a budget of its own, but for `debug`,
 * which was asked for whole.
 */
export const createLogFile = (dataDir: string, level: LogLevel = 'info'): Log => {
  surviveClosedTerminal()
  const problems = [makePrivate(dataDir), makePrivate(logsFolder(dataDir))]
  const logger = createLogger(dataDir, level)
  const info = budgetFor((entry) => logger.info(entry))
  const warn = budgetFor((entry) => logger.warn(entry))
  const error = budgetFor((entry) => logger.error(entry))
  for (const problem of problems) if (problem !== null) warn(() => logLine(problem))
  return {
    info: (message) => info(() => logLine(message)),
    warn: (message) => warn(() => logLine(message)),
    error: (message, cause) => error(() => (cause === undefined ? logLine(message) : errorLines(message, cause))),
    debug: level === 'debug' ? (message) => logger.debug(logLine(message)) : null,
  }
}

/** A terminal that was closed must not end the application when we write to it. */
const surviveClosedTerminal = () => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

const logsFolder = (dataDir: string): string => join(dataDir, 'logs')
