import { useMemo } from 'react'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { settingsState } from '../../../state/settings'
import { useApp } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import { useSubscriptionList } from '../../../state/useSubscriptions'
import { orderedSubscriptions } from './orderedSubscriptions'
import { subscriptionListState } from './subscriptionListState'

export interface ShownSubscriptions {
  /** All of the connection, in the order of adding. */
  readonly all: readonly SubscriptionStatus[]
  /** Those that are looked for, in the order of the list. */
  readonly rows: readonly SubscriptionStatus[]
}

export const useShownSubscriptions = (): ShownSubscriptions => {
  const all = useSubscriptionList()
  const sort = useApp(settingsState, (state) => state.settings.subscriptionSort)
  const search = useConnection(subscriptionListState, (state) => state.search)
  const counted = useConnection(subscriptionListState, (state) => state.counted)
  return useMemo(
    () => ({ all, rows: orderedSubscriptions(all, { sort, counted, search }) }),
    [all, sort, counted, search],
  )
}
