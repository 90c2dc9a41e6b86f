import type { Qos } from '#shared/model/qos'
import type { ServerLimits } from '#shared/model/session'
import type { HoldReason, SubscriptionOptions, SubscriptionState } from '#shared/model/subscription'
import type { BrokerWords } from '#shared/model/brokerWords'
import { reasonText } from '#shared/mqtt/reasonCode'
import { isSharedFilter, parseFilter } from '#shared/mqtt/topicFilter'
import { fail, type AppError } from '#shared/result'
import { brief } from '../brief'
import type { OverlapCopies } from '../delivery/overlapCopies'
import type { StoredMessages } from '../delivery/storedMessages'
import { createSuspectFilters, type SuspectFilters } from './suspectFilters'
import { subscribeSize } from '../packets/filterPackets'
import { createFilterRequests, oversize, type FilterRequests, type UnansweredFilter } from './filterRequests'
import type { SubscriptionIdentifiers } from './subscriptionIdentifiers'
import type { FilterReasonCode, Transport } from '../transport/transport'

export interface WantedFilter {
  readonly qos: Qos
  readonly options: SubscriptionOptions
}

/** A filter that was sent, and what the server answered. */
interface SentFilter extends WantedFilter {
  state: SubscriptionState
}

export interface SubscriptionServer {
  readonly sessionPresent: boolean
  readonly isVersion5: boolean
  readonly wantsIdentifiers: boolean
  readonly limits: ServerLimits
}

export interface SentFiltersOptions {
  /** The steady time. */
  readonly now: () => number
  readonly identifiers: SubscriptionIdentifiers
  /** Told of SUBSCRIBE, SUBACK and UNSUBACK, because messages are judged by them. */
  readonly copies: Pick<OverlapCopies, 'subscribing' | 'subscribed' | 'unsubscribed'>
  readonly stored: Pick<StoredMessages, 'subscribing' | 'subscribed'>
  readonly onChange: () => void
  /** Called with a notice for the person that belongs to no filter of the list. */
  readonly onNotice: (notice: AppError) => void
}

interface AnswerMoment {
  readonly isVersion5: boolean
  readonly since: number
}

const noSubscriptionExisted = 0x11
const quotaExceeded = 0x97
const unspecifiedError = 0x80

/** What both halves of this file share. */
interface Parts extends SentFiltersOptions {
  readonly requests: FilterRequests
  readonly suspects: SuspectFilters
}

/**
 * The filters that were sent to the server, and what it answered. Each SUBSCRIBE has one filter, so that a refused one does
 * not affect another. A filter that may have made the server end the connection is sent last and alone.
 */
export interface SentFilters {
  get(filter: string): SentFilter | undefined
  /** What it was last sent with. */
  identifierOf(filter: string): number | undefined
  filterOf(identifier: number): string | undefined
  bringsAll(filter: string): boolean
  refused(): string[]
  /** Whether every UNSUBSCRIBE was answered with success. */
  isSettled(): boolean
  /** The state of a filter that is wanted no longer and that the server may still have. */
  leavingStateOf(filter: string): SubscriptionState | null
  overdue(): string[]
  unanswered(): UnansweredFilter[]
  noteAnswer(type: 'suback' | 'unsuback'): void
  isSuspect(filter: string): boolean
  hasSuspects(): boolean
  suspect(filter: string): void
  holdFromNow(filter: string): void
  settled(): Promise<void>
  subscribe(filter: string, given: WantedFilter): Promise<void>
  /** Sends a filter again that the server may have refused for want of room. */
  subscribeAgain(filter: string): void
  /** Sends UNSUBSCRIBE for all others; each promise answers whether the server confirmed it. */
  unsubscribeAllBut(wanted: ReadonlyMap<string, WantedFilter>): Promise<boolean>[]
  /** Sends another UNSUBSCRIBE for a filter that the server did not remove. */
  unsubscribeAgain(filter: string): void
  /** Lets a filter be sent that is held back. */
  sendHeldBack(filter: string): void
  begin(opened: Transport, found: SubscriptionServer): void
  end(): void
  forgetSuspects(): void
}

