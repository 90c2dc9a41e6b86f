import { type MessageProblems } from '#shared/model/composing'
import type { DeliveryUpdate } from '#shared/model/frame'
import type { PayloadFile } from '#shared/model/publish'
import { fail, type AppError } from '#shared/result'
import { defineConnectionState, type App, type Connection, type ConnectionStateParts } from '../../state/app'
import type { Composed } from '../../state/composerRequest'
import { focusState } from '../../state/focus'
import { schemaWriters } from '../../state/schemaWriters'
import { withoutSchema } from './composer/schema/withoutSchema'
import { composeRequest, draftProblems } from './composer/composeRequest'
import { isOnDisk, isTemplateDraft, type Draft, type DraftTab } from './composer/draft'
import { createDrafting, shownDraft, type Drafting } from './drafts/drafting'
import { draftsState } from './drafts/draftsState'
import { collectionsState, selectMessage } from './collections/collectionsState'
import { messageWith, savableMessage } from './library/libraryChanges'
import { libraryState } from './library/libraryState'
import { requestsState } from './requests/requestsState'
import { sendableFrom } from './senders/plan/sentMessages'
import { startPlan } from './senders/startPlan'
import type { SendRequest } from './sending/sendRequest'
import { latestNamedIn, templateRequestOf } from './templates/templateRequest'
import { repeatPlan } from './repeating/repeatPlan'
import { createSending, noSends, type SendState } from './sending/sending'
import { draftCountsState } from './templates/draftCountsState'

/** Where a draft is to be kept. */
interface DraftPlace {
  readonly collectionId: string
  readonly name: string
  readonly folder: string
}

/** The composer of a connection, and what became of what was sent from it. */
export interface PublishState extends Drafting {
  readonly sends: SendState
  /**
   * Sends what stands in the composer, here or to another connection, or answers what is wrong with it. Every call sends: nothing
   * is throttled.
   */
  publishDraft(target?: Connection): MessageProblems | null
  /** Sends a saved message, whatever stands in the composer, or answers what is wrong with it. */
  publishMessage(message: Composed, target?: Connection): MessageProblems | null
  /** Sends what stands in the composer as a request that waits so many milliseconds for its answer, or answers what is wrong with it. */
  requestDraft(timeoutMs: number): MessageProblems | null
  /** Sends what stands in the composer every so many milliseconds, as it is now, or answers what is wrong with it. */
  repeatDraft(intervalMs: number): MessageProblems | null
  /**
   * Saves the draft under a name, with what is in its file now; answers why not, `fileTooLarge` where its payload is too
   * large to keep.
   */
  saveDraftAs(place: DraftPlace): Promise<AppError | null>
  /** Saves the draft into the message it was taken from; answers why not. */
  saveDraft(): Promise<AppError | null>
  /** News of messages under way: the outcome in view follows its own. */
  receiveDeliveries(updates: readonly DeliveryUpdate[]): void
}

export const publishState = defineConnectionState<PublishState>('publish', (parts) => {
  const { owner: connection, get } = parts
  const { send, refuse, receiveDeliveries } = createSending(parts)
  const publish = createPublish(parts, send)
  const shown = () => shownDraft(connection, get().spare)
  const refused = (problems: MessageProblems | null) => {
    if (problems) refuse()
    return problems
  }

  return {
    ...createDrafting(parts),
    sends: noSends,
    receiveDeliveries,

    publishDraft: (target = connection) => refused(publish(shown(), target)),

    publishMessage: (message, target = connection) => publish({ message, file: null }, target),

    requestDraft: (timeoutMs) => {
      const draft = shown()
      const problems = draftProblems(draft, schemaWriters(connection))
      if (Object.keys(problems).length > 0) return refused(problems)
      const sendable = sendableFrom(connection.app, withoutSchema(draft, schemaWriters(connection)))
      const latest = latestNamedIn(connection, [sendable.message])
      void connection
        .get(requestsState)
        .send({ ...sendable, ...countedAs(draft), latest, timeoutMs })
        .then((error) => {
          if (error) refuse(error)
          else if (!sendable.fileToken)
            connection.app.get(libraryState).keepSent(connection.id, sentNow(sendable.message))
        })
      noteUse(connection.app, draft)
      return null
    },

    repeatDraft: (intervalMs) => {
      const draft = shown()
      const composed = requestFor(connection, draft)
      if (!composed.ok) return refused(composed.problems)
      connection.app.get(draftsState).put({ ...draft, repeated: draft.message })
      startPlan(
        connection,
        repeatPlan(connection.app, withoutSchema(draft, schemaWriters(connection)), intervalMs),
        refuse,
      )
      return null
    },

    saveDraftAs: async (place) => {
      const savable = await savableDraft(connection, shown())
      if ('code' in savable) return savable
      const { collectionId, name, folder } = place
      const messageId = connection.app.get(collectionsState).add(collectionId, { name, folder, message: savable })
      get().setOrigin({ collectionId, messageId, message: savable })
      return null
    },

    saveDraft: async () => {
      const { origin } = shown()
      const kept = origin && selectMessage(origin.collectionId, origin.messageId)(connection.app.get(collectionsState))
      if (!origin || !kept) return fail('notFound', 'The message is in no collection any more.').error
      const savable = await savableDraft(connection, shown())
      if ('code' in savable) return savable
      connection.app.get(collectionsState).save(origin.collectionId, [{ ...kept, message: savable }])
      get().setOrigin({ ...origin, message: savable })
      return null
    },
  }
})

