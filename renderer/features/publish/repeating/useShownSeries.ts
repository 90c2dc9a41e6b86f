import type { SeriesStatus } from '#shared/model/series'
import { selectSeries, seriesState } from '../../../state/series'
import { useApp } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { useShownDraft } from '../drafts/useShownDraft'

/** What the draft in the composer repeats on the connection, or repeated last. */
export const useShownSeries = (): SeriesStatus | undefined => {
  const { id: connectionId } = useConnectionObject()
  const { id: draftId } = useShownDraft()
  return useApp(seriesState, selectSeries({ connectionId, draftId }))
}
