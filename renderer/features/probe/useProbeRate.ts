import type { Rate } from '../../model/rateMeter'
import { probeState, type ProbeState } from '../../state/probe'
import { useConnection } from '../../state/useConnection'
import { useRates, type RatePace } from '../../state/useRates'

const pace: RatePace = { windowMs: 4_000, everyMs: 500 }
/** After fewer readings one burst would pass for the rate, and before the window is full a pause would pass for silence. */
const fewestReadings = 4
const fewestSilentReadings = 1 + pace.windowMs / pace.everyMs

/**
 * Messages a second on the topics that match; null until it is known. What a walk finds is not traffic: the rate begins
 * when the walk is done, and anew when the messages are fewer, because the tree was cleared. For one filter: another one
 * needs another instance.
 */
export const useProbeRate = (): number | null => {
  const { rates } = useRates(probeState, totalsOf, pace)
  const messagesNow = useConnection(probeState, ({ answer }) => answer?.messages ?? 0)
  const [arrived, messages] = [rates.get('arrived'), rates.get('messages')]
  if (!arrived || !messages || messagesNow < messages.total) return null
  return isKnown(arrived.perSecond, messages) ? arrived.perSecond : null
}

const totalsOf = ({ answer }: ProbeState): Readonly<Record<string, number>> =>
  answer && !answer.pending ? { arrived: answer.arrived, messages: answer.messages } : {}

const isKnown = (perSecond: number, { readings }: Rate) =>
  readings >= (perSecond > 0 ? fewestReadings : fewestSilentReadings)
