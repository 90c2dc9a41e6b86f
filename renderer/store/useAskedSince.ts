import { useMemo } from 'react'
import { createAskedSince, type AskedSince } from '../model/askedSince'
import { useSubscriptionStatuses } from './useSubscriptions'

/** Since when each topic is asked for on a connection; the same function until its subscriptions change. */
export const useAskedSince = (connectionId: string): AskedSince => {
  const statuses = useSubscriptionStatuses(connectionId)
  return useMemo(() => createAskedSince(statuses), [statuses])
}
