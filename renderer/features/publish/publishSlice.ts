import type { Snapshot } from '#shared/contract'
import type { DeliveryUpdate } from '#shared/model/frame'
import type {
  ComposedMessage,
  PayloadFile,
  PublishedFile,
  PublishFileRequest,
  PublishLibrary,
  PublishReceipt,
  PublishRequest,
} from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import { fail, type AppError } from '#shared/result'
import type { SliceCreator } from '../../store/sliceCreator'
import { composeRequest, isSentAsTyped, type DraftProblems } from './composeRequest'
import { emptyDraft, isOnDisk, type Composed, type Draft, type FilePayload } from './draft'
import { keptMessage, messageWith, withSent } from './libraryChanges'
import { libraryVerbs, type LibraryVerbs } from './libraryVerbs'
import { saveSoon } from './saveSoon'
import { hasChanged, sendRequest } from './sendFile'
import { suggestTopics } from './suggestTopics'

export type SendOutcome =
  /**
   * `asTyped`: the composer said JSON, and what went out was none. `changedFile`: what was sent of a file that is not
   * what it was before.
   */
  | {
      readonly kind: 'done'
      readonly receipt: PublishReceipt
      readonly qos: Qos
      readonly asTyped: boolean
      readonly changedFile: PayloadFile | null
    }
  | { readonly kind: 'failed'; readonly error: AppError }
  /** Nothing was sent: a field has to be corrected first, or the file could not be read. */
  | { readonly kind: 'refused'; readonly fileError?: AppError }

/**
 * The sends of one connection: how many wait for their answer, and the outcome of the latest that has one, until the
 * draft is changed.
 */
export interface SendState {
  readonly pending: number
  readonly started: number
  /** Those that wait for a broker's answer, oldest first. */
  readonly awaited: readonly AwaitedSend[]
  readonly latest: LatestSend | null
}

export interface AwaitedSend {
  readonly send: number
  readonly qos: Qos
  /** Milliseconds since 1970. */
  readonly since: number
}

export interface LatestSend {
  readonly send: number
  readonly outcome: SendOutcome
  /** The number of its message in the log; 0 = it has none. */
  readonly sequence: number
  /** What became of the message after the outcome; null = nothing new. */
  readonly later: DeliveryUpdate | null
}

/** A wish that the cursor goes into a field of the composer; `at` grows, so that the same wish twice is seen twice. */
export interface ComposerFocus {
  readonly connectionId: string
  readonly field: 'topic' | 'payload'
  readonly at: number
}

export interface RetainedToClear {
  readonly connectionId: string
  readonly topic: string
}

export interface PublishSlice extends LibraryVerbs {
  /** News of messages under way: the outcome in view follows its own. */
  readonly receiveDeliveries: (connectionId: string, updates: readonly DeliveryUpdate[]) => void
  readonly publishDrafts: Readonly<Record<string, Draft>>
  readonly publishSends: Readonly<Record<string, SendState>>
  readonly library: PublishLibrary
  readonly composerFocus: ComposerFocus | null
  readonly retainedToClear: RetainedToClear | null
  readonly changeDraft: (connectionId: string, change: Partial<Composed>) => void
  /** The system's dialog; the file then stands in for the editor's text, and is read when it is sent. */
  readonly choosePayloadFile: (connectionId: string) => Promise<AppError | null>
  readonly removePayloadFile: (connectionId: string) => void
  /** Sends what stands in the composer, or answers what is wrong with it. Every call sends: nothing is throttled. */
  readonly publishDraft: (connectionId: string) => DraftProblems | null
  /** Sends a kept message. One that cannot be sent is put into the composer, which says why. */
  readonly publishMessage: (connectionId: string, message: Composed) => DraftProblems | null
  /** Topics seen on the connection that fit what was typed, at most 50. */
  readonly suggestTopics: (connectionId: string, typed: string) => readonly string[]
  /** Puts a topic into the composer of the connection in view. */
  readonly composeFor: (topic: string) => void
  /** Puts a whole message into the composer of the connection in view; `file` takes the place of its text. */
  readonly composeMessage: (message: ComposedMessage, file?: FilePayload | null) => void
  /** Asks first; then the retained message of the topic is removed. */
  readonly clearRetained: (connectionId: string, topic: string) => void
  readonly cancelClearRetained: () => void
  readonly confirmClearRetained: () => Promise<AppError | null>
}

/** Collaborators a test sets. */
export interface PublishTools {
  readonly now: () => number
  readonly newId: () => string
  readonly libraryPauseMs: number
}

