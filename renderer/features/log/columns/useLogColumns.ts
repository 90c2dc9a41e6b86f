import { useMemo } from 'react'
import { settingsState } from '../../../state/settings'
import { useApp, useAppObject } from '../../../state/useApp'
import { messageColumns } from '../messageColumns'
import { arrangedColumns, type Arrangement } from './columnArrangement'

/** The columns of all logs, and the way to arrange them anew; it is remembered. */
export interface LogColumns {
  readonly arranged: Arrangement
  readonly arrange: (next: Arrangement) => void
}

export const useLogColumns = (): LogColumns => {
  const app = useAppObject()
  const stored = useApp(settingsState, (state) => state.settings.logColumns)
  return useMemo(
    () => ({
      arranged: arrangedColumns(stored, messageColumns),
      arrange: (next) => void app.get(settingsState).save({ logColumns: [...next] }),
    }),
    [app, stored],
  )
}
