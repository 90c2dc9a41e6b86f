export interface ImportArguments {
  readonly isDryRun: boolean
  /** Null = none was named. */
  readonly dataDir: string | null
  /** Files whose first line is a password. */
  readonly passwordFiles: readonly string[]
  /** Files and folders; `-` = standard input. */
  readonly paths: readonly string[]
}

export type ReadArguments =
  | { readonly ok: true; readonly wanted: ImportArguments }
  | { readonly ok: false; readonly problem: string }

export const usage = `usage: topicscope import [--dry-run] [--user-data-dir DIR] [--password-file FILE]... FILE...

Reads connections from the files of other tools (a folder: all files in it; - = standard input) and prints
what becomes of them as one JSON object.

  --dry-run             nothing is written
  --user-data-dir DIR   where Topicscope keeps its connections
  --password-file FILE  its first line opens what is encrypted under a password; several are tried in turn

The environment variable TOPICSCOPE_IMPORT_PASSWORD holds such a password, too.
`

/** Options may stand before and behind the files; what follows `--` is a file. */
export const readArguments = (args: readonly string[]): ReadArguments => {
  const paths: string[] = []
  const passwordFiles: string[] = []
  let isDryRun = false
  let dataDir: string | null = null
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    const [, option, inline] = /^(--user-data-dir|--password-file)(?:=(.*))?$/s.exec(arg) ?? []
    if (arg === '--') {
      paths.push(...args.slice(index + 1))
      break
    }
    if (arg === '--dry-run') isDryRun = true
    else if (option !== undefined) {
      const value = inline ?? args[++index]
      if (!value) return { ok: false, problem: `${option} wants a value` }
      if (option === '--password-file') passwordFiles.push(value)
      else dataDir = value
    } else if (arg.startsWith('-') && arg !== '-')
      return { ok: false, problem: `${arg.replace(/=.*$/s, '')} is no option` }
    else paths.push(arg)
  }
  if (paths.length === 0) return { ok: false, problem: 'the file is missing' }
  if (!isDryRun && dataDir === null) return { ok: false, problem: '--user-data-dir is missing' }
  return { ok: true, wanted: { isDryRun, dataDir, passwordFiles, paths } }
}
