import { useMemo } from 'react'
import { createAskedSince, heardSince, type AskedSince } from '../model/askedSince'
import { useConnectionModel } from './useConnection'
import { useSubscriptionStatuses } from './useSubscriptions'

/** Since when each topic is asked for on the connection; the same function until its subscriptions change. */
export const useAskedSince = (): AskedSince => {
  const statuses = useSubscriptionStatuses()
  return useMemo(() => createAskedSince(statuses), [statuses])
}

/** As `useAskedSince`, but not from before messages were last skipped. */
export const useHeardSince = (): AskedSince => {
  const asked = useAskedSince()
  const skippedAt = useConnectionModel().skipped.lastAt()
  return useMemo(() => heardSince(asked, skippedAt), [asked, skippedAt])
}
