import { createFilterTrie } from '#shared/mqtt/filterTrie'
import { levelsOf, topicFilterProblem } from '#shared/mqtt/topicFilter'
import { discoveryPrefix, type Discovery } from './discovery'

/** Last levels that devices use for their state. */
const stateLevels = new Set(['state', 'status', 'availability', 'available', 'online', 'lwt', 'sensor', 'value'])

/**
 * Which retained topics look like a state that Home Assistant is told of, and are named by no discovery message: those whose last
 * level says so (`state`, `availability` ...), and those that begin as topics do that discovery names. What a gateway says of itself
 * (`zigbee2mqtt/bridge/...`), what begins with `$`, and `homeassistant/` are none. Without any discovery nothing is an orphan.
 */
export const orphansAmong = (topics: readonly string[], discoveries: readonly Discovery[]): number[] => {
  const named = discoveries.flatMap(({ states, commands, availability }) => [
    ...states,
    ...commands,
    ...availability.map(({ topic }) => topic),
  ])
  const filters = [...new Set(named)].filter((topic) => topicFilterProblem(topic) === null)
  if (filters.length === 0) return []
  const isNamed = createFilterTrie(filters.map((filter) => [filter, true] as const))
  const firstLevels = new Set(filters.map((filter) => levelsOf(filter)[0] ?? ''))
  return topics.flatMap((topic, place) => {
    const levels = levelsOf(topic)
    if (!isOfDevices(levels, firstLevels) || isNamed.matching(levels).length > 0) return []
    return [place]
  })
}

const isOfDevices = (levels: readonly string[], firstLevels: ReadonlySet<string>) => {
  const [first = '', second = ''] = levels
  if (first === discoveryPrefix || first.startsWith('$') || second === 'bridge') return false
  const last = (levels.at(-1) ?? '').toLowerCase()
  return levels.length > 1 && (firstLevels.has(first) || stateLevels.has(last))
}