export const createSentFilters = (options: SentFiltersOptions): SentFilters => {
  const requests = createFilterRequests(options)
  const suspects = createSuspectFilters()
  const { identifiers } = options
  const { sent, known, sentAllTheSame, subscribe, unsubscribe, open, close } = createAsking({
    ...options,
    requests,
    suspects,
  })
  const { pendingUnsubscribes } = requests

  return {
    get: (filter) => sent.get(filter),
    identifierOf: identifiers.of,
    filterOf: identifiers.filterOf,
    bringsAll: (filter) => bringsAll(filter, sent.get(filter)),
    refused: () => refusedOf(sent),
    isSettled: pendingUnsubscribes.isEmpty,
    leavingStateOf: pendingUnsubscribes.stateOf,
    overdue: pendingUnsubscribes.overdue,
    unanswered: requests.unanswered,
    noteAnswer: requests.noteAnswer,
    isSuspect: (filter) => suspects.isSuspect(filter) || suspects.isClosing(filter),
    hasSuspects: suspects.hasSuspects,
    suspect: suspects.suspect,
    holdFromNow: suspects.holdFromNow,
    settled: requests.settled,
    subscribe,
    subscribeAgain: (filter) => {
      const entry = sent.get(filter)
      if (!entry || !mayLackRoom(entry.state)) return
      void subscribe(filter, entry)
      options.onChange()
    },
    unsubscribeAllBut: (wanted) => {
      suspects.keepOnly(wanted)
      for (const filter of sent.keys()) if (!wanted.has(filter)) sent.delete(filter)
      return [...known].filter((filter) => !wanted.has(filter)).map(unsubscribe)
    },
    unsubscribeAgain: (filter) => {
      if (pendingUnsubscribes.stateOf(filter)) void unsubscribe(filter)
    },
    sendHeldBack: (filter) => {
      sentAllTheSame.add(filter)
      if (sent.get(filter)?.state.phase === 'heldBack') sent.delete(filter)
    },
    begin: (opened, found) => {
      open(opened, found)
      requests.clear()
      if (!found.sessionPresent) known.clear()
    },
    end: () => {
      close()
      sent.clear()
      sentAllTheSame.clear()
      for (const filter of pendingUnsubscribes.takeAll()) known.add(filter)
    },
    forgetSuspects: suspects.clear,
  }
}

/** Filters that bring no messages: refused by the server, or held back. */
const refusedOf = (sent: ReadonlyMap<string, SentFilter>): string[] =>
  [...sent].flatMap(([filter, { state }]) => (state.phase === 'refused' || state.phase === 'heldBack' ? [filter] : []))

/** Whether every message it matches comes for it: granted, not shared, and without No Local. */
const bringsAll = (filter: string, entry: SentFilter | undefined): boolean =>
  entry?.state.phase === 'granted' && !entry.options.noLocal && !isSharedFilter(filter)

const refusalOf = (reasonCode: number, words: BrokerWords | null, isVersion5: boolean): AppError => {
  const name = reasonText(isVersion5 ? 'suback' : 'suback3', reasonCode)
  const reason = words?.reasonString ? `${name} "${words.reasonString}"` : name
  return fail('subscribeRefused', reason, { reasonCode, values: { reason } }).error
}

const stateAfter = (answer: FilterReasonCode, { isVersion5, since }: AnswerMoment): SubscriptionState => {
  if (!answer) return { phase: 'inactive' }
  const { reasonCode, words } = answer
  const told = words ? { words } : {}
  if (reasonCode === 0 || reasonCode === 1 || reasonCode === 2)
    return { phase: 'granted', qos: reasonCode, since, ...told }
  return { phase: 'refused', error: refusalOf(reasonCode, words, isVersion5), ...told }
}

/** MQTT 5 §3.2.2.3.11 and .13, and §3.8.3.1: such a SUBSCRIBE would make the server end the connection. */
const holdReasonFor = (filter: string, { noLocal }: SubscriptionOptions, limits: ServerLimits): HoldReason | null => {
  const { shareName, levels } = parseFilter(filter)
  const hasWildcard = levels.some((level) => level === '#' || level === '+')
  if (shareName !== null && !limits.sharedSubscriptionAvailable) return 'shared'
  if (shareName !== null && noLocal) return 'noLocalShared'
  return hasWildcard && !limits.wildcardSubscriptionAvailable ? 'wildcard' : null
}

const nothingThere = (filter: string): AppError => ({
  code: 'unsubscribedNothing',
  message: 'The server had no such subscription.',
  values: { filter: brief(filter), reason: reasonText('unsuback', noSubscriptionExisted) },
})

/** Whether the server may have refused it because it takes no more filters; before MQTT 5 it gives no reason. */
const mayLackRoom = (state: SubscriptionState): boolean =>
  state.phase === 'refused' && (state.error.reasonCode === quotaExceeded || state.error.reasonCode === unspecifiedError)

