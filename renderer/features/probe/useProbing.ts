import { useCallback, useMemo } from 'react'
import { messagesState } from '../../state/messages'
import { probeState } from '../../state/probe'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { useSlicedWork } from '../../state/useSlicedWork'

/**
 * Keeps the answer of the connection in view up to date beside the batches, which bring theirs: with every filter, with
 * every clear and its undo, which put another tree in place, and frame by frame while the walk is not done. Before
 * painting, so that rows are dimmed in the frame in which they are counted.
 */
export const useProbing = (): void => {
  const connection = useConnectionObject()
  const filter = useConnection(probeState, (state) => state.filter)
  const pending = useConnection(probeState, (state) => state.answer?.pending ?? false)
  const cleared = useConnection(messagesState, (state) => state.cleared)
  const advance = useCallback(() => {
    connection.get(probeState).advance()
    return connection.get(probeState).answer?.pending ?? false
  }, [connection])
  const news = useMemo(() => ({ filter, pending, cleared }), [filter, pending, cleared])
  useSlicedWork(advance, news)
}
