import { exportedMessages, type MessagesOrder } from './exportedMessages'
import { exportSteps } from './exportSteps'
import {
  createExportThread,
  type ExportAnswer,
  type ExportRequest,
  type ExportThread,
  type Looked,
} from './exportThread'
import { messageOf } from '#shared/text/messageOf'
import type { WrittenMessage } from '#shared/recording/recordingWriter'

/** What the thread does, wherever it runs: one answer to each request. */
export const createExportAnswers = (): ((request: ExportRequest) => ExportAnswer) => {
  let steps: ReturnType<typeof exportSteps> | null = null
  const answer = (request: ExportRequest): ExportAnswer => {
    if (request.kind === 'look') return { kind: 'looked', looked: look(request.order) }
    if (request.kind === 'begin') steps = exportSteps(request.order)
    const next = steps?.next(request.kind === 'next' ? request.payload : null)
    if (!next || next.done) throw new Error('There is no such export.')
    return { kind: 'step', step: next.value }
  }
  return (request) => {
    try {
      return answer(request)
    } catch (error) {
      return { kind: 'failed', message: messageOf(error) }
    }
  }
}

const look = (order: MessagesOrder): Looked => {
  let count = 0
  let first: WrittenMessage | null = null
  for (const { found } of exportedMessages(order)) {
    first ??= found[0]?.read(null) ?? null
    count += found.length
  }
  return { count, first }
}

/** On the caller's thread. */
export const createLocalExportThread = (): ExportThread => {
  const answer = createExportAnswers()
  return createExportThread(
    (request) => Promise.resolve().then(() => answer(request)),
    () => undefined,
  )
}
