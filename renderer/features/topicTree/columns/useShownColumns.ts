import { useMemo } from 'react'
import { settingsState } from '../../../state/settings'
import { useApp } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import { treeViewState } from '../treeViewState'
import { shownColumns, type TreeColumn } from './treeColumns'

/** The columns that stand in the tree; the same array as long as they are the same. */
export const useShownColumns = (): readonly TreeColumn[] => {
  const chosen = useApp(settingsState, (state) => state.settings.treeColumns)
  const traffic = useConnection(treeViewState, (state) => state.traffic)
  return useMemo(() => shownColumns({ chosen, traffic }), [chosen, traffic])
}
