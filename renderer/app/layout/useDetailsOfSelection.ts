import { useEffect, useRef } from 'react'
import { selectionState } from '../../state/selection'
import { useApp } from '../../state/useApp'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { areaOf } from './layout'
import { hasRoom } from './fit'
import { halfLayoutOf, layoutOf, layoutState } from './layoutState'

/** In a window without room for the details they come as a sheet when something is selected, and go with Escape. */
export const useDetailsOfSelection = (): void => {
  const connection = useConnectionObject()
  const selection = useConnection(selectionState, (state) => state.selection)
  const show = useApp(layoutState, (state) => state.show)
  const seen = useRef({ connection, selection })
  useEffect(() => {
    const before = seen.current
    seen.current = { connection, selection }
    if (before.connection !== connection || before.selection === selection || selection === null) return
    const { app } = connection
    const area = areaOf(layoutOf(app), 'details')
    if (area !== null && area !== 'centre' && !hasRoom(area, halfLayoutOf(app).size)) show('details')
  }, [connection, selection, show])
}
