import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import type { DraftTab } from '../composer/draft'
import { publishState } from '../publishState'
import { draftsState, selectShown } from './draftsState'

/** The draft in the composer of the connection. */
export const useShownDraft = (): DraftTab => {
  const { id } = useConnectionObject()
  const spare = useConnection(publishState, (state) => state.spare)
  return useApp(draftsState, selectShown(id)) ?? spare
}
