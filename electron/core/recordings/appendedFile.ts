import type { FileHandle } from 'node:fs/promises'
import { fail, type AppError } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'

export interface AppendedFileParts {
  readonly file: FileHandle
  /** As a failure names it. */
  readonly name: string
  /** What waited was written; more may have come meanwhile. */
  readonly onWritten: () => void
  /** Nothing can be written any more for now. */
  readonly onTrouble: () => void
}

/** A file that grows: what is given to it is written soon, and what a disk does not take waits. */
export interface AppendedFile {
  push(bytes: Uint8Array): void
  /** Written and waiting. */
  bytes(): number
  waitingBytes(): number
  /** Why nothing can be written now; it is tried again. */
  trouble(): AppError | null
  /** Writes what waits and closes it; what the disk did not take by then is still waiting. */
  close(): Promise<void>
}

/** What the system has is there after our process has gone; it gets it so often. */
const writeEveryMs = 400
/** More than that waits for no timer. */
const writeAtBytes = 2 ** 20
const tryAgainMs = 2_000

export const createAppendedFile = ({ file, name, onWritten, onTrouble }: AppendedFileParts): AppendedFile => {
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let written = 0
  let trouble: AppError | null = null
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> | null = null
  let isClosing = false

  /** From where the last try ended: a full disk takes a part of a line, and the rest when there is room. */
  const writeAll = async () => {
    while (waiting.length > 0) {
      const piece = Buffer.concat(waiting)
      waiting = []
      let at = 0
      try {
        while (at < piece.length) {
          const { bytesWritten } = await file.write(piece, at, piece.length - at)
          at += bytesWritten
          written += bytesWritten
          waitingBytes -= bytesWritten
        }
        trouble = null
        onWritten()
      } catch (error) {
        waiting.unshift(piece.subarray(at))
        const isNew = trouble === null
        const detail = messageOf(error)
        trouble = fail('storageFailed', detail, { values: { file: name, detail } }).error
        if (isNew) onTrouble()
        return
      }
    }
  }
  const flushIn = (milliseconds: number) => {
    timer ??= setTimeout(() => void flush(), milliseconds)
  }
  const flush = async () => {
    if (timer) clearTimeout(timer)
    timer = null
    writing ??= writeAll().finally(() => (writing = null))
    await writing
    if (waiting.length > 0 && !isClosing) flushIn(trouble ? tryAgainMs : writeEveryMs)
  }
  return {
    push: (bytes) => {
      waiting.push(bytes)
      waitingBytes += bytes.length
      if (waitingBytes >= writeAtBytes && !trouble) void flush()
      else flushIn(writeEveryMs)
    },
    bytes: () => written + waitingBytes,
    waitingBytes: () => waitingBytes,
    trouble: () => trouble,
    close: async () => {
      isClosing = true
      // One that is under way has not what came since it began.
      await flush()
      await flush()
      await file.sync().catch(() => undefined)
      await file.close().catch(() => undefined)
    },
  }
}
