import { topicFilterProblem, topicNameProblem } from '#shared/mqtt/topicFilter'

/** What is seen of the topics around a level; an answer of null = nothing. */
export interface SeenTopics {
  /** The levels seen below a topic; '' = the first ones. */
  levelsBelow(topic: string): readonly string[]
}

/**
 * Filters for the topics that are like this one, the likeliest first: with ids and numbers replaced by +, the topic itself, and
 * everything below the level that holds it. Empty = no filter can stand for the topic.
 */
export const proposedFilters = (topic: string, seen: SeenTopics): readonly string[] => {
  if (topicNameProblem(topic) !== null || topic.startsWith('$share/')) return []
  const levels = topic.split('/')
  const alike = levels
    .map((level, at) => {
      const place = { isLast: at === levels.length - 1, isFirst: at === 0 }
      return isOneOfMany(level, place, () => seen.levelsBelow(levels.slice(0, at).join('/'))) ? '+' : level
    })
    .join('/')
  const below = levels.length > 1 ? [`${levels.slice(0, -1).join('/')}/#`] : []
  return [...new Set([alike, topic, ...below])].filter((filter) => topicFilterProblem(filter) === null)
}

interface Place {
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** Whether a level names one of many things of a kind, and not the kind. A + at a first level with $ would match nothing there (§4.7.2). */
const isOneOfMany = (level: string, { isFirst, isLast }: Place, siblings: () => readonly string[]): boolean => {
  if ((isFirst && level.startsWith('$')) || level === '' || isVersion.test(level)) return false
  if (idShapes.some((shape) => shape.test(level))) return true
  if (!/\d/.test(level)) return false
  // A last level mostly names what was measured, as in co2 or pm25; two of a shape show that it does not.
  if (!isLast && isNumbered.test(level) && !isFirst) return true
  const own = shapeOf(level)
  return siblings().some((sibling) => sibling !== level && shapeOf(sibling) === own)
}

/** v1, v3.2, spBv1.0: of interfaces and protocols. */
const isVersion = /^[a-z]*v\d+(?:\.\d+)*$/i

const idShapes: readonly RegExp[] = [
  // Numbers, also with a sign or point.
  /^[-+]?\d+(?:\.\d+)*$/,
  // UUIDs, with or without their hyphens.
  /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i,
  // Hardware addresses in pairs: MAC, EUI-64.
  /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,7}$/i,
  // Hexadecimal ids with a digit among them, with 0x, ! (Meshtastic) or a name in front: 0x00158d0001, a4cf12fe9901, shelly1-A4CF12.
  /^(?:0x|!)?(?=[a-f]*\d)[0-9a-f]{6,}$/i,
  /^[a-z][a-z0-9]*[-_](?=[a-f]*\d)[0-9a-f]{6,}$/i,
  // ULIDs and other long ids without words.
  /^(?=.*\d)(?=.*[A-Z])[0-9A-Z]{16,}$/,
]

/** A name and a number: sensor12, room-3, device_0042, line#7. */
const isNumbered = /^[^\d]+[-_.# ]?\d+$/

/** The level with every number as one sign, so that those that differ by numbers alone are the same. */
const shapeOf = (level: string): string => level.replace(/\d+/g, '0')
