import { constants, type Stats } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { fail, ok, type Result } from '#shared/result'
import { expandHome } from './expandHome'

export interface RegularFile {
  /** The last part of the path. */
  readonly name: string
  readonly bytes: Buffer
  /** Milliseconds since 1970. */
  readonly modifiedAt: number
}

export interface ReadLimits {
  readonly limitBytes: number
  readonly signal?: AbortSignal | undefined
}

/** What a file is that cannot be read to its end: the cases of the sentence for `fileNotRegular`. */
export type OtherKind = 'folder' | 'pipe' | 'device' | 'socket'

// Without it, to open a pipe waits until somebody writes to it. Windows knows no such flag and needs none.
const openFlags = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0)
const firstBytes = 2 ** 16

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

/** In place of what the system says: its words name its calls and the whole path. */
const failureOf = (name: string, error: unknown) => {
  const values = { name, detail: error instanceof Error ? error.message : String(error) }
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

const readOpened = async (file: FileHandle, name: string, limits: ReadLimits): Promise<Result<RegularFile>> => {
  // Asked again of what is open: the path may lead to something else by now.
  const found = await file.stat()
  const problem = problemOf(name, found, limits.limitBytes)
  if (problem) return problem
  const bytes = await readToEnd(file, found.size, limits)
  if (bytes.length > limits.limitBytes) return tooLarge(name, bytes.length, limits.limitBytes)
  return ok({ name, bytes, modifiedAt: found.mtimeMs })
}

const read = async (path: string, limits: ReadLimits): Promise<Result<RegularFile>> => {
  const name = basename(path)
  try {
    // Asked before it is opened: to open some devices does something already.
    const problem = problemOf(name, await stat(path), limits.limitBytes)
    if (problem) return problem
    const file = await open(path, openFlags)
    try {
      return await readOpened(file, name, limits)
    } finally {
      await file.close()
    }
  } catch (error) {
    return failureOf(name, error)
  }
}

const cancelled = (path: string) => fail('cancelled', `Reading ${basename(path)} was given up.`)

/**
 * All bytes of a regular file, which may be empty; links are followed and a leading `~` is the person's folder. Nothing
 * else is opened, so that no pipe stops the application and no device fills its memory. Once `signal` is aborted it
 * answers at once, also where the system does not (a network drive that is away). Fails with `fileMissing`,
 * `fileNotRegular` (`detail`: an `OtherKind`), `fileTooLarge`, `fileNotPermitted`, `fileUnreadable` or `cancelled`.
 */
export const readRegularFile = async (given: string, limits: ReadLimits): Promise<Result<RegularFile>> => {
  const path = expandHome(given)
  const { signal } = limits
  if (!signal) return read(path, limits)
  if (signal.aborted) return cancelled(path)
  let stop = (): void => undefined
  const aborted = new Promise<Result<RegularFile>>((resolve) => {
    stop = () => resolve(cancelled(path))
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([read(path, limits), aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
