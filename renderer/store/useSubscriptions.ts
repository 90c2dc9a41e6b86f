import { useMemo } from 'react'
import type { Subscription, SubscriptionStatus } from '#shared/model/subscription'
import type { AppState } from './appStore'
import { useApp } from './useApp'

const selectSessionList = (connectionId: string) => (state: AppState) => state.sessions[connectionId]?.subscriptions
const selectProfileList = (connectionId: string) => (state: AppState) =>
  state.profiles.find(({ profile }) => profile.id === connectionId)?.profile.subscriptions

const noStatuses: readonly SubscriptionStatus[] = []

/** Where the connection's subscriptions stand with the broker; empty before there is a session. */
export const useSubscriptionStatuses = (connectionId: string): readonly SubscriptionStatus[] =>
  useApp(selectSessionList(connectionId)) ?? noStatuses

/** The connection's subscriptions by id, in their order: the session's, or the profile's before there is one. */
export const useSubscriptions = (connectionId: string): ReadonlyMap<string, Subscription> => {
  const statuses = useApp(selectSessionList(connectionId))
  const planned = useApp(selectProfileList(connectionId))
  return useMemo(() => {
    const list = statuses?.map(({ subscription }) => subscription) ?? planned ?? []
    return new Map(list.map((subscription) => [subscription.id, subscription]))
  }, [statuses, planned])
}

/** As `useSubscriptionStatuses`, or what the profile wants before there is a session: not sent to anyone. */
export const useSubscriptionList = (connectionId: string): readonly SubscriptionStatus[] => {
  const statuses = useApp(selectSessionList(connectionId))
  const planned = useApp(selectProfileList(connectionId))
  return useMemo(
    () => statuses ?? planned?.map((subscription) => ({ subscription, state: { phase: 'inactive' } })) ?? noStatuses,
    [statuses, planned],
  )
}
