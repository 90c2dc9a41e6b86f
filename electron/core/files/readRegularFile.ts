import { constants, type Stats } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename } from 'node:path'
import { fail, ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'

export interface RegularFile {
  /** The last part of the path. */
  readonly name: string
  readonly bytes: Buffer
  /** Milliseconds since 1970. */
  readonly modifiedAt: number
}

/** What a file is before it is read. */
export type FoundFile = Pick<RegularFile, 'name' | 'modifiedAt'> & { readonly size: number }

export interface ReadLimits {
  readonly limitBytes: number
  readonly signal?: AbortSignal | undefined
}

/** What a file is that is no regular one: the cases of the sentence for `fileNotRegular`. */
type OtherKind = 'folder' | 'pipe' | 'device' | 'socket'

// Without it, to open a pipe waits until somebody writes to it. Windows knows no such flag and needs none.
const openFlags = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0)
const firstBytes = 2 ** 16

interface OpenedFile extends FoundFile {
  readonly file: FileHandle
}
type Use<T> = (opened: OpenedFile, limits: ReadLimits) => Promise<Result<T>>

/**
 * All bytes of a regular file, which may be empty; links are followed and a leading `~` is the person's folder. Nothing
 * else is opened, so that no pipe stops the application and no device fills its memory. Once `signal` is aborted it
 * answers at once. Fails with `fileMissing`, `fileNotRegular` (`detail`: an `OtherKind`), `fileTooLarge`,
 * `fileNotPermitted`, `fileUnreadable` or `cancelled`.
 */
export const readRegularFile = (given: string, limits: ReadLimits): Promise<Result<RegularFile>> => {
  const path = expandHome(given)
  return unlessAborted(path, limits.signal, () => withOpened(path, limits, readAll))
}

/** Whether a file could be read now, and how large it is. Fails as `readRegularFile` does. */
export const findRegularFile = (given: string, limits: ReadLimits): Promise<Result<FoundFile>> => {
  const path = expandHome(given)
  return unlessAborted(path, limits.signal, () => withOpened(path, limits, lookAt))
}

/** A regular file that is open. */
export interface OpenedFileReader {
  /** At most so many bytes from a place on; none = that is its end. Fails as reading it does. */
  read(at: number, most: number): Promise<Result<Buffer>>
  close(): Promise<void>
}

/** Opens a file that is read piece by piece, however large it is. Fails as `readRegularFile` does, and then nothing is open. */
export const openRegularFile = (given: string, signal?: AbortSignal): Promise<Result<OpenedFileReader>> => {
  const path = expandHome(given)
  return unlessAborted(path, signal, async () => {
    const name = basename(path)
    try {
      const problem = problemOf(name, await stat(path), Infinity)
      if (problem) return problem
      const file = await open(path, openFlags)
      const change = problemOf(name, await file.stat(), Infinity)
      if (!change) return ok(readerOf(name, file))
      await file.close()
      return change
    } catch (error) {
      return failureOf(name, error)
    }
  })
}

const readerOf = (name: string, file: FileHandle): OpenedFileReader => ({
  read: async (at, most) => {
    try {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(most), 0, most, at)
      return ok(buffer.subarray(0, bytesRead))
    } catch (error) {
      return failureOf(name, error)
    }
  },
  close: () => file.close(),
})

/** `~` and `~/…` as a shell reads them; `~name`, another person's folder, stays as it is. */
export const expandHome = (path: string, home: string = homedir()): string =>
  path === '~' || /^~[/\\]/.test(path) ? home + path.slice(1) : path

const kindOf = (found: Stats): OtherKind | null => {
  if (found.isFile()) return null
  if (found.isDirectory()) return 'folder'
  if (found.isFIFO()) return 'pipe'
  return found.isSocket() ? 'socket' : 'device'
}

const tooLarge = (name: string, size: number, limit: number) =>
  fail('fileTooLarge', `${name} has ${size} bytes; the limit is ${limit}.`, { values: { name, size, limit } })

/** What is wrong with a file before a byte of it is read; null = nothing. */
const problemOf = (name: string, found: Stats, limit: number) => {
  const kind = kindOf(found)
  if (kind) return fail('fileNotRegular', `${name} is a ${kind}.`, { values: { name, detail: kind } })
  return found.size > limit ? tooLarge(name, found.size, limit) : null
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

/** Used in place of the system's message, which names system calls and the whole path. */
const failureOf = (name: string, error: unknown) => {
  const values = { name, detail: messageOf(error) }
  switch (codeOf(error)) {
    case 'ENOENT':
    // A part of the path is a file.
    case 'ENOTDIR':
      return fail('fileMissing', `${name} is not there.`, { values })
    case 'EACCES':
    case 'EPERM':
      return fail('fileNotPermitted', `${name} may not be read.`, { values })
    default:
      return fail('fileUnreadable', `${name} could not be read: ${values.detail}`, { values })
  }
}

/** Reads on to the end whatever the size was said to be: a file may grow meanwhile, and one of /proc says 0. */
const readToEnd = async (file: FileHandle, size: number, { limitBytes, signal }: ReadLimits) => {
  let buffer = Buffer.allocUnsafe(Math.min(limitBytes, Math.max(size, firstBytes)) + 1)
  let length = 0
  while (signal?.aborted !== true) {
    const { bytesRead } = await file.read(buffer, length, Math.min(buffer.length - length, 2 ** 20), length)
    if (bytesRead === 0) break
    length += bytesRead
    if (length > limitBytes) break
    if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(2 * buffer.length, limitBytes + 1))
  }
  return buffer.subarray(0, length)
}

const lookAt: Use<FoundFile> = ({ name, size, modifiedAt }) => Promise.resolve(ok({ name, size, modifiedAt }))

const readAll: Use<RegularFile> = async ({ file, name, size, modifiedAt }, limits) => {
  const bytes = await readToEnd(file, size, limits)
  return bytes.length > limits.limitBytes
    ? tooLarge(name, bytes.length, limits.limitBytes)
    : ok({ name, bytes, modifiedAt })
}

const withOpened = async <T>(path: string, limits: ReadLimits, use: Use<T>): Promise<Result<T>> => {
  const name = basename(path)
  try {
    // Asked before it is opened: to open some devices does something already.
    const problem = problemOf(name, await stat(path), limits.limitBytes)
    if (problem) return problem
    const file = await open(path, openFlags)
    try {
      // And again of what is open: the path may lead to something else by now.
      const found = await file.stat()
      const change = problemOf(name, found, limits.limitBytes)
      return change ?? (await use({ file, name, size: found.size, modifiedAt: found.mtimeMs }, limits))
    } finally {
      await file.close()
    }
  } catch (error) {
    return failureOf(name, error)
  }
}

const cancelled = (path: string) => fail('cancelled', `Reading ${basename(path)} was given up.`)

/** The answer of `work`, or at once that it was given up: the system may not answer (a network drive that is away). */
const unlessAborted = async <T>(path: string, signal: AbortSignal | undefined, work: () => Promise<Result<T>>) => {
  if (!signal) return work()
  if (signal.aborted) return cancelled(path)
  let stop = (): void => undefined
  const aborted = new Promise<Result<T>>((resolve) => {
    stop = () => resolve(cancelled(path))
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work(), aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
