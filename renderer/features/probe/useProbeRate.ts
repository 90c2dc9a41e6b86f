import { useEffect, useState } from 'react'
import { createRateMeter } from '../../model/rateMeter'
import { useAppStore } from '../../store/useApp'

const windowMs = 4_000
const readEveryMs = 500
/** Before that one burst, or the pause behind it, would pass for the rate. */
const fewestReads = 4

/**
 * Messages a second on the topics that match, read twice a second whatever comes; null until it is known. What a walk
 * finds is not traffic: the rate starts when the walk is done.
 */
export const useProbeRate = (connectionId: string, filter: string): number | null => {
  const store = useAppStore()
  const [measured, setMeasured] = useState<{ readonly filter: string; readonly rate: number } | null>(null)
  useEffect(() => {
    let meter = createRateMeter(windowMs)
    let samples = 0
    const read = () => {
      const answer = store.getState().probeAnswers[connectionId]
      if (!answer || answer.pending) {
        meter = createRateMeter(windowMs)
        samples = 0
        return
      }
      const rate = meter.read(answer.messages, performance.now())
      samples++
      if (samples >= fewestReads)
        setMeasured((known) => (known?.rate === rate && known.filter === filter ? known : { filter, rate }))
    }
    read()
    const timer = setInterval(read, readEveryMs)
    return () => clearInterval(timer)
  }, [store, connectionId, filter])
  return measured?.filter === filter ? measured.rate : null
}
