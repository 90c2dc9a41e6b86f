import { useMemo } from 'react'
import { createAskedSince, heardSince, type AskedSince } from '../model/askedSince'
import { useConnectionModel } from './useApp'
import { useSubscriptionStatuses } from './useSubscriptions'

/** Since when each topic is asked for on a connection; the same function until its subscriptions change. */
export const useAskedSince = (connectionId: string): AskedSince => {
  const statuses = useSubscriptionStatuses(connectionId)
  return useMemo(() => createAskedSince(statuses), [statuses])
}

/** As `useAskedSince`, but not from before messages were last skipped. */
export const useHeardSince = (connectionId: string): AskedSince => {
  const asked = useAskedSince(connectionId)
  const skippedAt = useConnectionModel(connectionId).skipped.lastAt()
  return useMemo(() => heardSince(asked, skippedAt), [asked, skippedAt])
}
