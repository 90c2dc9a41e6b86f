import {
  defaultSubscriptionOptions,
  sentSubscriptions,
  type Subscription,
  type SubscriptionState,
  type SubscriptionStatus,
} from '#shared/model/subscription'
import {
  createSentFilters,
  type SentFilter,
  type SentFiltersOptions,
  type SubscriptionServer,
  type WantedFilter,
} from './sentFilters'
import type { Transport } from './transport'

/** Several subscriptions may share a filter: `sentSubscriptions` says which one is sent. */
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

/**
 * The filters a connection wants, and where each stands with the server. The session's list is the truth: it is sent
 * whole on every connect, and a change sends the difference.
 */
export const createSubscriptionList = (options: SentFiltersOptions) => {
  const filters = createSentFilters(options)
  let list: readonly Subscription[] = []
  /** Of the connection that is open. */
  let server: SubscriptionServer | null = null

  const sendDifference = async (): Promise<void> => {
    const asked = server
    if (!asked) return
    const wanted = wantedFilters(list, asked.isVersion5)
    const coming = [...wanted].filter(([filter, wish]) => !isSameWish(filters.get(filter), wish))
    // What comes is asked for before what goes is taken back: one that replaces another leaves no gap between them.
    const answers = coming.map(([filter, wish]) => filters.subscribe(filter, wish))
    const gone = await Promise.all(filters.unsubscribeAllBut(wanted))
    await Promise.all(answers)
    // A server that takes no more filters may take one when another has left.
    if (gone.includes(true) && server === asked) for (const [filter] of coming) filters.subscribeAgain(filter)
  }

  return {
    apply: (wanted: readonly Subscription[]): void => {
      list = wanted
      void sendDifference()
    },
    begin: (opened: Transport, found: SubscriptionServer): void => {
      server = found
      filters.begin(opened, found)
      void sendDifference()
    },
    end: (): void => {
      server = null
      filters.end()
    },
    /** Sends a filter that is held back. */
    insist: (filter: string): void => {
      filters.insist(filter)
      void sendDifference()
    },
    filterOf: filters.filterOf,
    bringsAll: filters.bringsAll,
    isSettled: filters.isSettled,
    refused: filters.refused,
    statuses: (): SubscriptionStatus[] =>
      list.map((one) => statusOf(one, filters.get(one.filter), filters.identifierOf(one.filter))),
  }
}
