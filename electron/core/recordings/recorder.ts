import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { flags } from '#shared/model/frame'
import type { RecorderStatus } from '#shared/model/recordings'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { RecordedMessage } from '#shared/recording/recordedMessage'
import { recorderHead, recordingEnd, recordingWriter } from '#shared/recording/recordingFile'
import { fail, ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import type { MessageMarks, WireMessage } from '../broker/message/wireMessage'
import { createAppendedFile } from './appendedFile'
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

/** What waits for a disk that is slow or full. */
const mostWaiting = 64 * 2 ** 20

/** Fails with `storageFailed` where the file cannot be written. What was in it is replaced. */
export const startRecorder = async (parts: RecorderParts): Promise<Result<Recorder>> => {
  try {
    const file = await open(parts.path, 'w')
    return ok(createRecorder(parts, file))
  } catch (error) {
    return fail('storageFailed', messageOf(error), { values: { file: basename(parts.path), detail: messageOf(error) } })
  }
}

const createRecorder = (parts: RecorderParts, handle: FileHandle): Recorder => {
  const { connectionId, connectionName, now, onChange } = parts
  const name = basename(parts.path)
  const since = now()
  let messages = 0
  let missed = 0
  /** Of those, what the file does not say yet. */
  let gap = 0
  let end: RecorderStatus['end'] = null
  /** Where in the file the messages end that are still waiting. */
  let ends: number[] = []

  const status = (): RecorderStatus => ({
    connectionId,
    file: name,
    since,
    messages,
    bytes: file.bytes(),
    missed,
    trouble: file.trouble(),
    end,
  })
  const tell = () => onChange(status())
  const file = createAppendedFile({
    file: handle,
    name,
    onWritten: () => {
      const onDisk = file.bytes() - file.waitingBytes()
      ends = ends.filter((at) => at > onDisk)
      if (gap > 0) file.push(lineOf({ kind: 'event', name: 'gap', detail: String(gap), time: now() }))
      gap = 0
      // Its end is told when the file is closed, and not before.
      if (end === null) tell()
    },
    onTrouble: () => (end === null ? tell() : undefined),
  })
  const hasRoom = () => file.waitingBytes() <= mostWaiting
  file.push(recorderHead)
  tell()

  return {
    status,
    note: (message, marks) => {
      if (end !== null || (marks.kind !== 'own' && marks.kind !== 'sent')) return
      if (hasRoom()) {
        messages += 1
        file.push(recordingWriter.message(recordedOf(message, connectionName)))
        ends.push(file.bytes())
        return
      }
      missed += 1
      gap += 1
    },
    mark: (mark) => {
      if (end === null && hasRoom()) file.push(lineOf(mark))
    },
    end: async (why) => {
      if (end !== null) return
      end = why
      if (hasRoom()) file.push(lineOf({ kind: 'event', name: recordingEnd, detail: why, time: now() }))
      await file.close()
      // What waited to the end is not there.
      const onDisk = file.bytes() - file.waitingBytes()
      const lost = ends.filter((at) => at > onDisk).length
      messages -= lost
      missed += lost
      tell()
    },
  }
}

const lineOf = (mark: MarkLine): Uint8Array => recordingWriter.mark?.(markLineOf(mark)) ?? new Uint8Array(0)

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
