import type { AppError } from '#shared/result'
import type { ConnectionStateParts } from '../../../state/app'
import { composerRequestState, type Composed, type ComposerRequest } from '../../../state/composerRequest'
import type { SendState } from '../sending/sending'
import { emptyDraft, type Draft } from './draft'

export interface Drafting {
  /** What stands in the composer. */
  readonly draft: Draft
  changeDraft(change: Partial<Composed>): void
  /** The system's dialog; the file then stands in for the editor's text, and is read when it is sent. */
  choosePayloadFile(): Promise<AppError | null>
  removePayloadFile(): void
}

/** What drafting reads and changes of the composer's state. */
interface Drafted {
  readonly draft: Draft
  readonly sends: SendState
}

/** The draft, which a person types and other parts of the window ask for. */
export const createDrafting = <State extends Drafted>(parts: ConnectionStateParts<State>): Drafting => {
  const { owner: connection, get } = parts
  const put = (change: Partial<Draft>) => {
    const { draft, sends } = get()
    // What became of another message says nothing about this one.
    const changed: Drafted = {
      draft: { ...draft, ...change },
      sends: sends.latest ? { ...sends, latest: null } : sends,
    }
    parts.set(changed as Partial<State>)
  }
  connection.watch(composerRequestState, ({ request }) => {
    if (request) put(draftAfter(request, get().draft))
  })
  // One that was made before anybody looked at the composer.
  const { request } = connection.get(composerRequestState)

  return {
    draft: request ? draftAfter(request, emptyDraft) : emptyDraft,

    changeDraft: (change) => put({ message: { ...get().draft.message, ...change } }),

    choosePayloadFile: async () => {
      const result = await connection.app.api.invoke('payloadFile.choose', undefined)
      if (!result.ok) return result.error
      if (result.value) put({ file: result.value })
      return null
    },

    removePayloadFile: () => put({ file: null }),
  }
}

const draftAfter = (request: ComposerRequest, { message, file }: Draft): Draft =>
  request.kind === 'topic'
    ? { message: { ...message, topic: request.topic }, file }
    : { message: request.message, file: request.file }
