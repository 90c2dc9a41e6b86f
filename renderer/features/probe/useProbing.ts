import { useEffect, useLayoutEffect } from 'react'
import { useApp } from '../../store/useApp'

/**
 * Keeps the answer of the connection in view up to date: with every batch, with every filter, and frame by frame while
 * the walk is not done. Before painting, so that rows are dimmed in the frame in which they are counted.
 */
export const useProbing = (connectionId: string): void => {
  const advanceProbe = useApp((state) => state.advanceProbe)
  const filter = useApp((state) => state.probedFilters[connectionId])
  const dataRevision = useApp((state) => state.dataRevision)
  const pending = useApp((state) => state.probeAnswers[connectionId]?.pending ?? false)
  useLayoutEffect(() => advanceProbe(connectionId), [advanceProbe, connectionId, filter, dataRevision])
  useEffect(() => {
    if (!pending) return
    let frame = requestAnimationFrame(function advance() {
      frame = requestAnimationFrame(advance)
      advanceProbe(connectionId)
    })
    return () => cancelAnimationFrame(frame)
  }, [advanceProbe, connectionId, pending])
}
