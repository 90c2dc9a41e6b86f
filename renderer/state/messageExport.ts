import type { RecordingExportProgress } from '#shared/model/recordings'
import { ok, type Result } from '#shared/result'
import { rulesOf } from '#shared/model/ruleOrder'
import { messageOf } from '#shared/text/messageOf'
import type { MessagesOrder } from '../model/logExport/exportedMessages'
import { extensionOf } from '#shared/recording/exportFormat'
import type { ExportStep } from '../model/logExport/exportSteps'
import { defineConnectionState, type Connection } from './app'
import { dialogsState, selectDialog } from './dialogs'
import { exportedRowsOf } from './exportedRows'
import type { ExportPlan, ExportRun } from './exportPlan'
import { noticesState } from './notices'
import { payloadRulesState } from './payloadRules'
import { profilesState, selectEntry } from './profiles'
import { logRulesOf } from './searchRules'
import { exportFromFile, isWrittenFromFile, runningOf } from './recordingExport'
import { readWholePayload } from './wholePayload'

export interface MessageExportState {
  /** The one that runs, or the last one; null = there was none since somebody looked. */
  readonly run: ExportRun | null
  /** Asks where to, and writes there piece by piece. What is not wanted any more, or cannot be written, leaves nothing behind. */
  start(plan: ExportPlan): Promise<void>
  cancel(): void
  /** How far one is that main writes. */
  receiveProgress(progress: RecordingExportProgress): void
  /** What became of the last one was seen. */
  forget(): void
}

export const messageExportState = defineConnectionState<MessageExportState>('messageExport', ({ owner, get, set }) => {
  let ending = new AbortController()
  let isInMain = false
  owner.gone.addEventListener('abort', () => ending.abort())
  const start = async (plan: ExportPlan) => {
    if (get().run?.phase === 'running') return
    set({ run: null })
    if (isWrittenFromFile(owner, plan)) {
      isInMain = true
      const run = await exportFromFile(
        owner,
        { ...plan, suggestedName: suggestedNameOf(owner, plan) },
        () => get().run?.written ?? 0,
      )
      isInMain = false
      set({ run })
      if (run && !isDialogOpen(owner)) tellEnd(owner, run)
      return
    }
    const begun = await beginFile(owner, plan)
    if (begun.ok && begun.value === null) return
    if (!begun.ok) {
      set({ run: { phase: 'failed', written: 0, error: begun.error } })
      return
    }
    ending = new AbortController()
    const { signal } = ending
    const run = await writeMessages(owner, plan, {
      fileToken: begun.value ?? '',
      signal,
      tell: (running) => set({ run: running }),
    })
    set({ run })
    if (!isDialogOpen(owner)) tellEnd(owner, run)
  }
  return {
    run: null,
    start,
    cancel: () => {
      ending.abort()
      if (isInMain) void owner.app.api.invoke('openedRecording.cancelExport', { connectionId: owner.id })
    },
    receiveProgress: (progress) => {
      if (isInMain) set({ run: runningOf(progress) })
    },
    forget: () => {
      if (get().run?.phase !== 'running') set({ run: null })
    },
  }
})

/** What the thread is told of the messages; their memory is let go when it is done. */
export const messagesOrder = (
  connection: Connection,
  { choice, decoded }: Pick<ExportPlan, 'choice' | 'decoded'>,
): { readonly order: MessagesOrder; letGo(): void } => {
  const { rules, schemas } = connection.app.get(payloadRulesState)
  const { log, letGo } = connection.model.snapshot()
  const order: MessagesOrder = {
    log,
    rows: exportedRowsOf(connection, choice),
    rules: logRulesOf({ rules: rulesOf(rules, connection.id), schemas }),
    decoded,
    connection: nameOf(connection),
  }
  return { order, letGo }
}

const nameOf = ({ app, id }: Connection): string => selectEntry(id)(app.get(profilesState))?.profile.name || 'messages'

const beginFile = (connection: Connection, { format }: ExportPlan): Promise<Result<string | null>> => {
  const { api } = connection.app
  const suggestedName = suggestedNameOf(connection, { format })
  return format === 'raw' ? api.invoke('folder.begin', { suggestedName }) : api.invoke('file.begin', { suggestedName })
}

const suggestedNameOf = (connection: Connection, { format }: Pick<ExportPlan, 'format'>): string => {
  const stem = `${nameOf(connection).slice(0, 150)} ${stamp(Date.now())}`
  return format === 'raw' ? stem : `${stem}.${extensionOf[format]}`
}

/** Such as `2026-11-30 14-05-09`: no file system minds it. */
const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-')

