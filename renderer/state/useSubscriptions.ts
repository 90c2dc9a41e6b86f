import { useMemo } from 'react'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import { sessionState, type SessionState } from './session'
import { notSent } from './subscriptions'
import { useConnection } from './useConnection'
import { useEntry } from './useEntry'

const noStatuses: readonly SubscriptionStatus[] = []
const noSubscriptions: readonly Subscription[] = []

/** Where the connection's subscriptions stand with the broker; empty before there is a session. */
export const useSubscriptionStatuses = (): readonly SubscriptionStatus[] =>
  useConnection(sessionState, selectStatuses) ?? noStatuses

/** As `useSubscriptionStatuses`, or what the profile wants before there is a session: not sent to anyone. */
export const useSubscriptionList = (): readonly SubscriptionStatus[] => {
  const statuses = useConnection(sessionState, selectStatuses)
  const planned = useEntry()?.profile.subscriptions ?? noSubscriptions
  return statuses ?? notSent(planned)
}

/** The connection's subscriptions by id, in their order: the session's, or the profile's before there is one. */
export const useSubscriptions = (): ReadonlyMap<string, Subscription> => {
  const list = useSubscriptionList()
  return useMemo(() => new Map(list.map(({ subscription }) => [subscription.id, subscription])), [list])
}

const selectStatuses = ({ status }: SessionState) => status?.subscriptions ?? null