/** Sends SUBSCRIBE and UNSUBSCRIBE and notes the answers. */
const createAsking = (parts: Parts) => {
  const { requests, suspects, identifiers, copies, stored, now, onChange, onNotice } = parts
  let transport: Transport | null = null
  let server: SubscriptionServer | null = null
  const sent = new Map<string, SentFilter>()
  /** Filters the server may still hold for a session that outlives the connection. */
  const known = new Set<string>()
  /** Sent on this connection because a person wanted it, although there is a reason to hold them back. */
  const sentAllTheSame = new Set<string>()

  const unsubscribe = async (filter: string): Promise<boolean> => {
    const opened = transport
    if (!opened || !server) return false
    known.delete(filter)
    const answer = await requests.unsubscribe(opened, server, filter)
    const isGone = answer !== null && answer.reasonCode < 0x80
    if (!isGone || transport !== opened) return isGone
    copies.unsubscribed(filter)
    // §3.11.3: the server had no such subscription, so no message came for it.
    if (answer.reasonCode === noSubscriptionExisted) onNotice(nothingThere(filter))
    return isGone
  }

  const hold = (filter: string, entry: SentFilter, state: Extract<SubscriptionState, { phase: 'heldBack' }>) => {
    // The server may have it from before with other options, which are no longer wanted.
    if (known.has(filter) && state.reason !== 'closesConnection') void unsubscribe(filter)
    entry.state = state
    onChange()
  }

  /** Why a filter is held back, its size left aside; null = it is sent. */
  const holdReason = (filter: string, { options: wish }: WantedFilter, to: SubscriptionServer): HoldReason | null => {
    if (sentAllTheSame.has(filter)) return null
    return suspects.isClosing(filter) ? 'closesConnection' : holdReasonFor(filter, wish, to.limits)
  }

  /** The identifier and size of its SUBSCRIBE; null = it is held back. */
  const prepare = (filter: string, entry: SentFilter, to: SubscriptionServer) => {
    const reason = holdReason(filter, entry, to)
    if (reason) {
      hold(filter, entry, { phase: 'heldBack', reason })
      return null
    }
    const identifier = identifiers.assign(filter, to)
    const size = subscribeSize(filter, identifier, to.isVersion5)
    const tooLarge = oversize(size, to.limits)
    if (tooLarge) hold(filter, entry, { phase: 'heldBack', reason: 'tooLarge', ...tooLarge })
    return tooLarge ? null : { identifier, size }
  }

  const subscribe = async (filter: string, { qos, options: wish }: WantedFilter): Promise<void> => {
    const opened = transport
    const asked = server
    if (!opened || !asked) return
    const isKnown = known.has(filter) && (sent.get(filter)?.options ?? wish).noLocal === wish.noLocal
    const entry: SentFilter = { qos, options: wish, state: { phase: 'requested' } }
    sent.set(filter, entry)
    const prepared = prepare(filter, entry, asked)
    if (!prepared) return
    const { identifier, size } = prepared
    // Meanwhile it may have been sent with another QoS, or removed, or the connection may be another one.
    const isOver = () => sent.get(filter) !== entry || transport !== opened
    if (suspects.isSuspect(filter)) await requests.turn()
    if (isOver()) return
    const since = now()
    stored.subscribing({ filter, options: wish, isNew: !known.has(filter), at: since })
    known.add(filter)
    entry.state = { phase: 'requested', since }
    if (identifier !== null && !isKnown) copies.subscribing(identifier)
    const send = () => opened.subscribe({ filter, qos, options: wish, identifier })
    const answer = await requests.ask({ packet: 'SUBSCRIBE', filter, qos, size }, send)
    if (answer) suspects.clearOf(filter)
    if (isOver()) return
    entry.state = stateAfter(answer, { isVersion5: asked.isVersion5, since: now() })
    if (entry.state.phase === 'granted') {
      requests.pendingUnsubscribes.keep(filter)
      stored.subscribed(filter, entry.state.since)
      if (identifier !== null) copies.subscribed(identifier)
    }
    onChange()
  }

  return {
    sent,
    known,
    sentAllTheSame,
    subscribe,
    unsubscribe,
    open: (opened: Transport, found: SubscriptionServer): void => {
      transport = opened
      server = found
    },
    close: (): void => void (transport = null),
  }
}
