import { app } from 'electron'
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CommandLineConnection } from '../core/commandLineConnection'
import { ownArguments, parseCommandLine, usage } from './commandLine'

export interface Startup {
  readonly connection: CommandLineConnection | null
  /** Calls back with what a second start of the application wants to open; null = just to be seen. */
  readonly onSecondStart: (open: (connection: CommandLineConnection | null) => void) => void
}

/** Written at once, whatever the stream is: the process ends right behind it. */
const say = (stream: 1 | 2, text: string) => {
  try {
    writeSync(stream, text)
  } catch {
    // Nobody listens, e.g. an application of Windows without a console.
  }
}

export const exitWithProblem = (problem: string): never => {
  say(2, `topicscope: ${problem}\nTry --help.\n`)
  return process.exit(2)
}

const readConnection = (args: readonly string[]): CommandLineConnection | null => {
  const commandLine = parseCommandLine(args, randomUUID)
  switch (commandLine.kind) {
    case 'run':
      return commandLine.connection
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

/** Every data folder has its own application: two would overwrite each other's files. */
const becomeTheOnlyOne = (args: readonly string[]): void => {
  if (app.requestSingleInstanceLock({ args })) return
  say(1, 'Topicscope is running already: this was handed to it.\n')
  process.exit(0)
}

const isStringList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string')

const argumentsIn = (additionalData: unknown): readonly string[] => {
  if (typeof additionalData !== 'object' || additionalData === null) return []
  const args: unknown = Reflect.get(additionalData, 'args')
  return isStringList(args) ? args : []
}

/** Everything that comes before the first window: arguments, data folder, one instance. Ends the process where it must. */
export const startUp = (): Startup => {
  const args = ownArguments(process.argv, app.isPackaged)
  const connection = readConnection(args)
  const dataDir = app.commandLine.getSwitchValue('user-data-dir')
  if (dataDir !== '') app.setPath('userData', resolve(dataDir))
  becomeTheOnlyOne(args)
  return {
    connection,
    onSecondStart: (open) => {
      // Behind the event's own arguments, which Chromium reorders, stand ours.
      app.on('second-instance', (...event) => {
        const second = parseCommandLine(argumentsIn(event[3]), randomUUID)
        open(second.kind === 'run' ? second.connection : null)
      })
    },
  }
}