const realTools: PublishTools = { now: Date.now, newId: () => crypto.randomUUID(), libraryPauseMs: 500 }
const suggestionLimit = 50
const noSends: SendState = { pending: 0, started: 0, awaited: [], latest: null }
const notConnected = fail('notConnected', 'Connect before publishing.').error

type Parts = Parameters<SliceCreator<PublishSlice>>

const isOnline = (get: Parts[1], connectionId: string) => get().sessions[connectionId]?.state.phase === 'online'

const sequenceOf = (outcome: SendOutcome): number => {
  if (outcome.kind === 'done') return outcome.receipt.sequence
  return outcome.kind === 'failed' ? Number(outcome.error.values?.['sequence'] ?? 0) : 0
}

const createSender = ([set, get, { api }]: Parts, { now }: PublishTools) => {
  const begin = (connectionId: string, qos: Qos): number => {
    const before = get().publishSends[connectionId] ?? noSends
    const started = before.started + 1
    const awaited = qos === 0 ? before.awaited : [...before.awaited, { send: started, qos, since: now() }]
    const next = { ...before, started, awaited, pending: before.pending + 1 }
    set({ publishSends: { ...get().publishSends, [connectionId]: next } })
    return started
  }
  const end = (connectionId: string, send: number, outcome: SendOutcome) => {
    const before = get().publishSends[connectionId] ?? noSends
    // Answers may overtake each other: the one to the later send stays in view.
    const ended: LatestSend = { send, outcome, sequence: sequenceOf(outcome), later: null }
    const latest = before.latest && before.latest.send > send ? before.latest : ended
    const awaited = before.awaited.filter((one) => one.send !== send)
    const next = { ...before, pending: before.pending - 1, awaited, latest }
    set({ publishSends: { ...get().publishSends, [connectionId]: next } })
  }
  const refuse = (connectionId: string) => end(connectionId, begin(connectionId, 0), { kind: 'refused' })
  /** Answers what was read of a file and given to the broker. */
  const send = async (
    request: PublishRequest | PublishFileRequest,
    { message, file }: Draft,
  ): Promise<PublishedFile | null> => {
    const { connectionId, qos } = request
    const started = begin(connectionId, qos)
    if (!isOnline(get, connectionId)) {
      end(connectionId, started, { kind: 'failed', error: notConnected })
      return null
    }
    const sent = await sendRequest(api, request)
    if (sent.kind === 'unread') {
      end(connectionId, started, { kind: 'refused', fileError: sent.error })
      return null
    }
    const { delivery, published } = sent
    const changedFile = published && file && isOnDisk(file) && hasChanged(file, published.file) ? published.file : null
    const asTyped = isSentAsTyped({ message, file })
    end(
      connectionId,
      started,
      delivery.ok
        ? { kind: 'done', receipt: delivery.value, qos, asTyped, changedFile }
        : { kind: 'failed', error: delivery.error },
    )
    return published
  }
  return { send, refuse }
}

type SendVerbs = Pick<PublishSlice, 'publishDraft' | 'publishMessage'>

const sendVerbs = (parts: Parts, tools: PublishTools, keep: (library: PublishLibrary) => void): SendVerbs => {
  const [set, get] = parts
  const { send, refuse } = createSender(parts, tools)
  const keepSent = (connectionId: string, sentAt: number, message: Composed | null) => {
    if (message) keep(withSent(get().library, connectionId, { sentAt, message }))
  }
  /** From now on a file is compared with what was sent of it. */
  const noteRead = (connectionId: string, read: PayloadFile) => {
    const draft = get().publishDrafts[connectionId]
    if (!draft?.file || !isOnDisk(draft.file) || draft.file.token !== read.token) return
    set({ publishDrafts: { ...get().publishDrafts, [connectionId]: { ...draft, file: read } } })
  }
  const publish = (connectionId: string, draft: Draft): DraftProblems | null => {
    const composed = composeRequest(connectionId, draft)
    if (!composed.ok) return composed.problems
    const { message, file } = draft
    const sentAt = tools.now()
    const wasOnline = isOnline(get, connectionId)
    void send(composed.request, draft).then((published) => {
      if (!published) return
      noteRead(connectionId, published.file)
      keepSent(connectionId, sentAt, published.kept && messageWith(message, published.kept))
    })
    // Only what went out is history; keeping it never delays the sending. What went out of a file is known later.
    if (wasOnline && !(file && isOnDisk(file)))
      keepSent(connectionId, sentAt, keptMessage({ message, bytes: file ? file.bytes : null }))
    return null
  }
  return {
    publishDraft: (connectionId) => {
      const problems = publish(connectionId, get().publishDrafts[connectionId] ?? emptyDraft)
      if (problems) refuse(connectionId)
      return problems
    },
    publishMessage: (connectionId, message) => publish(connectionId, { message, file: null }),
  }
}

