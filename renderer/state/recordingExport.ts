import type { RecordingExportPlan, RecordingExportProgress } from '#shared/model/recordings'
import type { Result } from '#shared/result'
import type { Connection } from './app'
import type { ExportChoice } from './exportedRows'
import type { ExportPlan, ExportRun } from './exportPlan'
import { isRecording, recordingsState } from './recordings'

/** How messages of a recording are read for an export. */
export interface FileExport {
  /** How many are meant; null = it is known when they are written. */
  readonly messages: number | null
  /** Whether all of it is in the log, where payloads can be decoded. */
  readonly isInLog: boolean
}

/**
 * Of a recording, what is meant by topics or by all is read from its file: the log may have room for its end only, and has no events.
 * Null = the log is read.
 */
export const fileExportOf = (connection: Connection, choice: ExportChoice): FileExport | null => {
  const { app, id, model } = connection
  if (!isRecording(app, id) || (choice.kind !== 'all' && choice.kind !== 'topics')) return null
  const opened = app.get(recordingsState).opened.get(id)
  if (!opened) return null
  const isWhole = opened.phase === 'whole'
  return {
    messages: choice.kind === 'all' && isWhole ? opened.messages : null,
    isInLog: isWhole && model.log.evictedCount() === 0,
  }
}

/** Whether main writes it; what payloads were decoded to is known here alone. */
export const isWrittenFromFile = (connection: Connection, { choice, decoded }: ExportPlan): boolean => {
  const file = fileExportOf(connection, choice)
  return file !== null && !(decoded && file.isInLog)
}

/** Answers what became of it; null = nobody chose a file. */
export const exportFromFile = async (
  { app, id }: Connection,
  plan: Pick<RecordingExportPlan, 'suggestedName' | 'format' | 'template'> & { readonly choice: ExportChoice },
  written: () => number,
): Promise<ExportRun | null> => {
  const { suggestedName, format, template, choice } = plan
  const answer = await app.api.invoke('openedRecording.export', {
    connectionId: id,
    suggestedName,
    format,
    template,
    filter: choice.kind === 'topics' ? choice.filter : null,
  })
  return runAfter(answer, written())
}

const runAfter = (
  answer: Result<{ readonly written: number; readonly path: string | null } | null>,
  written: number,
): ExportRun | null => {
  if (!answer.ok) return { phase: 'failed', written, error: answer.error }
  if (!answer.value) return null
  const { path, written: count } = answer.value
  return path === null ? { phase: 'cancelled', written: count } : { phase: 'done', written: count, heads: 0, path }
}

export const runningOf = ({ written, read, total }: RecordingExportProgress): ExportRun => ({
  phase: 'running',
  written,
  looked: read,
  rows: total,
})
