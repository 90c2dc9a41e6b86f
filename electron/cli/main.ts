import { runConvert } from './convert/runConvert'
import { runDecode } from './decode/runDecode'
import { runImport } from './import/runImport'

/** What a command writes and where it stops. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  convert: runConvert,
  decode: runDecode,
  import: runImport,
}

const usage = `usage: topicscope COMMAND ...\ncommands: ${Object.keys(commands).join(', ')}; each says more with --help\n`

const run = async ([name = '', ...args]: readonly string[]): Promise<number> => {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command(args)
  const isAsked = name === '--help' || name === '-h' || name === 'help'
  ;(isAsked ? process.stdout : process.stderr).write(usage)
  return isAsked ? 0 : 2
}

// Whoever reads our output may stop before its end, e.g. head.
process.stdout.on('error', () => process.exit(0))
void run(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode
})
