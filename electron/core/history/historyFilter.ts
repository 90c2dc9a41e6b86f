import { flags } from '#shared/model/frame'
import type { HistorySettings } from '#shared/model/history'
import { filterMatches } from '#shared/mqtt/topicFilter'

/** Whether a message on a topic is kept, by its flags. Filters are compared once for a topic, as long as it is remembered. */
export interface HistoryFilter {
  keeps(topic: string, bits: number): boolean
}

/** Topics whose answer is remembered: what is forgotten is compared again. */
const mostRemembered = 100_000

export const createHistoryFilter = (settings: HistorySettings): HistoryFilter => {
  const { mode, incoming, outgoing, include, exclude } = settings
  if (mode !== 'filtered') return { keeps: () => mode === 'on' }
  const known = new Map<string, boolean>()
  const isOfTopics = (topic: string): boolean =>
    (include.length === 0 || include.some((filter) => filterMatches(filter, topic))) &&
    !exclude.some((filter) => filterMatches(filter, topic))
  const remembered = (topic: string): boolean => {
    const found = known.get(topic)
    if (found !== undefined) return found
    if (known.size >= mostRemembered) known.clear()
    const made = isOfTopics(topic)
    known.set(topic, made)
    return made
  }
  return { keeps: (topic, bits) => ((bits & flags.outgoing) === 0 ? incoming : outgoing) && remembered(topic) }
}
