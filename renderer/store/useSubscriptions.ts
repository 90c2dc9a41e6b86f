import { useMemo } from 'react'
import type { Subscription } from '#shared/model/subscription'
import type { AppState } from './appStore'
import { useApp } from './useApp'

const selectSessionList = (connectionId: string) => (state: AppState) => state.sessions[connectionId]?.subscriptions
const selectProfileList = (connectionId: string) => (state: AppState) =>
  state.profiles.find(({ profile }) => profile.id === connectionId)?.profile.subscriptions

/** The connection's subscriptions by id, in their order: the session's, or the profile's before there is one. */
export const useSubscriptions = (connectionId: string): ReadonlyMap<string, Subscription> => {
  const statuses = useApp(selectSessionList(connectionId))
  const planned = useApp(selectProfileList(connectionId))
  return useMemo(() => {
    const list = statuses?.map(({ subscription }) => subscription) ?? planned ?? []
    return new Map(list.map((subscription) => [subscription.id, subscription]))
  }, [statuses, planned])
}
