import type { DeliveryUpdate } from '#shared/model/frame'
import type { PayloadFile, SavedMessage } from '#shared/model/publish'
import { fail, type AppError } from '#shared/result'
import { defineConnectionState, type Connection } from '../../state/app'
import type { Composed } from '../../state/composerRequest'
import { focusState } from '../../state/focus'
import { selectIsOnline, sessionState } from '../../state/session'
import { composeRequest, type DraftProblems } from './composer/composeRequest'
import { isOnDisk, type Draft } from './composer/draft'
import { createDrafting, type Drafting } from './composer/drafting'
import { savableMessage, messageWith } from './library/libraryChanges'
import { libraryState } from './library/libraryState'
import { createSending, noSends, type SendState } from './sending/sending'

/** The composer of a connection, and what became of what was sent from it. */
export interface PublishState extends Drafting {
  readonly sends: SendState
  /** Sends what stands in the composer, or answers what is wrong with it. Every call sends: nothing is throttled. */
  publishDraft(): DraftProblems | null
  /** Sends a saved message, whatever stands in the composer, or answers what is wrong with it. */
  publishMessage(message: Composed): DraftProblems | null
  /**
   * Saves the draft under a name, with what is in its file now; answers why not, `fileTooLarge` where its payload is too
   * large to keep.
   */
  saveDraftAs(place: Pick<SavedMessage, 'name' | 'folder'>): Promise<AppError | null>
  /** News of messages under way: the outcome in view follows its own. */
  receiveDeliveries(updates: readonly DeliveryUpdate[]): void
}

export const publishState = defineConnectionState<PublishState>(
  'publish',
  (parts) => {
    const { owner: connection, get, set } = parts
    const { send, refuse, receiveDeliveries } = createSending(parts)
    const library = () => connection.app.get(libraryState)
    const keepSent = (sentAt: number, message: Composed | null) => {
      if (message) library().keepSent(connection.id, { sentAt, message })
    }
    /** From now on a file is compared with what was sent of it. */
    const noteRead = (read: PayloadFile) => {
      const { draft } = get()
      if (draft.file && isOnDisk(draft.file) && draft.file.token === read.token)
        set({ draft: { ...draft, file: read } })
    }
    const publish = (draft: Draft): DraftProblems | null => {
      const composed = composeRequest(connection.id, draft)
      if (!composed.ok) return composed.problems
      const { message, file } = draft
      const sentAt = Date.now()
      const wasOnline = selectIsOnline(connection.get(sessionState))
      void send(composed.request, draft).then((published) => {
        if (!published) return
        noteRead(published.file)
        keepSent(sentAt, published.kept && messageWith(message, published.kept))
      })
      // Only what went out is history; keeping it never delays the sending. What went out of a file is known later.
      if (wasOnline && !(file && isOnDisk(file)))
        keepSent(sentAt, savableMessage({ message, bytes: file ? file.bytes : null }))
      return null
    }

    return {
      ...createDrafting(parts),
      sends: noSends,
      receiveDeliveries,

      publishDraft: () => {
        const problems = publish(get().draft)
        if (problems) refuse()
        return problems
      },

      publishMessage: (message) => publish({ message, file: null }),

      saveDraftAs: async (place) => {
        const { message, file } = get().draft
        let bytes = file && !isOnDisk(file) ? file.bytes : null
        if (file && isOnDisk(file)) {
          const read = await connection.app.api.invoke('payloadFile.read', { fileToken: file.token })
          if (!read.ok) return read.error
          bytes = read.value
        }
        const savable = savableMessage({ message, bytes })
        if (!savable) return fail('fileTooLarge', 'The payload is too large to keep.').error
        library().save(savable, place)
        return null
      },
    }
  },
  { keepsake: ({ draft }) => ({ draft }) },
)

/** Puts the cursor where one goes on writing: into the topic while there is none, else into the payload. */
export const focusComposer = (connection: Connection): void => {
  const { topic } = connection.get(publishState).draft.message
  connection.app.get(focusState).focus(topic === '' ? 'publishTopic' : 'publishPayload')
}
