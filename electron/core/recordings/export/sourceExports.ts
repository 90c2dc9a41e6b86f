import type { ProfileId } from '#shared/model/profile'
import type { RecordingExportEnd, RecordingExportPlan, RecordingExportProgress } from '#shared/model/recordings'
import { filterMatches, topicFilterProblem } from '#shared/mqtt/topicFilter'
import type { ExportPiece } from '#shared/recording/exportOutput'
import type { RecordingItem } from '#shared/recording/recordedMessage'
import { fail, ok, type Result } from '#shared/result'
import { messageOf } from '#shared/text/messageOf'
import type { FileWriting } from '../../files/fileWriting'
import type { MessageSource, ReadMessagesOptions } from '../messageSource'

export interface SourceExportsParts {
  readonly files: FileWriting
  /** Null = there is no such source. */
  readonly sourceOf: (id: ProfileId) => MessageSource | null
  readonly onProgress: (progress: RecordingExportProgress) => void
}

/** Messages that are written from where they stand, past the log and the window: as many as there are. At most one a source. */
export interface SourceExports {
  /** Answers when it is over; null = cancelled in the dialog. Fails as `openedRecording.export` does. */
  run(plan: RecordingExportPlan): Promise<Result<RecordingExportEnd | null>>
  cancel(id: ProfileId): void
  /** Cancels all. */
  close(): void
}

/** The window is told so often. */
const tellEveryMs = 250

export const createSourceExports = ({ files, sourceOf, onProgress }: SourceExportsParts): SourceExports => {
  const running = new Map<ProfileId, AbortController>()
  const run: SourceExports['run'] = async (plan) => {
    const { connectionId: id, filter, suggestedName, format } = plan
    if (filter !== null && topicFilterProblem(filter) !== null)
      return fail('topicFilterInvalid', `"${filter}" is no filter.`, { values: { filter } })
    if (running.has(id)) return fail('exportRuns', 'An export of this recording runs.')
    const source = sourceOf(id)
    if (!source) return fail('notFound', 'This recording is not open.')
    const ending = new AbortController()
    running.set(id, ending)
    try {
      const begun = await (format === 'raw' ? files.beginFolder(suggestedName) : files.begin(suggestedName))
      if (!begun.ok || begun.value === null) return begun.ok ? ok(null) : begun
      const writing = { plan, token: begun.value, files, source, signal: ending.signal, onProgress }
      return await exported(writing)
    } finally {
      running.delete(id)
      await source.close()
    }
  }
  return {
    run,
    cancel: (id) => running.get(id)?.abort(),
    close: () => {
      for (const ending of running.values()) ending.abort()
    },
  }
}

interface Writing {
  readonly plan: RecordingExportPlan
  readonly token: string
  readonly files: FileWriting
  readonly source: MessageSource
  readonly signal: AbortSignal
  readonly onProgress: (progress: RecordingExportProgress) => void
}

/** What is not wanted any more, or cannot be read or written, leaves nothing behind. */
const exported = async (writing: Writing): Promise<Result<RecordingExportEnd>> => {
  const { token, files, signal } = writing
  try {
    const written = await writeAll(writing)
    if (written.ok && !signal.aborted) {
      const finished = await files.finish(token)
      return finished.ok ? ok({ written: written.value, path: finished.value }) : finished
    }
    await files.abandon(token)
    return written.ok ? ok({ written: written.value, path: null }) : written
  } catch (thrown) {
    await files.abandon(token)
    const detail = messageOf(thrown)
    return fail('fileUnreadable', detail, { values: { name: '', detail } })
  }
}

/** Answers how many messages were written. */
const writeAll = async ({ plan, token, files, source, signal, onProgress }: Writing): Promise<Result<number>> => {
  const { connectionId, format, template, filter } = plan
  const { createExportOutput } = await import('#shared/recording/exportOutput')
  const output = createExportOutput({ format, template, decoded: false })
  const append = (pieces: readonly ExportPiece[]) => appended(files, token, pieces)
  let read = 0
  let taken = 0
  let written = 0
  let toldAt = -Infinity
  const take = (item: RecordingItem) => {
    if (item.kind === 'mark') output.mark(item.json)
    if (item.kind !== 'message') return
    read += 1
    if (filter !== null && !filterMatches(filter, item.message.topic)) return
    output.add(item.message)
    taken += 1
  }
  const tell = () => {
    toldAt = performance.now()
    onProgress({ connectionId, written, read, total: Math.max(read, source.summary.messages) })
  }
  tell()
  for await (const piece of itemsOf(source, { signal })) {
    for (const item of piece) {
      take(item)
      // The writer may hold messages back, but what is large goes out before the next one comes.
      const pieces = output.take(false)
      if (pieces.length === 0) continue
      const result = await append(pieces)
      if (!result.ok) return result
      written = taken
    }
    if (signal.aborted) return ok(written)
    if (performance.now() - toldAt >= tellEveryMs) tell()
  }
  if (signal.aborted) return ok(written)
  const result = await append(output.take(true))
  if (!result.ok) return result
  written = taken
  tell()
  return ok(written)
}

const itemsOf = (source: MessageSource, options: ReadMessagesOptions): AsyncIterable<readonly RecordingItem[]> =>
  source.readItems?.(options) ?? messageItems(source, options)

async function* messageItems(source: MessageSource, options: ReadMessagesOptions) {
  let number = 0
  for await (const piece of source.read(options))
    yield piece.map((message): RecordingItem => {
      number += 1
      return { kind: 'message', place: { unit: 'message', number }, message, notes: [] }
    })
}

const appended = async (files: FileWriting, token: string, pieces: readonly ExportPiece[]): Promise<Result<null>> => {
  for (const piece of pieces) {
    const result =
      piece.kind === 'bytes' ? await files.append(token, piece.bytes) : await files.appendFolder(token, piece)
    if (!result.ok) return result
  }
  return ok(null)
}
