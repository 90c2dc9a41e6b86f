// Why it is so: build/docs/decisions/30-the-profile-owns-the-subscription-list.md
import {
  defaultSubscriptionOptions,
  isStillThere,
  sentSubscriptions,
  type Subscription,
  type SubscriptionState,
  type SubscriptionStatus,
} from '#shared/model/subscription'
import {
  createSentFilters,
  type SentFilters,
  type SentFiltersOptions,
  type SubscriptionServer,
  type WantedFilter,
} from './sentFilters'
import type { Transport } from '../transport/transport'

const inactive: SubscriptionState = { phase: 'inactive' }

/**
 * The subscriptions of the profile and the state of each on the server. All of them are sent on every connect, and a change
 * of the list sends the difference.
 */
export interface SubscriptionList extends Pick<
  SentFilters,
  'unanswered' | 'noteAnswer' | 'isSuspect' | 'hasSuspects' | 'suspect' | 'holdFromNow' | 'settled'
> {
  apply(wanted: readonly Subscription[]): void
  /** Sends these too, where no subscription has their filter. They are counted, and have no status. */
  applyOwn(wanted: readonly Subscription[]): void
  stateOf(filter: string): SubscriptionState
  begin(opened: Transport, found: SubscriptionServer): void
  end(): void
  /** Sends a filter that is held back, or another UNSUBSCRIBE for one that the server did not remove. */
  sendHeldBack(filter: string): void
  filterOf(identifier: number): string | undefined
  bringsAll(filter: string): boolean
  isSettled(): boolean
  refused(): string[]
  statuses(): SubscriptionStatus[]
  /** All subscriptions that messages may come for: one that the server may still have counts as enabled. */
  counted(): Subscription[]
  /** Filters that are off or removed, and that the server may still have. */
  leftovers(): string[]
  forgetSuspects(): void
}

export const createSubscriptionList = (options: SentFiltersOptions): SubscriptionList => {
  const filters = createSentFilters(options)
  let list: readonly Subscription[] = []
  let own: readonly Subscription[] = []
  /** Subscriptions that were removed while a connection was open, by filter. */
  const removed = new Map<string, Subscription>()
  /** Of the connection that is open. */
  let server: SubscriptionServer | null = null

  const sendDifference = async (): Promise<void> => {
    const asked = server
    if (!asked) return
    const wanted = wantedFilters([list, own], asked.isVersion5)
    const coming = [...wanted].filter(([filter, wish]) => !isSameWish(filters.get(filter), wish))
    // SUBSCRIBE goes before UNSUBSCRIBE, so that a filter that replaces another leaves no gap between them.
    const answers = coming.map(([filter, wish]) => filters.subscribe(filter, wish))
    const gone = await Promise.all(filters.unsubscribeAllBut(wanted))
    await Promise.all(answers)
    // A server that refused a filter for want of room may take it when another was removed.
    if (gone.includes(true) && server === asked) for (const [filter] of coming) filters.subscribeAgain(filter)
  }

  const noteRemoved = (wanted: readonly Subscription[]) => {
    const stays = new Set(wanted.map(({ filter }) => filter))
    for (const one of list) if (server && !stays.has(one.filter)) removed.set(one.filter, one)
    for (const filter of stays) removed.delete(filter)
  }
  const stateOf = ({ filter, enabled }: Subscription): SubscriptionState =>
    (enabled ? filters.get(filter)?.state : filters.get(filter) ? null : filters.leavingStateOf(filter)) ?? inactive
  const statusOf = (subscription: Subscription): SubscriptionStatus => {
    const identifier = filters.identifierOf(subscription.filter)
    return { subscription, ...(identifier === undefined ? {} : { identifier }), state: stateOf(subscription) }
  }
  /** Removed ones that the server may still have. */
  const leftovers = (): SubscriptionStatus[] =>
    filters.overdue().flatMap((filter) => {
      const one = removed.get(filter)
      return one ? [{ ...statusOf({ ...one, enabled: false }), isRemoved: true }] : []
    })
  const statuses = (): SubscriptionStatus[] => [...list.map(statusOf), ...leftovers()]

  return {
    apply: (wanted) => {
      noteRemoved(wanted)
      list = wanted
      void sendDifference()
    },
    applyOwn: (wanted) => {
      own = wanted
      void sendDifference()
    },
    stateOf: (filter) => filters.get(filter)?.state ?? inactive,
    begin: (opened, found) => {
      server = found
      filters.begin(opened, found)
      void sendDifference()
    },
    end: () => {
      server = null
      removed.clear()
      filters.end()
    },
    sendHeldBack: (filter) => {
      filters.sendHeldBack(filter)
      filters.unsubscribeAgain(filter)
      void sendDifference()
    },
    filterOf: filters.filterOf,
    bringsAll: filters.bringsAll,
    isSettled: filters.isSettled,
    refused: filters.refused,
    statuses,
    counted: () => [
      ...statuses().map((status) =>
        isStillThere(status) ? { ...status.subscription, enabled: true } : status.subscription,
      ),
      ...own,
    ],
    leftovers: filters.overdue,
    unanswered: filters.unanswered,
    noteAnswer: filters.noteAnswer,
    isSuspect: filters.isSuspect,
    hasSuspects: filters.hasSuspects,
    suspect: filters.suspect,
    holdFromNow: filters.holdFromNow,
    settled: filters.settled,
    forgetSuspects: filters.forgetSuspects,
  }
}

/** Several subscriptions may share a filter: `sentSubscriptions` says which one is sent. One of the list goes before our own. */
const wantedFilters = (
  [list, own]: readonly [list: readonly Subscription[], own: readonly Subscription[]],
  isVersion5: boolean,
): Map<string, WantedFilter> =>
  new Map(
    [...sentSubscriptions(own), ...sentSubscriptions(list)].map(([filter, { qos, options }]) => [
      filter,
      { qos, options: (isVersion5 ? options : undefined) ?? defaultSubscriptionOptions },
    ]),
  )

const isSameWish = (one: WantedFilter | undefined, other: WantedFilter): boolean =>
  one?.qos === other.qos &&
  one.options.noLocal === other.options.noLocal &&
  one.options.retainAsPublished === other.options.retainAsPublished &&
  one.options.retainHandling === other.options.retainHandling
