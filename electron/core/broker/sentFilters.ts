import type { Qos } from '#shared/model/qos'
import type { ServerLimits } from '#shared/model/session'
import type { HoldReason, SubscriptionOptions, SubscriptionState } from '#shared/model/subscription'
import type { BrokerWords } from '#shared/model/brokerWords'
import { reasonText } from '#shared/mqtt/reasonCode'
import { isSharedFilter, parseFilter } from '#shared/mqtt/topicFilter'
import { fail, type AppError } from '#shared/result'
import { createFilterNumbers } from './delivery/filterNumbers'
import { brief } from './brief'
import { subscribeSize, unsubscribeSize } from './filterPackets'
import { createLeavingFilters } from './leavingFilters'
import { createOneAtATime } from './oneAtATime'
import type { FilterAnswer, Transport } from './transport'

export interface WantedFilter {
  readonly qos: Qos
  readonly options: SubscriptionOptions
}

/** One filter as the server knows it. */
export interface SentFilter extends WantedFilter {
  state: SubscriptionState
}

/** A SUBSCRIBE or UNSUBSCRIBE that has no answer. */
export interface UnansweredFilter {
  readonly packet: 'SUBSCRIBE' | 'UNSUBSCRIBE'
  readonly filter: string
  readonly qos: Qos | null
  readonly size: number
  /** When it was written, by a clock that only goes on. */
  readonly at: number
}

export interface SubscriptionServer {
  readonly sessionPresent: boolean
  readonly isVersion5: boolean
  readonly wantsIdentifiers: boolean
  readonly limits: ServerLimits
}

export interface SentFiltersOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The subscription identifier of the first filter. */
  readonly firstIdentifier: number
  readonly onChange: () => void
  /** A SUBSCRIBE goes out for a filter the server does not have, or has otherwise. */
  readonly onAsked: (identifier: number) => void
  readonly onGranted: (identifier: number) => void
  /** The server said that it has a filter no longer. */
  readonly onLeft: (filter: string) => void
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

