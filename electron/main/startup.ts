import { app } from 'electron'
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CommandLineConnection } from '../core/connections/commandLineConnection'
import type { LogLevel } from '../core/log'
import { visibleLine } from '#shared/text/visibleLine'
import { withoutSecrets } from '#shared/text/withoutSecrets'
import { ownArguments, parseCommandLine, usage, withPassword, type CommandLine } from './commandLine/commandLine'
import { becomeTheOnlyOne } from './dataFolder/onlyInstance'
import { takePassword } from './commandLine/passwordSource'
import { refusedSwitch } from './commandLine/runtimeSwitches'

export interface Startup {
  readonly connection: CommandLineConnection | null
  readonly logLevel: LogLevel
  readonly connectsAtStart: boolean
  /** Calls back with what a second start of the application wants to open; null = just to be seen. */
  readonly onSecondStart: (open: (connection: CommandLineConnection | null) => void) => void
}

/** A problem may quote arguments and files, so control characters and secrets are removed. */
export const exitWithProblem = (problem: string): never => {
  say(2, `topicscope: ${visibleLine(withoutSecrets(problem), 600)}\nTry --help.\n`)
  return process.exit(2)
}

const readPassword = (commandLine: CommandLine): string | null => {
  const file = commandLine.kind === 'run' ? commandLine.passwordFile : undefined
  const password = takePassword(file, process.env)
  return password.ok ? password.value : exitWithProblem(password.error.message)
}

interface Wanted {
  readonly connection: CommandLineConnection | null
  /** That does not stand in the arguments. */
  readonly password: string | null
  readonly logLevel: LogLevel
  readonly connectsAtStart: boolean
}

const readWanted = (args: readonly string[]): Wanted => {
  const read = parseCommandLine(args, randomUUID)
  const password = readPassword(read)
  const commandLine = withPassword(read, password)
  switch (commandLine.kind) {
    case 'run':
      if (commandLine.warning !== undefined) say(2, `topicscope: ${commandLine.warning}\n`)
      return {
        connection: inFolder(commandLine.connection, process.cwd()),
        password,
        logLevel: commandLine.logLevel ?? 'info',
        connectsAtStart: commandLine.connectsAtStart ?? true,
      }
    case 'help':
      say(1, usage)
      return process.exit(0)
    case 'version':
      say(1, `${app.getVersion()}\n`)
      return process.exit(0)
    case 'problem':
      return exitWithProblem(commandLine.problem)
  }
}

const refuseSwitches = (): void => {
  const refused = refusedSwitch(app.isPackaged, (name) => app.commandLine.hasSwitch(name))
  if (refused !== null) exitWithProblem(`--${refused} is refused: it would let other programs control this one`)
}

const isStringList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string')

/** A file is named from the folder in which the application was started. */
const inFolder = (connection: CommandLineConnection | null, folder: string): CommandLineConnection | null =>
  connection?.kind === 'recording' ? { ...connection, path: resolve(folder, connection.path) } : connection

/** What a second start handed over; its password file was read where the second start was. */
const handedOver = (additionalData: unknown, folder: string): CommandLineConnection | null => {
  if (typeof additionalData !== 'object' || additionalData === null) return null
  const args: unknown = Reflect.get(additionalData, 'args')
  const password: unknown = Reflect.get(additionalData, 'password')
  const read = parseCommandLine(isStringList(args) ? args : [], randomUUID)
  const second = withPassword(read, typeof password === 'string' ? password : null)
  return second.kind === 'run' ? inFolder(second.connection, folder) : null
}

/**
 * Everything that comes before the first window: arguments, data folder, one instance. Ends the process where it must.
 */
export const startUp = (): Startup => {
  refuseSwitches()
  const args = ownArguments(process.argv, app.isPackaged)
  const { connection, password, logLevel, connectsAtStart } = readWanted(args)
  const dataDir = app.commandLine.getSwitchValue('user-data-dir')
  if (dataDir !== '') app.setPath('userData', resolve(dataDir))
  becomeTheOnlyOne({ args, password }, say)
  return {
    connection,
    logLevel,
    connectsAtStart,
    onSecondStart: (open) => {
      // Behind the event's own arguments, which Chromium reorders, stand ours.
      app.on('second-instance', (...event) => open(handedOver(event[3], event[2])))
    },
  }
}

/** Written at once, whatever the stream is: the process ends right behind it. */
const say = (stream: 1 | 2, text: string) => {
  try {
    writeSync(stream, text)
  } catch {
    // The stream is closed, for example in a Windows application without a console.
  }
}
