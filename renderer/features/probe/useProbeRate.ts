import { useEffect, useState } from 'react'
import { createRateMeter } from '../../model/rateMeter'
import { probeState } from '../../state/probe'
import { useConnection, useConnectionObject } from '../../state/useConnection'

const windowMs = 4_000
const readEveryMs = 500
/** Before that one burst would pass for the rate, and before the window is full a pause for silence. */
const fewestReads = 4
const fewestSilentReads = 1 + windowMs / readEveryMs

interface Measured {
  readonly rate: number
  /** Messages at the time. */
  readonly total: number
}

/**
 * Messages a second on the topics that match, read twice a second whatever comes; null until it is known. What a walk
 * finds is not traffic: the rate starts when the walk is done, and anew when the total shrinks, because the tree was
 * cleared. For one filter: another one needs another instance.
 */
export const useProbeRate = (): number | null => {
  const connection = useConnectionObject()
  const messages = useConnection(probeState, (state) => state.answer?.messages ?? 0)
  const [measured, setMeasured] = useState<Measured | null>(null)
  useEffect(() => {
    let meter = createRateMeter(windowMs)
    let reads = 0
    let last = 0
    const read = () => {
      const { answer } = connection.get(probeState)
      if (!answer || answer.pending || answer.messages < last) {
        meter = createRateMeter(windowMs)
        reads = 0
        setMeasured(null)
      }
      last = answer?.messages ?? 0
      if (!answer || answer.pending) return
      const rate = meter.read(answer.arrived, performance.now())
      reads++
      if (reads >= (rate > 0 ? fewestReads : fewestSilentReads)) setMeasured({ rate, total: last })
    }
    read()
    const timer = setInterval(read, readEveryMs)
    return () => clearInterval(timer)
  }, [connection])
  return measured && messages >= measured.total ? measured.rate : null
}
