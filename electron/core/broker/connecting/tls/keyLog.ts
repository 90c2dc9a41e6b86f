import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import type { TLSSocket } from 'node:tls'
import { fail, ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'

/** Writes the secrets of sessions into a file that Wireshark reads (NSS key log format, as SSLKEYLOGFILE names it). */
export interface KeyLog {
  /** Call before the handshake: each secret is told once. */
  follow(socket: TLSSocket): void
}

const noKeyLog: KeyLog = { follow: () => undefined }

/** What such a file begins with: a label and the client's random, or a comment. */
const keyLogLine = /^(?:#|[A-Z][A-Z0-9_]+ [0-9a-f]{64} )/

/**
 * Opens the file, which is only ever added to and which nobody else may read. '' = there is none. Fails with `tlsKeyLog`, also
 * where a file of another kind stands there.
 */
export const openKeyLog = (path: string): Result<KeyLog> => {
  if (path === '') return ok(noKeyLog)
  try {
    const file = openSync(path, 'a+', 0o600)
    const told = problemOf(file)
    if (told === null) return ok(writingTo(file))
    closeSync(file)
    return failed(path, told)
  } catch (error) {
    return failed(path, messageOf(error))
  }
}

const failed = (path: string, told: string) =>
  fail('tlsKeyLog', `The TLS keys cannot be written to ${path}: ${told}`, {
    field: 'tls.keyLogFile',
    values: { file: path, told },
  })

const problemOf = (file: number): string | null => {
  if (!fstatSync(file).isFile()) return 'no regular file'
  const head = Buffer.alloc(128)
  const length = readSync(file, head, 0, head.length, 0)
  return length === 0 || keyLogLine.test(head.toString('latin1', 0, length)) ? null : 'no key log'
}

const writingTo = (file: number): KeyLog => {
  let isOpen = true
  const close = () => {
    if (isOpen) closeSync(file)
    isOpen = false
  }
  return {
    follow: (socket) => {
      socket.on('keylog', (line: Buffer) => {
        // A connection must not end because the disk is full.
        try {
          if (isOpen) writeSync(file, line)
        } catch {
          close()
        }
      })
      socket.once('close', close)
    },
  }
}
