import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { fail, ok, type Result } from '#shared/result'

/** A password has at most 65,535 bytes (MQTT 5 §1.5.6); the file may end with a line break. */
const maximumPasswordBytes = 65_535
const maximumFileBytes = 65_536

const onWindows = process.platform === 'win32'

/** The text of a small regular file without one line break at its end. Fails with `fileUnreadable`; never waits. */
export const readPasswordFile = (path: string): Result<string> => {
  let descriptor: number | null = null
  try {
    descriptor = openedWithoutWaiting(path)
    const stat = fstatSync(descriptor)
    if (!stat.isFile()) return unreadable(path, 'it is not a file')
    if (stat.size > maximumFileBytes) return unreadable(path, `it has ${stat.size} bytes, more than any password`)
    return passwordIn(path, readAll(descriptor, stat.size))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    return unreadable(path, code === 'ENOENT' ? 'there is no such file' : `it could not be read (${code ?? 'unknown'})`)
  } finally {
    if (descriptor !== null) closeSync(descriptor)
  }
}

/**
 * The password that does not stand in the address: what the file holds, else the environment's, else null. The variable is
 * gone afterwards, so that no process started from here inherits it.
 */
export const takePassword = (file: string | undefined, environment: NodeJS.ProcessEnv): Result<string | null> => {
  const given = environment['TOPICSCOPE_PASSWORD']
  delete environment['TOPICSCOPE_PASSWORD']
  if (file !== undefined) return readPasswordFile(file)
  return ok(given === undefined || given === '' ? null : given)
}

const unreadable = (path: string, reason: string) => fail('fileUnreadable', `--password-file ${path}: ${reason}`)

/** Never waits: opening a pipe that nobody writes to would hold the start up. */
const openedWithoutWaiting = (path: string) =>
  openSync(path, onWindows ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK)

const readAll = (descriptor: number, size: number): Buffer => {
  const bytes = Buffer.alloc(size)
  let length = 0
  for (;;) {
    const read = readSync(descriptor, bytes, length, size - length, null)
    length += read
    if (read === 0 || length === size) return bytes.subarray(0, length)
  }
}

const decode = (bytes: Buffer): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const passwordIn = (path: string, bytes: Buffer): Result<string> => {
  const text = decode(bytes)
  if (text === null) return unreadable(path, 'it is not text in UTF-8')
  const password = text.replace(/\r?\n$/, '')
  if (password === '') return unreadable(path, 'it is empty')
  if (Buffer.byteLength(password) > maximumPasswordBytes) return unreadable(path, 'a password has at most 65,535 bytes')
  return ok(password)
}
