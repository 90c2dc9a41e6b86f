import type { RetainedEntry } from '#shared/model/retained'
import type { ShownRows } from './retainedSelection'

/** A level of a topic with everything that is shown of it and below it. */
export interface LevelGroup {
  readonly level: string
  readonly places: readonly number[]
}

/** A hostile topic has thousands of levels; these are enough to choose from. */
const mostLevels = 12

/** The groups a topic is in, the widest first, but for those of a single message. */
export const levelGroups = (topic: string, entries: readonly RetainedEntry[], rows: ShownRows): LevelGroup[] => {
  const groups = [...levelsAbove(topic), topic].map((level) => ({ level, below: `${level}/`, places: [] as number[] }))
  for (let row = 0; row < rows.count; row += 1) {
    const place = rows.placeAt(row)
    const other = entries[place]?.topic ?? ''
    for (const { level, below, places } of groups) {
      if (other !== level && !other.startsWith(below)) break
      places.push(place)
    }
  }
  return groups.filter(({ places }) => places.length > 1).map(({ level, places }) => ({ level, places }))
}

const levelsAbove = (topic: string): string[] => {
  const levels: string[] = []
  for (let slash = topic.indexOf('/'); slash >= 0 && levels.length < mostLevels; slash = topic.indexOf('/', slash + 1))
    levels.push(topic.slice(0, slash))
  return levels
}
