import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { flags } from '#shared/model/frame'
import type { RecorderStatus } from '#shared/model/recordings'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { RecordedMessage } from '#shared/recording/recordedMessage'
import { recordingWriter } from '#shared/recording/recordingFile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { MessageMarks, WireMessage } from '../broker/message/wireMessage'
import { markLineOf, type MarkLine } from './recordedMarks'
import { nanosecondsOf } from './recordedWire'

export interface RecorderParts {
  readonly connectionId: string
  /** As it stands in each message. */
  readonly connectionName: string
  readonly path: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly onChange: (status: RecorderStatus) => void
}

/** Writes the messages of a connection to a file, line by line, as they come and go. */
export interface Recorder {
  status(): RecorderStatus
  note(message: WireMessage, marks: MessageMarks): void
  mark(mark: MarkLine): void
  /** Resolves when everything is on disk. */
  end(why: NonNullable<RecorderStatus['end']>): Promise<void>
}

/** What the system has is there after our process has gone; it gets it so often. */
const writeEveryMs = 400
/** More than that waits for no timer. */
const writeAtBytes = 2 ** 20
/** What waits for a disk that is slow or full. */
const mostWaiting = 64 * 2 ** 20
const tryAgainMs = 2_000
const tellEveryMs = 500

/** Fails with `storageFailed` where the file cannot be written. What was in it is replaced. */
export const startRecorder = async (parts: RecorderParts): Promise<Result<Recorder>> => {
  try {
    const file = await open(parts.path, 'w')
    await file.writeFile(recordingWriter.begin())
    return ok(createRecorder(parts, file))
  } catch (error) {
    return fail('storageFailed', textOf(error), { values: { file: basename(parts.path), detail: textOf(error) } })
  }
}

const createRecorder = (parts: RecorderParts, file: FileHandle): Recorder => {
  const { connectionId, connectionName, now, onChange } = parts
  const name = basename(parts.path)
  const since = now()
  const begun = recordingWriter.begin().length
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let messages = 0
  let missed = 0
  let untoldGap = 0
  let written = begun
  let trouble: AppError | null = null
  let end: RecorderStatus['end'] = null
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> | null = null
  let toldAt = -Infinity

  const status = (): RecorderStatus => ({
    connectionId,
    file: name,
    since,
    messages,
    bytes: written + waitingBytes,
    missed,
    trouble,
    end,
  })
  const tell = () => {
    toldAt = performance.now()
    onChange(status())
  }
  const tellSoon = () => {
    if (performance.now() - toldAt >= tellEveryMs) tell()
  }
  const push = (bytes: Uint8Array) => {
    waiting.push(bytes)
    waitingBytes += bytes.length
    if (waitingBytes >= writeAtBytes && !trouble) void flush()
    else timer ??= setTimeout(() => void flush(), writeEveryMs)
  }
  const lineOf = (mark: MarkLine) => recordingWriter.mark?.(markLineOf(mark)) ?? new Uint8Array(0)
  const tellGap = () => {
    if (untoldGap === 0) return
    const gap = lineOf({ kind: 'event', name: 'gap', detail: String(untoldGap), time: now() })
    untoldGap = 0
    push(gap)
  }
  /** Writes what waits, from where the last try ended: a full disk takes a part of a line, and the rest when there is room. */
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
      } catch (error) {
        waiting.unshift(piece.subarray(at))
        const isNew = trouble === null
        trouble = fail('storageFailed', textOf(error), { values: { file: name, detail: textOf(error) } }).error
        if (isNew) tell()
        return
      }
    }
    tellGap()
  }
  const flush = async () => {
    if (timer) clearTimeout(timer)
    timer = null
    writing ??= writeAll().finally(() => (writing = null))
    await writing
    if (waiting.length > 0 && end === null)
      timer ??= setTimeout(() => void flush(), trouble ? tryAgainMs : writeEveryMs)
    tellSoon()
  }
  tell()

  return {
    status,
    note: (message, marks) => {
      if (end !== null || (marks.kind !== 'own' && marks.kind !== 'sent')) return
      if (waitingBytes > mostWaiting) {
        missed += 1
        untoldGap += 1
        return
      }
      messages += 1
      push(recordingWriter.message(recordedOf(message, connectionName)))
    },
    mark: (mark) => {
      if (end === null && waitingBytes <= mostWaiting) push(lineOf(mark))
    },
    end: async (why) => {
      if (end !== null) return
      end = why
      await flush()
      await flush()
      await file.sync().catch(() => undefined)
      await file.close().catch(() => undefined)
      tell()
    },
  }
}

const recordedOf = (message: WireMessage, connection: string): RecordedMessage => {
  const { source, start, payloadStart, end, flags: bits, topic, packetId } = message
  return {
    time: nanosecondsOf(message.time),
    topic: topic.text,
    payload: source.subarray(payloadStart, end),
    qos: qosOf(bits),
    retain: (bits & flags.retain) !== 0,
    dup: (bits & flags.dup) !== 0,
    direction: (bits & flags.outgoing) === 0 ? 'in' : 'out',
    connection,
    packetId: packetId === 0 ? null : packetId,
    properties: start === payloadStart ? {} : (decodePublishProperties(source.subarray(start, payloadStart)) ?? {}),
  }
}

const qosOf = (bits: number): 0 | 1 | 2 => {
  const qos = bits & flags.qosMask
  return qos === 1 || qos === 2 ? qos : 0
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
