import type { Qos } from '#shared/model/qos'
import type { ServerLimits } from '#shared/model/session'
import type { HoldReason, SubscriptionOptions, SubscriptionState } from '#shared/model/subscription'
import { reasonName } from '#shared/mqtt/reasonCode'
import { isSharedFilter, parseFilter } from '#shared/mqtt/topicFilter'
import { fail } from '#shared/result'
import { createFilterNumbers } from './delivery/filterNumbers'
import type { AskedFilter } from './delivery/storedMessages'
import { createLeavingFilters } from './leavingFilters'
import type { FilterAnswer, Transport } from './transport'

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
  /** The subscription identifier of the first filter. */
  readonly firstIdentifier: number
  readonly onChange: () => void
  /** A SUBSCRIBE goes out. */
  readonly onSubscribe: (asked: AskedFilter) => void
  readonly onSubscribed: (filter: string, at: number) => void
  /** A SUBSCRIBE goes out for a filter the server does not have, or has otherwise. */
  readonly onAsked: (identifier: number) => void
  readonly onGranted: (identifier: number) => void
  /** The server said that it has a filter no longer. */
  readonly onLeft: (filter: string) => void
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

const stateAfter = (answer: FilterAnswer, { isVersion5, since }: AnswerMoment): SubscriptionState => {
  if (!answer) return { phase: 'inactive' }
  const { reasonCode, reasonString } = answer
  if (reasonCode === 0 || reasonCode === 1 || reasonCode === 2) return { phase: 'granted', qos: reasonCode, since }
  const name = reasonName(isVersion5 ? 'suback' : 'suback3', reasonCode)
  const reason = reasonString ? `${name} "${reasonString}"` : name
  return { phase: 'refused', error: fail('subscribeRefused', reason, { reasonCode, values: { reason } }).error }
}

/** MQTT 5 §3.2.2.3.11 and .13, and §3.8.3.1: such a SUBSCRIBE would make the server end the connection. */
const holdReasonFor = (filter: string, { noLocal }: SubscriptionOptions, limits: ServerLimits): HoldReason | null => {
  const { shareName, levels } = parseFilter(filter)
  const hasWildcard = levels.some((level) => level === '#' || level === '+')
  if (shareName !== null && !limits.sharedSubscriptionAvailable) return 'shared'
  if (shareName !== null && noLocal) return 'noLocalShared'
  return hasWildcard && !limits.wildcardSubscriptionAvailable ? 'wildcard' : null
}

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

interface Grant {
  readonly filter: string
  readonly identifier: number | null
  readonly at: number
}

/** What is done at each grant. */
const grantNoter =
  (leaving: ReturnType<typeof createLeavingFilters>, { onSubscribed, onGranted }: SentFiltersOptions) =>
  ({ filter, identifier, at }: Grant): void => {
    leaving.keep(filter)
    onSubscribed(filter, at)
    if (identifier !== null) onGranted(identifier)
  }

/**
 * What was asked of the server, filter by filter, and what it answered. Each filter goes in a packet of its own, so that
 * one the server refuses does not stand in another's way.
 */
export const createSentFilters = (options: SentFiltersOptions) => {
  const { now, onChange, onAsked, onLeft } = options
  let transport: Transport | null = null
  let server: SubscriptionServer | null = null
  const sent = new Map<string, SentFilter>()
  /** Filters the server may still hold for a session that outlives the connection. */
  const known = new Set<string>()
  const identifiers = createSentIdentifiers(options.firstIdentifier)
  /** Sent on this connection although they are to be held back. */
  const insisted = new Set<string>()
  const leaving = createLeavingFilters()
  const onGrant = grantNoter(leaving, options)

  const unsubscribe = async (filter: string): Promise<boolean> => {
    const opened = transport
    if (!opened) return false
    known.delete(filter)
    const isGone = await leaving.unsubscribe(opened, filter)
    if (isGone && transport === opened) onLeft(filter)
    return isGone
  }

  const hold = (filter: string, entry: SentFilter, reason: HoldReason) => {
    // What the server holds of it from before no longer is what is wanted.
    if (known.has(filter)) void unsubscribe(filter)
    entry.state = { phase: 'heldBack', reason }
    onChange()
  }

  const subscribe = async (filter: string, { qos, options: wish }: WantedFilter): Promise<void> => {
    const opened = transport
    if (!opened || !server) return
    const isKnown = known.has(filter) && (sent.get(filter)?.options ?? wish).noLocal === wish.noLocal
    const entry: SentFilter = { qos, options: wish, state: { phase: 'requested' } }
    sent.set(filter, entry)
    const reason = insisted.has(filter) ? null : holdReasonFor(filter, wish, server.limits)
    if (reason) {
      hold(filter, entry, reason)
      return
    }
    options.onSubscribe({ filter, options: wish, isNew: !known.has(filter), at: now() })
    known.add(filter)
    const identifier = identifiers.assign(filter, server)
    if (identifier !== null && !isKnown) onAsked(identifier)
    const answer = await opened.subscribe({ filter, qos, options: wish, identifier })
    // Meanwhile it was sent with another QoS, or taken back, or the connection is another one.
    if (sent.get(filter) !== entry || transport !== opened) return
    entry.state = stateAfter(answer, { isVersion5: server.isVersion5, since: now() })
    if (entry.state.phase === 'granted') onGrant({ filter, identifier, at: entry.state.since })
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
      for (const filter of [...sent.keys()]) if (!wanted.has(filter)) sent.delete(filter)
      return [...known].filter((filter) => !wanted.has(filter)).map(unsubscribe)
    },
    /** Lets a filter be sent that is held back. */
    insist: (filter: string): void => {
      insisted.add(filter)
      if (sent.get(filter)?.state.phase === 'heldBack') sent.delete(filter)
    },
    begin: (opened: Transport, found: SubscriptionServer): void => {
      transport = opened
      server = found
      if (!found.sessionPresent) known.clear()
    },
    end: (): void => {
      transport = null
      sent.clear()
      insisted.clear()
      for (const filter of leaving.takeAll()) known.add(filter)
    },
  }
}
