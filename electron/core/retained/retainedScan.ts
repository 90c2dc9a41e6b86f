import { defaultSubscriptionOptions } from '#shared/model/subscription'
import type { RetainedPage } from '#shared/model/retained'
import { flags } from '#shared/model/frame'
import type { Qos } from '#shared/model/qos'
import { levelsMatch, levelsOf } from '#shared/mqtt/topicFilter'
import { reasonText } from '#shared/mqtt/reasonCode'
import { fail, type AppError, type Result } from '#shared/result'
import type { WireMessage } from '../broker/message/wireMessage'
import type { SkippedPublish } from '../broker/packets/publishSkipper'
import type { FilterReasonCode } from '../broker/transport/transport'
import { createRetainedStore, type RetainedStore } from './retainedStore'
import { openShortConnection, type ShortConnection, type ShortConnectionParts } from '../broker/session/shortConnection'

export type ScanParts = Omit<ShortConnectionParts, 'onMessage' | 'onSkipped' | 'onLost'> & {
  readonly filter: string
  readonly limits: { readonly entries: number; readonly bytes: number }
}
type ScanState = Pick<RetainedPage, 'phase' | 'error' | 'cut' | 'quietMs' | 'skipped'>

/**
 * A broker does not tell when it has sent the last retained message, so the listing ends after a silence of this
 * length.
 */
const quietMs = 400
/** On a slow connection the silence has to last for so many round trips. */
const quietRoundTrips = 5
const checkEveryMs = 50
/** With QoS 0 and with QoS 2. */
const timesAsked = 2

/** After how many milliseconds of silence there is probably no more, for a round trip of so many. */
export const patienceFor = (roundTrip: number) => Math.max(quietMs, quietRoundTrips * roundTrip)

export const subscribeRefusal = (answer: FilterReasonCode, isVersion5: boolean): AppError | null => {
  if (!answer || answer.reasonCode < 0x80) return null
  const reason = reasonText(isVersion5 ? 'suback' : 'suback3', answer.reasonCode)
  const details = { reasonCode: answer.reasonCode, values: { reason } }
  return fail('subscribeRefused', reason, details).error
}

/**
 * Lists the retained messages under a filter over a connection of its own. The filter is asked for with QoS 0, because
 * brokers drop what exceeds a client's queue of higher ones, and with QoS 2, to be told the QoS of each.
 */
export interface RetainedScan {
  readonly store: RetainedStore
  state(): ScanState
  cancel(): void
}

export const startRetainedScan = (parts: ScanParts): RetainedScan => {
  const levels = levelsOf(parts.filter)
  const store = createRetainedStore(parts.limits)
  let state: ScanState = { phase: 'connecting', error: null, cut: null, quietMs: null, skipped: 0 }
  let connection: ShortConnection | null = null
  let lastArrival = 0
  let timer: NodeJS.Timeout | undefined

  const end = (change: Partial<ScanState>) => {
    if (state.phase !== 'connecting' && state.phase !== 'listing') return
    state = { ...state, ...change }
    clearInterval(timer)
    void connection?.close()
  }
  const onMessage = (message: WireMessage) => {
    if (state.phase !== 'listing') return
    if ((message.flags & flags.retain) === 0 || message.end === message.payloadStart) return
    if (!levelsMatch(levels, levelsOf(message.topic.text))) return
    const cut = store.add(message)
    if (cut) end({ phase: 'listed', cut })
    // A message that comes more often than the filter was sent was published meanwhile: it does not prolong the
    // listing.
    if (store.arrivalsOf(message.topic.text) <= timesAsked) lastArrival = parts.now()
  }
  const skippedTopics = new Set<string>()
  const onSkipped = ({ topic }: SkippedPublish) => {
    // Each comes as often as it was asked for.
    skippedTopics.add(topic)
    state = { ...state, skipped: skippedTopics.size }
    lastArrival = parts.now()
  }
  const ask = async ({ transport, online }: ShortConnection) => {
    const startedAt = parts.now()
    const options = defaultSubscriptionOptions
    const request = (qos: Qos) => transport.subscribe({ filter: parts.filter, qos, options, identifier: null })
    const answers = await Promise.all([request(0), request(2)])
    const error = subscribeRefusal(answers[0], online.protocolVersion === '5')
    if (error) {
      end({ phase: 'failed', error })
      return
    }
    if (state.phase !== 'listing') return
    const patience = patienceFor(parts.now() - startedAt)
    lastArrival = parts.now()
    timer = setInterval(() => {
      if (parts.now() - lastArrival >= patience) end({ phase: 'listed', quietMs: Math.round(patience) })
    }, checkEveryMs)
  }
  const begin = (opened: Result<ShortConnection>) => {
    if (!opened.ok) {
      end({ phase: 'failed', error: opened.error })
      return
    }
    connection = opened.value
    if (state.phase === 'connecting') {
      state = { ...state, phase: 'listing' }
      void ask(connection)
    } else void connection.close()
  }
  const onLost = (error: AppError) => end({ phase: 'failed', error })
  void openShortConnection({ ...parts, onMessage, onSkipped, onLost }).then(begin)

  return {
    store,
    state: () => state,
    cancel: () => end({ phase: 'cancelled' }),
  }
}
