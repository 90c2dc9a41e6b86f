import type { Qos } from '#shared/model/qos'
import type { ServerLimits } from '#shared/model/session'
import {
  defaultSubscriptionOptions,
  sentSubscriptions,
  type HoldReason,
  type Subscription,
  type SubscriptionOptions,
  type SubscriptionState,
  type SubscriptionStatus,
} from '#shared/model/subscription'
import { reasonName } from '#shared/mqtt/reasonCode'
import { isSharedFilter, parseFilter } from '#shared/mqtt/topicFilter'
import { fail } from '#shared/result'
import { createFilterNumbers } from './delivery/filterNumbers'
import type { FilterAnswer, Transport } from './transport'

interface WantedFilter {
  readonly qos: Qos
  readonly options: SubscriptionOptions
}

/** One filter as the server knows it. Several subscriptions may share it: `sentSubscriptions` says which one is sent. */
interface SentFilter extends WantedFilter {
  state: SubscriptionState
}

const wantedFilters = (list: readonly Subscription[], isVersion5: boolean): Map<string, WantedFilter> =>
  new Map(
    [...sentSubscriptions(list)].map(([filter, { qos, options }]) => [
      filter,
      { qos, options: (isVersion5 ? options : undefined) ?? defaultSubscriptionOptions },
    ]),
  )

const isSameWish = (one: WantedFilter | undefined, other: WantedFilter): boolean =>
  one?.qos === other.qos &&
  one.options.noLocal === other.options.noLocal &&
  one.options.retainAsPublished === other.options.retainAsPublished &&
  one.options.retainHandling === other.options.retainHandling

const inactive: SubscriptionState = { phase: 'inactive' }

const statusOf = (
  subscription: Subscription,
  entry: SentFilter | undefined,
  identifier: number | undefined,
): SubscriptionStatus => ({
  subscription,
  ...(identifier === undefined ? {} : { identifier }),
  state: subscription.enabled ? (entry?.state ?? inactive) : inactive,
})

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
  if (!answer) return inactive
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

export interface SubscriptionServer {
  readonly sessionPresent: boolean
  readonly isVersion5: boolean
  readonly wantsIdentifiers: boolean
  readonly limits: ServerLimits
}

const takesIdentifiers = (server: SubscriptionServer | null): boolean =>
  server?.isVersion5 === true && server.wantsIdentifiers && server.limits.subscriptionIdentifiersAvailable

export interface SubscriptionListOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The subscription identifier of the first filter. */
  readonly firstIdentifier: number
  readonly onChange: () => void
  /** A SUBSCRIBE goes out for a filter the server does not have, or has otherwise. */
  readonly onAsked: (identifier: number) => void
  readonly onGranted: (identifier: number) => void
}

/**
 * The filters a connection wants, and where each stands with the server. The session's list is the truth: it is sent
 * whole on every connect, and a change sends the difference. Each filter goes in a packet of its own, so that one the
 * server refuses does not stand in another's way.
 */
export const createSubscriptionList = (options: SubscriptionListOptions) => {
  const { now, onChange, onAsked, onGranted } = options
  let list: readonly Subscription[] = []
  let transport: Transport | null = null
  let server: SubscriptionServer | null = null
  const sent = new Map<string, SentFilter>()
  /** Filters the server may still hold for a session that outlives the connection. */
  const known = new Set<string>()
  const numbers = createFilterNumbers(options.firstIdentifier)
  /** What filters were last sent with. It outlives the connection, as the messages that name it do. */
  const identifiers = new Map<string, number>()
  /** Sent on this connection although they are to be held back. */
  const insisted = new Set<string>()
  /** Filters on their way out: UNSUBSCRIBE was sent, UNSUBACK has not come. */
  const leaving = new Set<string>()

  const subscribe = async (opened: Transport, filter: string, wish: WantedFilter): Promise<void> => {
    const before = sent.get(filter) ?? wish
    const isKnown = known.has(filter) && before.options.noLocal === wish.options.noLocal
    const entry: SentFilter = { ...wish, state: { phase: 'requested' } }
    sent.set(filter, entry)
    const reason = server && !insisted.has(filter) ? holdReasonFor(filter, wish.options, server.limits) : null
    if (reason) {
      // What the server holds of it from before no longer is what is wanted.
      if (known.has(filter)) void leave(opened, filter)
      entry.state = { phase: 'heldBack', reason }
      onChange()
      return
    }
    known.add(filter)
    const identifier = takesIdentifiers(server) ? numbers.assign(filter) : null
    if (identifier === null) identifiers.delete(filter)
    else identifiers.set(filter, identifier)
    if (identifier !== null && !isKnown) onAsked(identifier)
    const answer = await opened.subscribe({ filter, ...wish, identifier })
    // Meanwhile it was sent with another QoS, or taken back, or the connection is another one.
    if (sent.get(filter) !== entry || transport !== opened) return
    entry.state = stateAfter(answer, { isVersion5: server?.isVersion5 === true, since: now() })
    if (identifier !== null && entry.state.phase === 'granted') onGranted(identifier)
    onChange()
  }

  const leave = async (opened: Transport, filter: string): Promise<void> => {
    known.delete(filter)
    leaving.add(filter)
    if (await opened.unsubscribe(filter)) leaving.delete(filter)
  }

  const sendDifference = () => {
    const opened = transport
    if (!opened) return
    const wanted = wantedFilters(list, server?.isVersion5 === true)
    // What comes is asked for before what goes is taken back: one that replaces another leaves no gap between them.
    for (const [filter, wish] of wanted) if (!isSameWish(sent.get(filter), wish)) void subscribe(opened, filter, wish)
    for (const filter of [...known]) if (!wanted.has(filter)) void leave(opened, filter)
    for (const filter of [...sent.keys()]) if (!wanted.has(filter)) sent.delete(filter)
  }

  return {
    apply: (wanted: readonly Subscription[]) => {
      list = wanted
      sendDifference()
    },
    begin: (opened: Transport, found: SubscriptionServer) => {
      transport = opened
      server = found
      if (!found.sessionPresent) known.clear()
      sendDifference()
    },
    end: () => {
      transport = null
      sent.clear()
      insisted.clear()
      for (const filter of leaving) known.add(filter)
      leaving.clear()
    },
    /** Sends a filter that is held back. */
    insist: (filter: string) => {
      insisted.add(filter)
      if (sent.get(filter)?.state.phase === 'heldBack') sent.delete(filter)
      sendDifference()
    },
    /** The filter that was numbered so. */
    filterOf: numbers.filterOf,
    bringsAll: (filter: string): boolean => bringsAll(filter, sent.get(filter)),
    /** Whether every UNSUBSCRIBE has been answered. */
    isSettled: (): boolean => leaving.size === 0,
    refused: (): string[] => refusedOf(sent),
    statuses: (): SubscriptionStatus[] =>
      list.map((one) => statusOf(one, sent.get(one.filter), identifiers.get(one.filter))),
  }
}
