export interface ImportArguments {
  readonly isDryRun: boolean
  /** Null = none was named. */
  readonly dataDir: string | null
  /** Files and folders; `-` = standard input. */
  readonly paths: readonly string[]
}

export type ReadArguments =
  | { readonly ok: true; readonly wanted: ImportArguments }
  | { readonly ok: false; readonly problem: string }

export const usage = `usage: topicscope import [--dry-run] [--user-data-dir DIR] FILE...

Reads connections from the files of other tools (a folder: all files in it; - = standard input) and prints
what becomes of them as one JSON object.

  --dry-run             nothing is written
  --user-data-dir DIR   where Topicscope keeps its connections
`

/** Options may stand before and behind the files; what follows `--` is a file. */
export const readArguments = (args: readonly string[]): ReadArguments => {
  const paths: string[] = []
  let isDryRun = false
  let dataDir: string | null = null
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    if (arg === '--') {
      paths.push(...args.slice(index + 1))
      break
    }
    if (arg === '--dry-run') isDryRun = true
    else if (arg === '--user-data-dir' || arg.startsWith('--user-data-dir=')) {
      const value = arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : args[++index]
      if (!value) return { ok: false, problem: '--user-data-dir wants a value' }
      dataDir = value
    } else if (arg.startsWith('-') && arg !== '-') return { ok: false, problem: `${arg} is no option` }
    else paths.push(arg)
  }
  if (paths.length === 0) return { ok: false, problem: 'the file is missing' }
  if (!isDryRun && dataDir === null) return { ok: false, problem: '--user-data-dir is missing' }
  return { ok: true, wanted: { isDryRun, dataDir, paths } }
}