/** A message of the composer, whose template counts on from one send to the next, or one that is sent by itself. */
type SentDraft = Draft & { readonly id?: string }

const countedAs = (draft: SentDraft) => (isTemplateDraft(draft) ? { draftId: draft.id } : {})

const noteUse = (app: App, draft: SentDraft): void => {
  if (draft.id !== undefined && isTemplateDraft(draft)) app.get(draftCountsState).noteUse(draft.id)
}

const sentNow = (message: Composed) => ({ sentAt: Date.now(), message })

/** The draft in the composer of a connection. */
export const draftIn = (connection: Connection): DraftTab => shownDraft(connection, connection.get(publishState).spare)

/** Puts the cursor where one goes on writing: into the topic while there is none, else into the payload. */
export const focusComposer = (connection: Connection): void => {
  const { topic } = draftIn(connection).message
  connection.app.get(focusState).focus(topic === '' ? 'publishTopic' : 'publishPayload')
}

/** Sends a message and keeps what went out in the history of the connection it went to. */
const createPublish = (
  { owner: { app } }: ConnectionStateParts<PublishState>,
  send: ReturnType<typeof createSending>['send'],
) => {
  /** From now on a file is compared with what was sent of it. */
  const noteRead = (read: PayloadFile) => {
    const { all, put } = app.get(draftsState)
    for (const draft of all)
      if (draft.file && isOnDisk(draft.file) && draft.file.token === read.token) put({ ...draft, file: read })
  }
  return (draft: SentDraft, target: Connection): MessageProblems | null => {
    const composed = requestFor(target, draft)
    if (!composed.ok) return composed.problems
    const { message, file } = draft
    const sentAt = Date.now()
    // Only what went out is history, and whether it did is known with the answer: a template may fail, the broker's limits refuse.
    void send(composed.request, draft).then(({ wentOut, published }) => {
      if (published) noteRead(published.file)
      if (!wentOut) return
      const sent = published
        ? published.kept && messageWith(message, published.kept)
        : savableMessage({ message, bytes: file && !isOnDisk(file) ? file.bytes : null })
      if (sent) app.get(libraryState).keepSent(target.id, { sentAt, message: sent })
    })
    noteUse(app, draft)
    return null
  }
}

/** What to send for a draft on a connection, or what is wrong with it. */
const requestFor = (
  connection: Connection,
  draft: SentDraft,
): { readonly ok: true; readonly request: SendRequest } | { readonly ok: false; readonly problems: MessageProblems } =>
  isTemplateDraft(draft)
    ? { ok: true, request: { template: templateRequestOf(connection, { message: draft.message, draftId: draft.id }) } }
    : composeRequest(connection.id, draft, schemaWriters(connection))

/** The draft as it is saved under a name, with what is in its file now. */
const savableDraft = async ({ app }: Connection, { message, file }: Draft): Promise<Composed | AppError> => {
  let bytes = file && !isOnDisk(file) ? file.bytes : null
  if (file && isOnDisk(file)) {
    const read = await app.api.invoke('payloadFile.read', { fileToken: file.token })
    if (!read.ok) return read.error
    bytes = read.value
  }
  return savableMessage({ message, bytes }) ?? fail('fileTooLarge', 'The payload is too large to keep.').error
}
