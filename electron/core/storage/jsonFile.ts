import { mkdir, readFile, rename } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import { writeAtomically } from './atomicWrite'

export interface JsonFileOptions<T> {
  readonly path: string
  /** Of the content's shape. A file with a higher one was written by a newer application and is left alone. */
  readonly version: number
  /** Answers the content or throws when it is unusable. */
  readonly parse: (content: unknown) => T
  readonly defaults: () => T
  readonly now: () => number
  /** File mode; default 0o600. */
  readonly mode?: number
  /** Keep the previous version as `<path>.bak`; default true. */
  readonly keepsBackup?: boolean
}

interface Loaded<T> {
  readonly value: T
  /** What a person should know, e.g. that a damaged file was moved aside. */
  readonly notice: AppError | null
}

export interface JsonFile<T> {
  load(): Promise<Loaded<T>>
  save(value: T): Promise<Result<null>>
  /** Resolves when everything saved so far is on disk. */
  settled(): Promise<void>
}

type Reading<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'newer' }
  | { readonly kind: 'unreadable'; readonly reason: string }

interface Envelope {
  readonly version: number
  readonly content: unknown
}

/** A damaged file and the name it is kept under; null = it could not be moved. */
interface Casualty {
  readonly file: string
  readonly movedTo: string | null
}

const unmovedDetails = { backup: 'unmovedBackup', defaults: 'unmovedDefaults' } as const

/**
 * One JSON file `{version, content}`. Guarantees: a write is atomic and durable, writes happen one after the other, and
 * nothing a person had is overwritten unread: a damaged file is moved aside as `<name>.damaged-<time>.json` and the
 * backup takes its place; a file of a newer version or one that cannot be read, and a backup that would have to take its
 * place but is like that, stays as it is and saving is refused.
 */
export const createJsonFile = <T>(options: JsonFileOptions<T>): JsonFile<T> => {
  const { path, version, defaults, mode = 0o600, keepsBackup = true } = options
  const backup = `${path}.bak`
  const name = basename(path)
  let refusal: AppError | null = null
  let queue: Promise<unknown> = Promise.resolve()

  const write = async (value: T): Promise<Result<null>> => {
    if (refusal) return { ok: false, error: refusal }
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const text = `${JSON.stringify({ version, content: value }, null, 2)}\n`
      await writeAtomically({ path, text, mode, backup: keepsBackup ? backup : null })
      return ok(null)
    } catch (error) {
      const detail = messageOf(error)
      const cause = (error as NodeJS.ErrnoException).code ?? ''
      return fail('storageFailed', `${name} could not be written: ${detail}`, { values: { file: name, detail, cause } })
    }
  }
  const save = (value: T): Promise<Result<null>> => {
    const result = queue.then(() => write(value))
    queue = result
    return result
  }

  /** Null = it could not be moved, and saving is refused because it would overwrite it. */
  const moveAside = async (damaged: string): Promise<string | null> => {
    const stamp = new Date(options.now()).toISOString().replace(/[:.]/g, '-')
    const aside = `${damaged.replace(/\.json$/, '')}.damaged-${stamp}.json`
    const detail = await renameProblem(damaged, aside)
    if (detail === null) return basename(aside)
    const file = basename(damaged)
    const message = `${file} is damaged and could not be moved aside: ${detail}`
    refusal = fail('storageFailed', message, { values: { file, detail } }).error
    return null
  }
  const leaveAlone = (reason: AppError): Loaded<T> => {
    refusal = reason
    return { value: defaults(), notice: reason }
  }

  /** The main file is missing or damaged: the backup takes its place, or else the defaults do. */
  const recover = async (main: Casualty | null): Promise<Loaded<T>> => {
    const saved: Reading<T> = keepsBackup ? await read(backup, options) : { kind: 'missing' }
    switch (saved.kind) {
      case 'value':
        await save(saved.value)
        return { value: saved.value, notice: main ? damaged(main, 'backup') : missing(name) }
      case 'newer':
        return leaveAlone(newer(basename(backup)))
      case 'unreadable':
        return leaveAlone(unreadable(basename(backup), saved.reason))
      case 'damaged': {
        const casualty = { file: basename(backup), movedTo: await moveAside(backup) }
        return { value: defaults(), notice: damaged(main ?? casualty, 'defaults') }
      }
      case 'missing':
        return { value: defaults(), notice: main && damaged(main, 'defaults') }
    }
  }

  return {
    save,
    settled: async () => {
      await queue
    },
    load: async () => {
      const found = await read(path, options)
      switch (found.kind) {
        case 'value':
          return { value: found.value, notice: null }
        case 'newer':
          return leaveAlone(newer(name))
        case 'unreadable':
          return leaveAlone(unreadable(name, found.reason))
        case 'damaged':
          return recover({ file: name, movedTo: await moveAside(path) })
        case 'missing':
          return recover(null)
      }
    },
  }
}

const isEnvelope = (raw: unknown): raw is Envelope =>
  typeof raw === 'object' && raw !== null && 'content' in raw && 'version' in raw && Number.isInteger(raw.version)

const interpret = <T>(text: string, { version, parse }: JsonFileOptions<T>): Reading<T> => {
  try {
    const raw: unknown = JSON.parse(text)
    if (!isEnvelope(raw)) return { kind: 'damaged' }
    if (raw.version > version) return { kind: 'newer' }
    return { kind: 'value', value: parse(raw.content) }
  } catch {
    return { kind: 'damaged' }
  }
}

const read = async <T>(path: string, options: JsonFileOptions<T>): Promise<Reading<T>> => {
  try {
    return interpret(await readFile(path, 'utf8'), options)
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return missing ? { kind: 'missing' } : { kind: 'unreadable', reason: messageOf(error) }
  }
}

const damaged = ({ file, movedTo }: Casualty, source: 'backup' | 'defaults'): AppError => {
  const fate = movedTo === null ? 'could not be moved aside' : `is kept as ${movedTo}`
  return fail('storedFileDamaged', `${file} was damaged and ${fate}; the ${source} took its place.`, {
    values: { file, name: movedTo ?? file, detail: movedTo === null ? unmovedDetails[source] : source },
  }).error
}

const missing = (file: string): AppError =>
  fail('storedFileDamaged', `${file} was missing; the backup took its place.`, {
    values: { file, name: file, detail: 'missing' },
  }).error

const newer = (file: string) =>
  fail('storedFileNewer', `${file} was written by a newer version; it is left as it is.`, { values: { file } }).error

const unreadable = (file: string, detail: string) =>
  fail('fileUnreadable', `${file} could not be read: ${detail}`, { values: { name: file, detail } }).error

/** Null = done. */
const renameProblem = async (from: string, to: string): Promise<string | null> => {
  try {
    await rename(from, to)
    return null
  } catch (error) {
    return messageOf(error)
  }
}
