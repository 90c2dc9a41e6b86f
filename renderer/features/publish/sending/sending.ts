import type { DeliveryUpdate } from '#shared/model/frame'
import type { PayloadFile, PublishedFile, PublishReceipt } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import { fail, type AppError } from '#shared/result'
import type { ConnectionStateParts } from '../../../state/app'
import { connectionsState } from '../../../state/connections'
import { selectIsOnline, sessionState } from '../../../state/session'
import { isSentAsTyped } from '../composer/composeRequest'
import { isOnDisk, type Draft } from '../composer/draft'
import { hasChanged, sendRequest, type SendRequest } from './sendRequest'

export type SendOutcome =
  /**
   * `asTyped`: the format was JSON, and the text that was sent is not JSON. `changedFile`: what was sent of a file that is not
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
  /** Nothing was sent: a field has to be corrected first, the file could not be read, or the template not be rendered. */
  | { readonly kind: 'refused'; readonly unmade?: AppError }

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
  /** Id of another connection it went to; null = it went to this one. */
  readonly elsewhere: string | null
  /** The number of its message in the log; 0 = it has none. */
  readonly sequence: number
  /** What became of the message after the outcome; null = nothing new. */
  readonly later: DeliveryUpdate | null
}

export const noSends: SendState = { pending: 0, started: 0, awaited: [], latest: null }

/** What is known of a send once it has its answer. */
interface Departure {
  /** It was given to the connection to be written. False = it was refused before, and the broker never heard of it. */
  readonly wentOut: boolean
  /** What was read of a file; null = the payload was no file, or the file was not read. */
  readonly published: PublishedFile | null
}

export interface Sending {
  /** Sends to the connection that the request names. */
  send(request: SendRequest, draft: Draft): Promise<Departure>
  /** Counts a send of which nothing went out; without an error, because a field has to be corrected first. */
  refuse(error?: AppError): void
  receiveDeliveries(updates: readonly DeliveryUpdate[]): void
}

/** Sends, and keeps count of it in the composer's state. */
export const createSending = <State extends { readonly sends: SendState }>(
  parts: ConnectionStateParts<State>,
): Sending => {
  const { owner: connection, get } = parts
  const put = (sends: SendState) => parts.set({ sends } as Partial<State>)
  const begin = (qos: Qos): number => {
    const before = get().sends
    const started = before.started + 1
    const awaited = qos === 0 ? before.awaited : [...before.awaited, { send: started, qos, since: Date.now() }]
    put({ ...before, started, awaited, pending: before.pending + 1 })
    return started
  }
  const end = (send: number, outcome: SendOutcome, elsewhere: string | null = null) => {
    const before = get().sends
    // Another connection numbers its messages anew: nothing more is heard of them here.
    const sequence = elsewhere === null ? sequenceOf(outcome) : 0
    // Answers may overtake each other: the one to the later send stays in view.
    const ended: LatestSend = { send, outcome, elsewhere, sequence, later: null }
    const latest = before.latest && before.latest.send > send ? before.latest : ended
    const awaited = before.awaited.filter((one) => one.send !== send)
    put({ ...before, pending: before.pending - 1, awaited, latest })
  }

  return {
    send: async (request, draft) => {
      const { qos } = draft.message
      const { connectionId } = 'template' in request ? request.template : request
      const started = begin(qos)
      const elsewhere = connectionId === connection.id ? null : connectionId
      const concluded = (outcome: SendOutcome) => end(started, outcome, elsewhere)
      const target = connection.app.get(connectionsState).all.get(connectionId)
      if (!target || !selectIsOnline(target.get(sessionState))) {
        concluded({ kind: 'failed', error: notConnected })
        return notSent
      }
      const sent = await sendRequest(connection.app, request)
      if (sent.kind === 'unmade') {
        concluded({ kind: 'refused', unmade: sent.error })
        return notSent
      }
      const { delivery, published } = sent
      const asTyped = isSentAsTyped(draft)
      const changedFile = published && changedFileOf(draft, published)
      if (delivery.ok) concluded({ kind: 'done', receipt: delivery.value, qos, asTyped, changedFile })
      else concluded({ kind: 'failed', error: delivery.error })
      return { wentOut: delivery.ok || sequenceIn(delivery.error) > 0, published }
    },

    refuse: (error) => end(begin(0), error ? { kind: 'failed', error } : { kind: 'refused' }),

    receiveDeliveries: (updates) => {
      const { sends } = get()
      const { latest } = sends
      if (!latest || latest.sequence === 0) return
      const later = updates.findLast(({ sequence }) => sequence === latest.sequence)
      if (later) put({ ...sends, latest: { ...latest, later } })
    },
  }
}

const notSent: Departure = { wentOut: false, published: null }

const notConnected = fail('notConnected', 'Connect before publishing.').error

const sequenceOf = (outcome: SendOutcome): number => {
  if (outcome.kind === 'done') return outcome.receipt.sequence
  return outcome.kind === 'failed' ? sequenceIn(outcome.error) : 0
}

/** The number in the log of the message that an error is about; 0 = it came to no message. */
const sequenceIn = ({ values }: AppError): number => Number(values?.['sequence'] ?? 0)

const changedFileOf = ({ file }: Draft, { file: sent }: PublishedFile): PayloadFile | null =>
  file && isOnDisk(file) && hasChanged(file, sent) ? sent : null