interface Writing {
  readonly fileToken: string
  readonly signal: AbortSignal
  tell(running: Extract<ExportRun, { phase: 'running' }>): void
}

const writeMessages = async (connection: Connection, plan: ExportPlan, writing: Writing): Promise<ExportRun> => {
  const { api } = connection.app
  const { fileToken } = writing
  const { order, letGo } = messagesOrder(connection, plan)
  const thread = connection.app.startExportThread()
  const stop = () => thread.end()
  writing.signal.addEventListener('abort', stop)
  const counted = { written: 0, heads: 0 }
  try {
    const { log } = connection.model
    const whole = async (row: number) => {
      const found = log.rowAt(row)
      return found?.kind === 'message' ? readWholePayload(connection, found.message, writing.signal) : null
    }
    const rows = order.rows.ranges.reduce((sum, [from, end]) => sum + end - from, 0)
    writing.tell({ phase: 'running', written: 0, looked: 0, rows })
    const first = thread.begin({ ...order, format: plan.format, template: plan.template })
    const written = await writeSteps(first, {
      next: (payload) => thread.next(payload),
      whole,
      append: (step) => append(connection, fileToken, step),
      advance: ({ written: count, heads, looked }, isOnDisk) => {
        if (isOnDisk) Object.assign(counted, { written: count, heads })
        writing.tell({ phase: 'running', written: counted.written, looked, rows })
      },
      signal: writing.signal,
    })
    const finished = written.ok && written.value ? await api.invoke('file.finish', { fileToken }) : written
    if (!finished.ok) {
      await api.invoke('file.abandon', { fileToken })
      return { phase: 'failed', written: counted.written, error: finished.error }
    }
    if (typeof finished.value === 'string') return { phase: 'done', ...counted, path: finished.value }
    await api.invoke('file.abandon', { fileToken })
    return { phase: 'cancelled', written: counted.written }
  } catch (error) {
    await api.invoke('file.abandon', { fileToken })
    const message = messageOf(error)
    return { phase: 'failed', written: counted.written, error: { code: 'internal', message } }
  } finally {
    writing.signal.removeEventListener('abort', stop)
    thread.end()
    letGo()
  }
}

type Piece = Extract<ExportStep, { kind: 'bytes' | 'files' | 'done' }>

interface StepsWriting {
  next(payload: Uint8Array | null): Promise<ExportStep>
  whole(row: number): Promise<Uint8Array | null>
  append(step: Piece): Promise<Result<null>>
  advance(step: Piece, isOnDisk: boolean): void
  readonly signal: AbortSignal
}

/** While one piece is on its way to the disk the next one is made, and no more. Answers whether it went on to the end. */
const writeSteps = async (first: Promise<ExportStep>, writing: StepsWriting): Promise<Result<boolean>> => {
  const gone = new Promise<null>((resolve) => writing.signal.addEventListener('abort', () => resolve(null)))
  const unlessGone = (step: Promise<ExportStep>) => (writing.signal.aborted ? null : Promise.race([step, gone]))
  for (let step = await unlessGone(first); step;) {
    if (step.kind === 'needs') {
      const payload = await writing.whole(step.row)
      step = await unlessGone(writing.next(payload))
      continue
    }
    if (step.kind === 'done') {
      writing.advance(step, true)
      return ok(true)
    }
    const following = writing.next(null)
    // Where the disk refuses, nobody waits for it.
    following.catch(() => undefined)
    const appended = await writing.append(step)
    if (!appended.ok) return appended
    writing.advance(step, step.kind === 'files' || step.bytes.length > 0)
    step = await unlessGone(following)
  }
  return ok(false)
}

const append = ({ app: { api } }: Connection, fileToken: string, step: Piece): Promise<Result<null>> => {
  if (step.kind === 'files') {
    const { files, manifest } = step
    return api.invoke('folder.append', { fileToken, files: [...files], manifest })
  }
  if (step.kind === 'done' || step.bytes.length === 0) return Promise.resolve(ok(null))
  return api.invoke('file.append', { fileToken, bytes: step.bytes })
}

const isDialogOpen = ({ app }: Connection): boolean => selectDialog('exportMessages')(app.get(dialogsState)) !== null

/** Where nobody looks at the dialog, a notice says it. */
const tellEnd = ({ app }: Connection, run: ExportRun) => {
  const notices = app.get(noticesState)
  if (run.phase === 'failed') notices.showError(run.error)
  if (run.phase === 'done') {
    const { written, heads } = run
    notices.show({ text: { key: 'messageExport.done', values: { messages: written, heads } } })
  }
}
