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
import { createFilterRequests, oversize } from './filterRequests'
import type { SubscriptionIdentifiers } from './subscriptionIdentifiers'
import type { FilterReasonCode, Transport } from '../transport/transport'

export interface WantedFilter {
  readonly qos: Qos
  readonly options: SubscriptionOptions
}

/** One filter as the server knows it. */
export interface SentFilter extends WantedFilter {
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
  /** Told of what is asked for, granted and gone, because messages are judged by it. */
  readonly copies: Pick<OverlapCopies, 'subscribing' | 'subscribed' | 'unsubscribed'>
  readonly stored: Pick<StoredMessages, 'subscribing' | 'subscribed'>
  readonly onChange: () => void
  /** Something to tell a person that no filter in the list can tell of. */
  readonly onNotice: (notice: AppError) => void
}

/** Filters the server does not take or was not asked for: no message comes for them. */
const refusedOf = (sent: ReadonlyMap<string, SentFilter>): string[] =>
  [...sent].flatMap(([filter, { state }]) => (state.phase === 'refused' || state.phase === 'heldBack' ? [filter] : []))

/** Whether every message it matches comes for it: granted, not shared, and without No Local. */
const bringsAll = (filter: string, entry: SentFilter | undefined): boolean =>
  entry?.state.phase === 'granted' && !entry.options.noLocal && !isSharedFilter(filter)

interface AnswerMoment {
  readonly isVersion5: boolean
  readonly since: number
}

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

const noSubscriptionExisted = 0x11
const quotaExceeded = 0x97
const unspecifiedError = 0x80

const nothingThere = (filter: string): AppError => ({
  code: 'unsubscribedNothing',
  message: 'The server had no such subscription.',
  values: { filter: brief(filter), reason: reasonText('unsuback', noSubscriptionExisted) },
})

/** Whether the server may have refused it because it takes no more filters; before MQTT 5 it gives no reason. */
const mayLackRoom = (state: SubscriptionState): boolean =>
  state.phase === 'refused' && (state.error.reasonCode === quotaExceeded || state.error.reasonCode === unspecifiedError)

/** What the filters of one session are asked for with; shared by those who ask and those who are told. */
interface Parts extends SentFiltersOptions {
  readonly requests: ReturnType<typeof createFilterRequests>
  readonly suspects: SuspectFilters
}

/** A connection, and what the server may hold of earlier ones. */
const createAsking = (parts: Parts) => {
  const { requests, suspects, identifiers, copies, stored, now, onChange, onNotice } = parts
  let transport: Transport | null = null
  let server: SubscriptionServer | null = null
  const sent = new Map<string, SentFilter>()
  /** Filters the server may still hold for a session that outlives the connection. */
  const known = new Set<string>()
  /** Sent on this connection although they are to be held back. */
  const sentAllTheSame = new Set<string>()

  const unsubscribe = async (filter: string): Promise<boolean> => {
    const opened = transport
    if (!opened || !server) return false
    known.delete(filter)
    const answer = await requests.unsubscribe(opened, server, filter)
    const isGone = answer !== null && answer.reasonCode < 0x80
    if (!isGone || transport !== opened) return isGone
    copies.unsubscribed(filter)
    // §3.11.3: the server had none, so what came until now did not come for it.
    if (answer.reasonCode === noSubscriptionExisted) onNotice(nothingThere(filter))
    return isGone
  }

  const hold = (filter: string, entry: SentFilter, state: Extract<SubscriptionState, { phase: 'heldBack' }>) => {
    // What the server holds of it from before no longer is what is wanted.
    if (known.has(filter) && state.reason !== 'closesConnection') void unsubscribe(filter)
    entry.state = state
    onChange()
  }

  /** Why it is not sent now whatever its size; null = it is. */
  const holdReason = (filter: string, { options: wish }: WantedFilter, to: SubscriptionServer): HoldReason | null => {
    if (sentAllTheSame.has(filter)) return null
    return suspects.isClosing(filter) ? 'closesConnection' : holdReasonFor(filter, wish, to.limits)
  }

  /** What it is sent with, or null: it is held back. */
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
    // Meanwhile it was sent with another QoS, or taken back, or the connection is another one.
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
    ...{ sent, known, sentAllTheSame, subscribe, unsubscribe },
    open: (opened: Transport, found: SubscriptionServer): void => {
      transport = opened
      server = found
    },
    close: (): void => void (transport = null),
  }
}

/**
 * What was asked of the server, filter by filter, and what it answered. Each filter goes in a packet of its own, so that
 * one the server refuses does not stand in another's way; one it may have ended the connection for goes last and alone.
 */
export const createSentFilters = (options: SentFiltersOptions) => {
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
    get: (filter: string): SentFilter | undefined => sent.get(filter),
    /** What it was last sent with. */
    identifierOf: identifiers.of,
    filterOf: identifiers.filterOf,
    bringsAll: (filter: string): boolean => bringsAll(filter, sent.get(filter)),
    refused: (): string[] => refusedOf(sent),
    /** Whether the server has nothing any more that was taken back. */
    isSettled: pendingUnsubscribes.isEmpty,
    /** How a filter that is wanted no longer stands, where the server may still have it. */
    leavingStateOf: pendingUnsubscribes.stateOf,
    overdue: pendingUnsubscribes.overdue,
    unanswered: requests.unanswered,
    noteAnswer: requests.noteAnswer,
    isSuspect: (filter: string): boolean => suspects.isSuspect(filter) || suspects.isClosing(filter),
    hasSuspects: suspects.hasSuspects,
    suspect: suspects.suspect,
    holdFromNow: suspects.holdFromNow,
    settled: requests.settled,
    subscribe,
    /** Asks once more where the server may have had no room. */
    subscribeAgain: (filter: string): void => {
      const entry = sent.get(filter)
      if (!entry || !mayLackRoom(entry.state)) return
      void subscribe(filter, entry)
      options.onChange()
    },
    /** Takes back all others; each promise answers whether the server said that it is gone. */
    unsubscribeAllBut: (wanted: ReadonlyMap<string, WantedFilter>): Promise<boolean>[] => {
      suspects.keepOnly(wanted)
      for (const filter of [...sent.keys()]) if (!wanted.has(filter)) sent.delete(filter)
      return [...known].filter((filter) => !wanted.has(filter)).map(unsubscribe)
    },
    /** Asks once more to take a filter back. */
    unsubscribeAgain: (filter: string): void => {
      if (pendingUnsubscribes.stateOf(filter)) void unsubscribe(filter)
    },
    /** Lets a filter be sent that is held back. */
    sendHeldBack: (filter: string): void => {
      sentAllTheSame.add(filter)
      if (sent.get(filter)?.state.phase === 'heldBack') sent.delete(filter)
    },
    begin: (opened: Transport, found: SubscriptionServer): void => {
      open(opened, found)
      requests.clear()
      if (!found.sessionPresent) known.clear()
    },
    end: (): void => {
      close()
      sent.clear()
      sentAllTheSame.clear()
      for (const filter of pendingUnsubscribes.takeAll()) known.add(filter)
    },
    forgetSuspects: suspects.clear,
  }
}
