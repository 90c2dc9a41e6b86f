import type { Phrase } from '#shared/i18n/words'
import type { DraftOrigin } from '#shared/model/drafts'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { visibleName } from '#shared/text/visibleText'
import type { Connection, ConnectionStateParts } from '../../../state/app'
import {
  composerRequestState,
  type Composed,
  type ComposerRequest,
  type FilePayload,
} from '../../../state/composerRequest'
import { focusState } from '../../../state/focus'
import { noticesState } from '../../../state/notices'
import { sendersState } from '../../../state/senders'
import { isBlank, newDraft, type DraftTab } from '../composer/draft'
import type { SendState } from '../sending/sending'
import { draftsState, selectShown } from './draftsState'

export interface Drafting {
  /** Stands in the composer while the connection shows no draft of the list; the first change puts it there. */
  readonly spare: DraftTab
  showDraft(id: string): void
  addDraft(): void
  /** Names the one that is shown; '' = by its topic. */
  renameDraft(name: string): void
  /** What repeats it is stopped, and a notice brings it back. */
  closeDraft(id: string): void
  changeDraft(change: Partial<Composed>): void
  /** Milliseconds between its messages when it is repeated, as typed. */
  changeEvery(everyMs: string): void
  /** The system's dialog; the file then stands in for the editor's text, and is read when it is sent. */
  choosePayloadFile(): Promise<AppError | null>
  /** The file that was dropped onto the draft; where it has no path, what is in it. */
  dropPayloadFile(file: File): Promise<AppError | null>
  removePayloadFile(): void
  /** Says of the draft that is shown what it is now a change of; without words, the message it stands for. */
  setOrigin(origin: DraftOrigin | null, message?: Composed): void
}

type MessageRequest = Extract<ComposerRequest, { kind: 'message' }>

/** What drafting reads and changes of the composer's state. */
interface Drafted {
  readonly spare: DraftTab
  readonly sends: SendState
}

/** The draft in the composer, which a person types and other parts of the window ask for. */
export const createDrafting = <State extends Drafted>(parts: ConnectionStateParts<State>): Drafting => {
  const { owner: connection, get } = parts
  const { app } = connection
  const set = (change: Partial<Drafted>) => parts.set(change as Partial<State>)
  const shown = (): DraftTab => shownDraft(connection, get().spare)
  // What became of another message says nothing about this one.
  const forgetOutcome = () => {
    const { sends } = get()
    if (sends.latest) set({ sends: { ...sends, latest: null } })
  }
  const put = (draft: DraftTab) => {
    if (!app.get(draftsState).put(draft)) {
      app.get(noticesState).show({ text: { key: 'publish.drafts.full' } })
      return
    }
    if (draft.id === get().spare.id) set({ spare: newDraft() })
    app.get(draftsState).show(connection.id, draft.id)
  }
  const type = (draft: DraftTab, change: Partial<DraftTab>) => {
    put({ ...draft, ...change, isUntouched: false })
    forgetOutcome()
  }
  const takeFile = (id: string, result: Result<FilePayload | null>): AppError | null => {
    if (!result.ok) return result.error
    // Another tab may have come into view meanwhile.
    const draft = [...app.get(draftsState).all, get().spare].find((one) => one.id === id)
    if (result.value && draft) type(draft, { file: result.value, leftOut: null })
    return null
  }
  const take = (request: ComposerRequest) => {
    if (request.kind === 'topic') type(shown(), { message: { ...shown().message, topic: request.topic } })
    else {
      put(filledDraft(isReplaceable(connection, shown()) ? shown() : newDraft(), request))
      forgetOutcome()
    }
  }
  connection.watch(composerRequestState, ({ request }) => {
    if (request) take(request)
  })
  // One that was made before there was a composer. Not at once: what is drawn just now must not change meanwhile.
  const { request: earlier } = connection.get(composerRequestState)
  if (earlier) queueMicrotask(() => take(earlier))

  return {
    spare: newDraft(),

    showDraft: (id) => {
      app.get(draftsState).show(connection.id, id)
      forgetOutcome()
    },

    addDraft: () => {
      put(isBlank(shown()) ? shown() : newDraft())
      forgetOutcome()
      app.get(focusState).focus('publishTopic')
    },

    renameDraft: (name) => put({ ...shown(), name: name.trim() }),

    closeDraft: (id) => {
      const draft = app.get(draftsState).all.find((one) => one.id === id)
      for (const sender of app.get(sendersState).all)
        if (sender.senderId === id && sender.end === null) app.get(sendersState).stop(sender)
      const restore = app.get(draftsState).close(id)
      forgetOutcome()
      if (!draft || !restore || isBlank(draft)) return
      const text: Phrase = {
        key: 'publish.drafts.closed',
        values: { name: visibleName(draft.name || draft.message.topic) },
      }
      app.get(noticesState).show({ text, action: { label: { key: 'publish.undo' }, run: restore } })
    },

    changeDraft: (change) => {
      const draft = shown()
      const leftOut = change.payload === undefined ? draft.leftOut : null
      type(draft, { message: { ...draft.message, ...change }, leftOut })
    },

    changeEvery: (everyMs) => put({ ...shown(), everyMs }),

    choosePayloadFile: async () => {
      const { id } = shown()
      return takeFile(id, await app.api.invoke('payloadFile.choose', undefined))
    },

    dropPayloadFile: async (file) => {
      const { id } = shown()
      const result = await app.api.droppedFile()
      return takeFile(id, result.ok && !result.value ? await bytesIn(file) : result)
    },

    removePayloadFile: () => type(shown(), { file: null }),

    setOrigin: (origin, message = shown().message) => put({ ...shown(), origin, message }),
  }
}

/** Of a file without a path, e.g. one out of an archive: it cannot be read again. Larger ones are none that one types around. */
const mostDroppedBytes = 16 * 2 ** 20

const bytesIn = async (file: File): Promise<Result<FilePayload>> => {
  const values = { name: file.name, size: file.size, limit: mostDroppedBytes }
  if (file.size > mostDroppedBytes) return fail('fileTooLarge', 'The dropped file is too large.', { values })
  try {
    return ok({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
  } catch {
    return fail('fileUnreadable', 'The dropped file cannot be read.', { values })
  }
}

/** The draft that stands in the composer of a connection. */
export const shownDraft = ({ app, id }: Connection, spare: DraftTab): DraftTab =>
  selectShown(id)(app.get(draftsState)) ?? spare

/** Whether nothing is lost when something else takes its place: nobody typed it, and nothing repeats it. */
const isReplaceable = ({ app }: Connection, draft: DraftTab): boolean => {
  if (isBlank(draft)) return true
  const isRepeated = app.get(sendersState).all.some(({ senderId, end }) => senderId === draft.id && end === null)
  return draft.isUntouched && draft.name === '' && !isRepeated
}

const filledDraft = (draft: DraftTab, { message, file, origin }: MessageRequest): DraftTab => ({
  ...draft,
  message,
  file,
  repeated: null,
  leftOut: null,
  origin: origin ?? null,
  isUntouched: true,
})
