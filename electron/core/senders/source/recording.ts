import { senderLimits, type RecordingFacts, type SenderData } from '#shared/model/sender'
import type { Qos } from '#shared/model/qos'
import { ok, type AppError, type Result } from '#shared/result'
import { openPieces, type PiecesParts } from './pieces'
import { createRecordedLines } from './recordedLines'
import type { RecordedMessage } from './recordedLine'
import { rowUnreadable } from './row'

/** When the messages of a recording came. */
export interface RecordedTimes {
  readonly count: number
  /** Milliseconds from the first to this one, which never goes back. */
  at(number: number): number
}

/** A recording as it was when it was read once from its beginning to its end. */
export interface Recording extends RecordingFacts {
  readonly times: RecordedTimes
  readonly topic: string
  /** The highest of its messages. */
  readonly qos: Qos
}

/** What of it is told elsewhere. */
export const factsOf = ({ messages, lasts, unreadable, unreadableCount }: Recording): RecordingFacts => ({
  messages,
  lasts,
  unreadable,
  unreadableCount,
})

/** So many lines that are no message are told, each with why. */
const mostTold = 100

/** Fails as reading its file does, and with `rowUnreadable` where no line is a message, or too many are. */
export const readRecording = async (
  data: SenderData,
  { payloadFiles }: Pick<PiecesParts, 'payloadFiles'>,
): Promise<Result<Recording>> => {
  const opened = await openPieces(data, { payloadFiles, takesAnyBytes: true })
  if (!opened.ok) return opened
  const pieces = opened.value
  const facts = createFacts()
  const lines = createRecordedLines(facts.noteUnreadable)
  let error: AppError | null = null
  for (let isLast = false; !isLast && !error;) {
    const piece = await pieces.next()
    if (!piece.ok) error = piece.error
    else {
      isLast = piece.value === null
      const read = lines.read(piece.value ?? '', isLast)
      error = read.error ?? facts.add(read.rows)
    }
  }
  await pieces.close()
  return error ? { ok: false, error } : facts.whole()
}

const createFacts = () => {
  const times: number[] = []
  const unreadable: AppError[] = []
  let unreadableCount = 0
  let first: RecordedMessage | null = null
  let qos: Qos = 0
  return {
    noteUnreadable: (error: AppError) => {
      unreadableCount += 1
      if (unreadable.length < mostTold) unreadable.push(error)
    },
    add: (messages: readonly RecordedMessage[]): AppError | null => {
      for (const message of messages) {
        first ??= message
        if (message.message.qos > qos) qos = message.message.qos
        times.push(Math.max(times.at(-1) ?? 0, message.at - first.at))
      }
      return times.length > senderLimits.recorded ? tooMany : null
    },
    whole: (): Result<Recording> => {
      if (!first) return unreadable[0] ? { ok: false, error: unreadable[0] } : rowUnreadable('noRows', { line: 1 })
      return ok({
        messages: times.length,
        lasts: times.at(-1) ?? 0,
        unreadable,
        unreadableCount,
        times: { count: times.length, at: (number) => times[number] ?? Infinity },
        topic: first.message.topic,
        qos,
      })
    },
  }
}

const tooMany = rowUnreadable('tooMany', { line: senderLimits.recorded, detail: String(senderLimits.recorded) }).error
