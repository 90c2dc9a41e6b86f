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
import { parseFilter } from '#shared/mqtt/topicFilter'
import { fail } from '#shared/result'
import { createFilterNumbers } from './filterNumbers'
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

const withIdentifier = (identifier: number | undefined) => (identifier === undefined ? {} : { identifier })

const inactive: SubscriptionState = { phase: 'inactive' }

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

export interface SubscriptionListOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly onChange: () => void
}

/**
 * The filters a connection wants, and where each stands with the server. The session's list is the truth: it is sent
 * whole on every connect, and a change sends the difference. Each filter goes in a packet of its own, so that one the
 * server refuses does not stand in another's way.
 */
export const createSubscriptionList = ({ now, onChange }: SubscriptionListOptions) => {
  let list: readonly Subscription[] = []
  let transport: Transport | null = null
  let server: SubscriptionServer | null = null
  const sent = new Map<string, SentFilter>()
  /** Filters the server may still hold for a session that outlives the connection. */
  const known = new Set<string>()
  const identifiers = createFilterNumbers()
  /** Sent on this connection although they are to be held back. */
  const insisted = new Set<string>()
  /** Filters on their way out: UNSUBSCRIBE was sent, UNSUBACK has not come. */
  const leaving = new Set<string>()

  const identifierOf = (filter: string): number | null => {
    if (!server?.isVersion5 || !server.wantsIdentifiers || !server.limits.subscriptionIdentifiersAvailable) return null
    return identifiers.assign(filter)
  }

  const subscribe = async (opened: Transport, filter: string, wish: WantedFilter): Promise<void> => {
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
    const answer = await opened.subscribe({ filter, ...wish, identifier: identifierOf(filter) })
    // Meanwhile it was sent with another QoS, or taken back, or the connection is another one.
    if (sent.get(filter) !== entry || transport !== opened) return
    entry.state = stateAfter(answer, { isVersion5: server?.isVersion5 === true, since: now() })
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
    for (const filter of [...known]) if (!wanted.has(filter)) void leave(opened, filter)
    for (const filter of [...sent.keys()]) if (!wanted.has(filter)) sent.delete(filter)
    for (const [filter, wish] of wanted) if (!isSameWish(sent.get(filter), wish)) void subscribe(opened, filter, wish)
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
    filterOf: identifiers.filterOf,
    /** Whether messages may come in copies that say which filter each is for: two filters or more have been numbered. */
    mayOverlap: () => identifiers.size() > 1,
    /** Filters the server does not take or was not asked for: no message comes for them. */
    refused: (): string[] =>
      [...sent].flatMap(([filter, { state }]) =>
        state.phase === 'refused' || state.phase === 'heldBack' ? [filter] : [],
      ),
    statuses: (): SubscriptionStatus[] =>
      list.map((subscription) => ({
        subscription,
        ...withIdentifier(identifiers.numberOf(subscription.filter)),
        state: subscription.enabled ? (sent.get(subscription.filter)?.state ?? inactive) : inactive,
      })),
  }
}
