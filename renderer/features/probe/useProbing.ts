import { useEffect, useLayoutEffect } from 'react'
import { messagesState } from '../../state/messages'
import { probeState } from '../../state/probe'
import { useConnection } from '../../state/useConnection'

/**
 * Keeps the answer of the connection in view up to date beside the batches, which bring theirs: with every filter, with
 * every clear and its undo, which put another tree in place, and frame by frame while the walk is not done. Before
 * painting, so that rows are dimmed in the frame in which they are counted.
 */
export const useProbing = (): void => {
  const advance = useConnection(probeState, (state) => state.advance)
  const filter = useConnection(probeState, (state) => state.filter)
  const pending = useConnection(probeState, (state) => state.answer?.pending ?? false)
  const cleared = useConnection(messagesState, (state) => state.cleared)
  useLayoutEffect(() => advance(), [advance, filter, cleared])
  useEffect(() => {
    if (!pending) return
    let frame = requestAnimationFrame(function goOn() {
      frame = requestAnimationFrame(goOn)
      advance()
    })
    return () => cancelAnimationFrame(frame)
  }, [advance, pending])
}
