import type { SenderPlan, SenderSource as PlanSource } from '#shared/model/sender'
import { fail, ok, type Result } from '#shared/result'
import { createRecordedLines } from './recordedLines'
import { readRecording } from './recording'
import { openReader } from './rowReader'
import type { SenderSource, SenderSourceParts } from './senderSource'

/**
 * The messages of a recording as they were. It is read twice: first for its times and for what of it is no message, and again
 * while it is sent, so that only some of it is in memory.
 */
export const openRecordedSource = async (
  { data, loops }: Extract<PlanSource, { kind: 'recording' }>,
  pace: SenderPlan['pace'],
  { payloadFiles, onRead }: Pick<SenderSourceParts, 'payloadFiles' | 'onRead'>,
): Promise<Result<SenderSource>> => {
  const read = await readRecording(data, { payloadFiles })
  if (!read.ok) return read
  const { times, topic, qos, unreadable, unreadableCount } = read.value
  const newParser = () => createRecordedLines(() => undefined)
  const opened = await openReader(data, newParser, { payloadFiles, takesAnyBytes: true, loops, onRead })
  if (!opened.ok) return opened
  const reader = opened.value
  let taken = 0
  return ok({
    topic,
    qos,
    recorded: times,
    leftOut: unreadable[0] ? linesLeftOut(unreadableCount, unreadable[0].values?.['line']) : null,
    total: () => (loops ? null : times.count),
    next: (number) => {
      for (;;) {
        const next = reader.next()
        if (next === 'notRead' || next === 'none') return next
        if (!next.ok) return next
        taken += 1
        // At its own times a message that is left out is not sent later in the place of the next one.
        if (pace.kind !== 'recorded' || taken > number) return ok(next.value.message)
      }
    },
    close: reader.close,
  })
}

const linesLeftOut = (count: number, line: string | number | undefined) =>
  fail('recordedLinesLeftOut', `${count} lines of the recording are no messages.`, {
    values: { count, line: line ?? 1 },
  }).error
