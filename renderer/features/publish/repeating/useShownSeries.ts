import type { SenderStatus } from '#shared/model/sender'
import { selectSender, sendersState } from '../../../state/senders'
import { useApp } from '../../../state/useApp'
import { useConnectionObject } from '../../../state/useConnection'
import { useShownDraft } from '../drafts/useShownDraft'

/** What the draft in the composer repeats on the connection, or repeated last. */
export const useShownSeries = (): SenderStatus | undefined => {
  const { id: connectionId } = useConnectionObject()
  const { id: draftId } = useShownDraft()
  return useApp(sendersState, selectSender({ connectionId, senderId: draftId }))
}
