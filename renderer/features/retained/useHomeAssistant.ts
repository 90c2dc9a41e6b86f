import { useMemo } from 'react'
import { useAskedSince } from '../../state/useAskedSince'
import { useConnection } from '../../state/useConnection'
import { useSteadyNow } from '../../state/useSteadyNow'
import { homeAssistantFindings, homeAssistantListing, type HomeAssistantFindings } from './homeAssistant'
import { retainedState } from './retainedState'
import type { Listing } from './useRetainedListing'

/** What speaks against Home Assistant's messages, judged anew every second; null = nobody asks, or the listing is no base for it. */
export const useHomeAssistant = (listing: Listing, isShown: boolean): HomeAssistantFindings | null => {
  const now = useSteadyNow(isShown)
  const askedSince = useAskedSince()
  const heard = useConnection(retainedState, (state) => state.heard)
  const { entries, page, filter, listedAt } = listing
  const isListed = isShown && page?.phase === 'listed'
  // Pages go on to come while messages are cleared; what was listed stays as it is.
  const listed = useMemo(
    () => (isListed ? homeAssistantListing(listing) : null),
    // oxlint-disable-next-line react/exhaustive-deps -- the rest of a listing does not change once it has ended
    [isListed, entries, entries.length, filter],
  )
  return useMemo(
    () => listed && homeAssistantFindings(listed, { askedSince, heard: heard(), listedAt, now }),
    [listed, askedSince, heard, listedAt, now],
  )
}
