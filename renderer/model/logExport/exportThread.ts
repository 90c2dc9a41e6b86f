import type { MessagesOrder } from './exportedMessages'
import type { ExportOrder, ExportStep } from './exportSteps'
import type { WrittenMessage } from '#shared/recording/recordingWriter'

/** What is meant: how many messages, and the first of them. */
export interface Looked {
  readonly count: number
  /** As far as the log has it; null = there is none. */
  readonly first: WrittenMessage | null
}

/** Reads a log for one export, beside the page. */
export interface ExportThread {
  /** Fails where the thread does. */
  look(order: MessagesOrder): Promise<Looked>
  /** Fails where the thread does, e.g. because memory is short. */
  begin(order: ExportOrder): Promise<ExportStep>
  /** The step after the one before; `payload` answers a `needs`. */
  next(payload: Uint8Array | null): Promise<ExportStep>
  /** Ends it, whatever it does. */
  end(): void
}

export type ExportRequest =
  | { readonly kind: 'look'; readonly order: MessagesOrder }
  | { readonly kind: 'begin'; readonly order: ExportOrder }
  | { readonly kind: 'next'; readonly payload: Uint8Array | null }

export type ExportAnswer =
  | { readonly kind: 'looked'; readonly looked: Looked }
  | { readonly kind: 'step'; readonly step: ExportStep }
  | { readonly kind: 'failed'; readonly message: string }

/** The thread as its user sees it, over what carries requests there and answers back, one at a time. */
export const createExportThread = (ask: (request: ExportRequest) => Promise<ExportAnswer>, end: () => void) => {
  const stepAfter = async (request: ExportRequest): Promise<ExportStep> => {
    const answer = await ask(request)
    if (answer.kind !== 'step') throw new Error(answer.kind === 'failed' ? answer.message : 'Another answer.')
    return answer.step
  }
  const thread: ExportThread = {
    look: async (order) => {
      const answer = await ask({ kind: 'look', order })
      if (answer.kind !== 'looked') throw new Error(answer.kind === 'failed' ? answer.message : 'Another answer.')
      return answer.looked
    },
    begin: (order) => stepAfter({ kind: 'begin', order }),
    next: (payload) => stepAfter({ kind: 'next', payload }),
    end,
  }
  return thread
}