const stateAfter = (answer: FilterAnswer, { isVersion5, since }: AnswerMoment): SubscriptionState => {
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

/** Whether the server may have refused it because it takes no more filters; before MQTT 5 it gives no reason. */
const mayLackRoom = (state: SubscriptionState): boolean =>
  state.phase === 'refused' && (state.error.reasonCode === quotaExceeded || state.error.reasonCode === unspecifiedError)

const takesIdentifiers = ({ isVersion5, wantsIdentifiers, limits }: SubscriptionServer): boolean =>
  isVersion5 && wantsIdentifiers && limits.subscriptionIdentifiersAvailable

/** What filters were last sent with. It outlives the connection, as the messages that name it do. */
const createSentIdentifiers = (first: number) => {
  const numbers = createFilterNumbers(first)
  const latest = new Map<string, number>()
  return {
    of: (filter: string): number | undefined => latest.get(filter),
    /** The filter that was numbered so. */
    filterOf: numbers.filterOf,
    /** What the filter is sent with now; null = nothing. */
    assign: (filter: string, server: SubscriptionServer): number | null => {
      const identifier = takesIdentifiers(server) ? numbers.assign(filter) : null
      if (identifier === null) latest.delete(filter)
      else latest.set(filter, identifier)
      return identifier
    },
  }
}

/** §3.2.2.3.6 [MQTT-3.2.2-15]: a larger packet must not be sent, whatever a person wants. */
const oversize = (size: number, { maximumPacketSize }: ServerLimits) =>
  maximumPacketSize !== null && size > maximumPacketSize ? { size, limit: maximumPacketSize } : null

/** What may make the server end the connection, by the filters it got then. */
const createDoubts = () => {
  const suspects = new Set<string>()
  /** Those it was. */
  const closing = new Set<string>()
  return {
    suspects,
    closing,
    /** Those that are wanted no longer need not be doubted. */
    keepOnly: (wanted: ReadonlyMap<string, WantedFilter>): void => {
      for (const set of [suspects, closing]) for (const filter of set) if (!wanted.has(filter)) set.delete(filter)
    },
    clear: (): void => {
      suspects.clear()
      closing.clear()
    },
  }
}

/**
 * What was asked of the server, filter by filter, and what it answered. Each filter goes in a packet of its own, so that
 * one the server refuses does not stand in another's way; one it may have ended the connection for goes last and alone.
 */
export const createSentFilters = (options: SentFiltersOptions) => {
  const { now, onChange, onAsked, onGranted, onLeft, onNotice } = options
  let transport: Transport | null = null
  let server: SubscriptionServer | null = null
  const sent = new Map<string, SentFilter>()
  /** Filters the server may still hold for a session that outlives the connection. */
  const known = new Set<string>()
  const identifiers = createSentIdentifiers(options.firstIdentifier)
  /** Sent on this connection although they are to be held back. */
  const insisted = new Set<string>()
  const leaving = createLeavingFilters({ now, onChange })
  const doubts = createDoubts()
  const turns = createOneAtATime()
  const unanswered = new Map<symbol, UnansweredFilter>()

  const request = async (asked: Omit<UnansweredFilter, 'at'>, send: () => Promise<FilterAnswer>) => {
    const key = Symbol(asked.filter)
    unanswered.set(key, { ...asked, at: performance.now() })
    const answer = await turns.follow(send())
    // At the end of the connection it stays: that is what the end may be the answer to.
    if (answer) unanswered.delete(key)
    return answer
  }

  const sendUnsubscribe = async (opened: Transport, filter: string): Promise<FilterAnswer> => {
    const size = unsubscribeSize(filter, server?.isVersion5 === true)
    const tooLarge = server && oversize(size, server.limits)
    if (tooLarge) {
      leaving.noteImpossible(
        filter,
        fail('unsubscribeTooLarge', 'UNSUBSCRIBE is too large.', { values: tooLarge }).error,
      )
      return null
    }
    return request({ packet: 'UNSUBSCRIBE', filter, qos: null, size }, () => leaving.unsubscribe(opened, filter))
  }

  const unsubscribe = async (filter: string): Promise<boolean> => {
    const opened = transport
    if (!opened) return false
    known.delete(filter)
    const answer = await sendUnsubscribe(opened, filter)
    const isGone = answer !== null && answer.reasonCode < 0x80
    if (!isGone || transport !== opened) return isGone
    onLeft(filter)
    // §3.11.3: the server had none, so what came until now did not come for it.
    if (answer.reasonCode === noSubscriptionExisted) {
      const values = { filter: brief(filter), reason: reasonText('unsuback', answer.reasonCode) }
      onNotice({ code: 'unsubscribedNothing', message: 'The server had no such subscription.', values })
    }
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
    if (insisted.has(filter)) return null
    return doubts.closing.has(filter) ? 'closesConnection' : holdReasonFor(filter, wish, to.limits)
  }

  const subscribe = async (filter: string, { qos, options: wish }: WantedFilter): Promise<void> => {
    const opened = transport
    const asked = server
    if (!opened || !asked) return
    const isKnown = known.has(filter) && (sent.get(filter)?.options ?? wish).noLocal === wish.noLocal
    const entry: SentFilter = { qos, options: wish, state: { phase: 'requested' } }
    sent.set(filter, entry)
    const reason = holdReason(filter, entry, asked)
    if (reason) {
      hold(filter, entry, { phase: 'heldBack', reason })
      return
    }
    const identifier = identifiers.assign(filter, asked)
    const size = subscribeSize(filter, identifier, asked.isVersion5)
    const tooLarge = oversize(size, asked.limits)
    if (tooLarge) {
      hold(filter, entry, { phase: 'heldBack', reason: 'tooLarge', ...tooLarge })
      return
    }
    // Meanwhile it was sent with another QoS, or taken back, or the connection is another one.
    const isOver = () => sent.get(filter) !== entry || transport !== opened
    if (doubts.suspects.has(filter)) await turns.turn()
    if (isOver()) return
    known.add(filter)
    entry.state = { phase: 'requested', since: now() }
    if (identifier !== null && !isKnown) onAsked(identifier)
    const answer = await request({ packet: 'SUBSCRIBE', filter, qos, size }, () =>
      opened.subscribe({ filter, qos, options: wish, identifier }),
    )
    if (answer) doubts.suspects.delete(filter)
    if (isOver()) return
    entry.state = stateAfter(answer, { isVersion5: asked.isVersion5, since: now() })
    if (entry.state.phase === 'granted') {
      leaving.keep(filter)
      if (identifier !== null) onGranted(identifier)
    }
    onChange()
  }

  return {
    get: (filter: string): SentFilter | undefined => sent.get(filter),
    /** What it was last sent with. */
    identifierOf: identifiers.of,
    filterOf: identifiers.filterOf,
    bringsAll: (filter: string): boolean => bringsAll(filter, sent.get(filter)),
    refused: (): string[] => refusedOf(sent),
    /** Whether the server has nothing any more that was taken back. */
    isSettled: leaving.isEmpty,
    /** How a filter that is wanted no longer stands, where the server may still have it. */
    leavingStateOf: leaving.stateOf,
    overdue: leaving.overdue,
    unanswered: (): UnansweredFilter[] => [...unanswered.values()],
    isSuspect: (filter: string): boolean => doubts.suspects.has(filter) || doubts.closing.has(filter),
    hasSuspects: (): boolean => doubts.suspects.size > 0,
    suspect: (filter: string): void => void doubts.suspects.add(filter),
    /** The server closed on it again: it is held back until a person wants it sent, or wants it no longer. */
    holdFromNow: (filter: string): void => {
      doubts.suspects.delete(filter)
      doubts.closing.add(filter)
    },
    /** Resolves when every request is answered, or takes too long. */
    settled: turns.settled,
    subscribe,
    /** Asks once more where the server may have had no room. */
    subscribeAgain: (filter: string): void => {
      const entry = sent.get(filter)
      if (!entry || !mayLackRoom(entry.state)) return
      void subscribe(filter, entry)
      onChange()
    },
    /** Takes back all others; each promise answers whether the server said that it is gone. */
    unsubscribeAllBut: (wanted: ReadonlyMap<string, WantedFilter>): Promise<boolean>[] => {
      doubts.keepOnly(wanted)
      for (const filter of [...sent.keys()]) if (!wanted.has(filter)) sent.delete(filter)
      return [...known].filter((filter) => !wanted.has(filter)).map(unsubscribe)
    },
    /** Asks once more to take a filter back. */
    unsubscribeAgain: (filter: string): void => {
      if (leaving.stateOf(filter)) void unsubscribe(filter)
    },
    /** Lets a filter be sent that is held back. */
    insist: (filter: string): void => {
      insisted.add(filter)
      if (sent.get(filter)?.state.phase === 'heldBack') sent.delete(filter)
    },
    begin: (opened: Transport, found: SubscriptionServer): void => {
      transport = opened
      server = found
      unanswered.clear()
      if (!found.sessionPresent) known.clear()
    },
    end: (): void => {
      transport = null
      sent.clear()
      insisted.clear()
      for (const filter of leaving.takeAll()) known.add(filter)
    },
    /** Another server: what one closed on says nothing of it. */
    forgetDoubts: doubts.clear,
  }
}