type DraftVerbs = Pick<
  PublishSlice,
  'changeDraft' | 'choosePayloadFile' | 'removePayloadFile' | 'composeFor' | 'composeMessage'
>

const draftVerbs = ([set, get, { api }]: Parts): DraftVerbs => {
  const putDraft = (connectionId: string, change: Partial<Draft>) => {
    const before = get().publishDrafts[connectionId] ?? emptyDraft
    set({ publishDrafts: { ...get().publishDrafts, [connectionId]: { ...before, ...change } } })
    const sends = get().publishSends[connectionId]
    // What became of another message says nothing about this one.
    if (sends?.latest) set({ publishSends: { ...get().publishSends, [connectionId]: { ...sends, latest: null } } })
  }
  const messageOf = (connectionId: string) => (get().publishDrafts[connectionId] ?? emptyDraft).message
  const focus = (connectionId: string, field: ComposerFocus['field']) =>
    set({ composerFocus: { connectionId, field, at: (get().composerFocus?.at ?? 0) + 1 } })
  return {
    changeDraft: (connectionId, change) =>
      putDraft(connectionId, { message: { ...messageOf(connectionId), ...change } }),

    choosePayloadFile: async (connectionId) => {
      const result = await api.invoke('payloadFile.choose', undefined)
      if (!result.ok) return result.error
      if (result.value) putDraft(connectionId, { file: result.value })
      return null
    },

    removePayloadFile: (connectionId) => putDraft(connectionId, { file: null }),

    composeFor: (topic) => {
      const connectionId = get().activeConnectionId
      if (connectionId === null) return
      putDraft(connectionId, { message: { ...messageOf(connectionId), topic } })
      focus(connectionId, topic === '' ? 'topic' : 'payload')
    },

    composeMessage: (message, file = null) => {
      const connectionId = get().activeConnectionId
      if (connectionId === null) return
      putDraft(connectionId, { message, file })
      focus(connectionId, message.topic === '' ? 'topic' : 'payload')
    },
  }
}

type RetainedVerbs = Pick<PublishSlice, 'clearRetained' | 'cancelClearRetained' | 'confirmClearRetained'>

const retainedVerbs = ([set, get, { api }]: Parts): RetainedVerbs => ({
  clearRetained: (connectionId, topic) => set({ retainedToClear: { connectionId, topic } }),
  cancelClearRetained: () => set({ retainedToClear: null }),

  confirmClearRetained: async () => {
    const asked = get().retainedToClear
    if (!asked) return null
    const { connectionId, topic } = asked
    const state = get().sessions[connectionId]?.state
    // QoS 1 tells whether it arrived; a server may allow less (MQTT 5 §3.2.2.3.4).
    const qos = state?.phase === 'online' && state.limits.maximumQos === 0 ? 0 : 1
    // §3.3.1.3: a retained message without payload removes the one the server holds.
    const message = { topic, payload: new Uint8Array(), qos, retain: true, properties: {} } as const
    const result = await api.invoke('message.publish', { connectionId, ...message })
    if (!result.ok) return result.error
    if (get().retainedToClear === asked) set({ retainedToClear: null })
    return null
  },
})

/** Drafts, sends and the library of kept messages. Drafts live per connection, so switching connections loses nothing. */
export const createPublishSlice =
  (snapshot: Snapshot, tools: PublishTools = realTools): SliceCreator<PublishSlice> =>
  (...parts) => {
    const [set, get, { api, models }] = parts
    const store = saveSoon((library: PublishLibrary) => {
      void api.invoke('library.save', library).then((result) => result.ok || get().receiveNotice(result.error))
    }, tools.libraryPauseMs)
    const keep = (library: PublishLibrary) => {
      set({ library })
      store(library)
    }
    return {
      publishDrafts: {},
      publishSends: {},
      library: snapshot.library,
      composerFocus: null,
      retainedToClear: null,
      receiveDeliveries: (connectionId, updates) => {
        const sends = get().publishSends[connectionId]
        const { latest } = sends ?? noSends
        if (!sends || !latest || latest.sequence === 0) return
        const later = updates.findLast(({ sequence }) => sequence === latest.sequence)
        if (later)
          set({ publishSends: { ...get().publishSends, [connectionId]: { ...sends, latest: { ...latest, later } } } })
      },
      ...draftVerbs(parts),
      ...sendVerbs(parts, tools, keep),
      ...retainedVerbs(parts),
      ...libraryVerbs(get, { api, keep, newId: tools.newId }),
      suggestTopics: (connectionId, typed) => suggestTopics(models.of(connectionId).topicNames, typed, suggestionLimit),
    }
  }
