import { createLogChecking } from './logChecking'
import type { LogMirror } from './logMirror'
import type { LogRules } from './logRules'
import { createRowColumn } from './rowColumn'
import type { CheckPart } from './searchProtocol'
import { createTopicMemo } from './topicMemo'

/** All messages of one log held against the schemas of their topics, in steps of well under a millisecond, mostly. */
export interface CheckScan {
  /** Looks at the next messages. */
  step(): void
  readonly isDone: () => boolean
  /** What was found since it was last asked; null = nothing, and nothing was looked at. */
  take(): CheckPart | null
}

/** One check may take as long as hundreds of looks at a topic. */
const rowsPerStep = 16

interface TopicCounts {
  /** Place among all topics that were ever told. */
  readonly place: number
  checked: number
  differing: number
  unchecked: number
}

export const createCheckScan = (mirror: LogMirror, rules: LogRules, fromRow: number): CheckScan => {
  const places = new Map<string, TopicCounts>()
  const touched = new Set<TopicCounts>()
  const rows = createRowColumn()
  let newTopics: string[] = []
  let missed = 0
  let next = fromRow
  let toldTo = fromRow
  let namesRevision = NaN
  let checking = createLogChecking(rules, mirror.names)
  let countsAt = createTopicMemo(mirror.names, countsOf)

  function countsOf(topic: string): TopicCounts {
    const known = places.get(topic)
    if (known) return known
    const counts: TopicCounts = { place: places.size, checked: 0, differing: 0, unchecked: 0 }
    places.set(topic, counts)
    newTopics.push(topic)
    return counts
  }
  const step = () => {
    if (namesRevision !== mirror.namesRevision()) {
      // They remember their answer for each topic number.
      checking = createLogChecking(rules, mirror.names)
      countsAt = createTopicMemo(mirror.names, countsOf)
      namesRevision = mirror.namesRevision()
    }
    if (next < mirror.firstRow()) {
      missed += mirror.firstRow() - next
      next = mirror.firstRow()
    }
    const range = mirror.rangeFrom(next, rowsPerStep)
    if (!range) {
      next += 1
      return
    }
    const { chunk, from, to } = range
    for (let index = from; index < to; index++) {
      const verdict = checking.verdictAt(chunk, index)
      if (verdict === null) continue
      const counts = countsAt(chunk, index)
      touched.add(counts)
      if (verdict === 'unchecked') counts.unchecked += 1
      else counts.checked += 1
      if (verdict !== 'differs') continue
      counts.differing += 1
      rows.push(chunk.firstRow + index)
    }
    next = chunk.firstRow + to
  }
  const take = (): CheckPart | null => {
    if (next === toldTo) return null
    toldTo = next
    const told = [...touched]
    const part: CheckPart = {
      newTopics,
      topics: Uint32Array.from(told, ({ place }) => place),
      checked: Uint32Array.from(told, ({ checked }) => checked),
      differing: Uint32Array.from(told, ({ differing }) => differing),
      unchecked: Uint32Array.from(told, ({ unchecked }) => unchecked),
      rows: rows.take(),
      missed,
      endRow: next,
      isDone: next >= mirror.endRow(),
    }
    for (const counts of told) [counts.checked, counts.differing, counts.unchecked] = [0, 0, 0]
    touched.clear()
    newTopics = []
    missed = 0
    return part
  }
  return { step, isDone: () => next >= mirror.endRow(), take }
}
