import type { DeliveryUpdate, Frame } from '#shared/model/frame'
import { isFrameSound } from '#shared/model/frameReader'
import { createLocalPort } from './logSearch/localPort'
import { createLogSearches, type LogSearch, type LogSearches } from './logSearch/logSearch'
import { createMessageLog, type LogLimits, type LogMemory, type MessageLog } from './messageLog/messageLog'
import { createSegmentPool, type SegmentPool } from './messageLog/segmentPool'
import { createSkippedMessages, type SkippedMessages } from './messageLog/skippedMessages'
import { createTopicIndex, type TopicIndex } from './topicIndex/topicIndex'

/** Messages that the shown log knows no more of. */
export interface EarlierCounts {
  readonly evicted: number
  readonly refused: number
  readonly cleared: number
}

/** What a clear takes away as a whole, and its undo brings back as a whole. */
interface Contents {
  readonly log: MessageLog
  readonly search: LogSearch
  readonly tree: TopicIndex
  readonly earlier: EarlierCounts
}

/**
 * What the window keeps of one connection's messages. Mutable and outside the store; a revision in the store says when.
 * After a clear, and after its undo, log, search and tree are others.
 */
export interface ConnectionModel extends Contents {
  /** Topic by the number frames use for it. */
  readonly topicNames: string[]
  /** Ids of the matching subscriptions by match set number. */
  readonly matchSets: (readonly string[])[]
  readonly skipped: SkippedMessages
}

/** With the newest message it held when it was cleared, 0 = none. */
interface SetAside extends Contents {
  readonly throughSequence: number
}

interface HeldModel extends ConnectionModel {
  log: MessageLog
  search: LogSearch
  tree: TopicIndex
  earlier: EarlierCounts
  /** What the latest clear took away, for as long as it can be undone. It goes on taking what comes. */
  setAside: SetAside | null
}

interface ModelParts {
  readonly limits: LogLimits
  readonly pool: SegmentPool
  readonly searchOf: LogSearches
}

type Names = Pick<ConnectionModel, 'topicNames' | 'matchSets'>

const createContents = (
  { limits, pool, searchOf }: ModelParts,
  { topicNames, matchSets }: Names,
  earlier: EarlierCounts,
): Contents => {
  const memory: LogMemory = { take: pool.take, release: (released) => search.release(released) }
  const log = createMessageLog({ topicNames, matchSets, limits, memory, onChange: () => search.follow() })
  const search = searchOf(log)
  return { log, search, tree: createTopicIndex({ topicNames }), earlier }
}

const createConnectionModel = (parts: ModelParts): HeldModel => {
  const names: Names = { topicNames: [], matchSets: [] }
  const nothingEarlier = { evicted: 0, refused: 0, cleared: 0 }
  return { ...names, ...createContents(parts, names, nothingEarlier), skipped: createSkippedMessages(), setAside: null }
}

const contentsOf = ({ log, search, tree, earlier }: Contents): Contents => ({ log, search, tree, earlier })

const letGo = ({ log, search }: Contents) => {
  log.clear()
  search.close()
}

/** A damaged frame gives its names, which later frames use, and a row of the log that counts its messages. */
const applyFrame = (model: HeldModel, frame: Frame) => {
  frame.newTopics.forEach((topic, index) => (model.topicNames[frame.firstTopicId + index] = topic))
  frame.newMatchSets.forEach((set, index) => (model.matchSets[frame.firstMatchSetId + index] = set))
  const isSound = isFrameSound(frame)
  for (const contents of [model, model.setAside]) {
    if (!contents) continue
    if (isSound) {
      contents.tree.apply(frame)
      contents.log.append(frame)
    } else contents.log.refuse(frame)
  }
}

/** What the logs of all connections hold, and the most they may. */
export interface LogSizes {
  readonly bytes: number
  readonly limitBytes: number
}

/** All connections' models; `of` makes one on first use. */
export interface ConnectionModels {
  of(connectionId: string): ConnectionModel
  /** Frames of a removed connection are dropped: they were under way, and their numbers mean nothing to a later session. */
  apply(frame: Frame): void
  applyDeliveries(connectionId: string, updates: readonly DeliveryUpdate[]): void
  /** Empties log and tree. What was in them is set aside, and an earlier clear cannot be undone any more. */
  clear(connectionId: string): void
  /** Brings back what the latest clear took away, with everything that has come since; false = it is gone. */
  undoClear(connectionId: string): boolean
  /** Lets go of what was set aside; answers the newest message that was cleared, 0 = none. */
  forgetCleared(connectionId: string): number
  remove(connectionId: string): void
  isRemoved(connectionId: string): boolean
  /** A removed connection is back with a new session, whose numbers start over. */
  readmit(connectionId: string): void
  setBudget(limits: LogLimits): void
  memory(): LogSizes
}

/** The newest message of the log, 0 = none: what is still under way comes after it. */
const lastSequenceOf = (log: MessageLog): number => {
  for (let row = log.endRow() - 1; row >= log.firstKeptRow(); row -= 1) {
    const found = log.rowAt(row)
    if (found?.kind === 'message') return found.message.sequence
  }
  return 0
}

/** Both logs together stay within the budget: what was set aside makes room for what comes. */
const bound = ({ log, setAside }: HeldModel, limits: LogLimits) =>
  setAside?.log.setBudget({ ...limits, bytes: Math.max(0, limits.bytes - log.bytes()) })

const forget = (model: HeldModel): number => {
  const { setAside } = model
  if (!setAside) return 0
  letGo(setAside)
  model.setAside = null
  return setAside.throughSequence
}

interface ClearingParts {
  readonly of: (connectionId: string) => HeldModel
  readonly known: (connectionId: string) => HeldModel | undefined
  readonly parts: () => ModelParts
}

type Clearing = Pick<ConnectionModels, 'clear' | 'undoClear' | 'forgetCleared'>

const createClearing = ({ of, known, parts }: ClearingParts): Clearing => ({
  clear: (connectionId) => {
    const model = of(connectionId)
    forget(model)
    const { log, earlier } = model
    model.setAside = { ...contentsOf(model), throughSequence: lastSequenceOf(log) }
    const counts = {
      evicted: earlier.evicted + log.evictedCount(),
      refused: earlier.refused + log.refusedCount(),
      cleared: earlier.cleared + log.keptCount(),
    }
    Object.assign(model, createContents(parts(), model, counts))
    bound(model, parts().limits)
  },
  undoClear: (connectionId) => {
    const model = of(connectionId)
    const { setAside } = model
    if (!setAside) return false
    letGo(model)
    Object.assign(model, contentsOf(setAside))
    model.setAside = null
    model.log.setBudget(parts().limits)
    return true
  },
  forgetCleared: (connectionId) => {
    const model = known(connectionId)
    return model ? forget(model) : 0
  },
})

/** Logs are searched through the port; without one, on the caller's thread. */
export const createConnectionModels = (initialLimits: LogLimits, port = createLocalPort()): ConnectionModels => {
  const models = new Map<string, HeldModel>()
  const removed = new Set<string>()
  const pool = createSegmentPool()
  const searchOf = createLogSearches(port, pool)
  let limits = initialLimits
  const parts = () => ({ limits, pool, searchOf })
  const of = (connectionId: string): HeldModel => {
    const known = models.get(connectionId)
    if (known) return known
    const made = createConnectionModel(parts())
    models.set(connectionId, made)
    return made
  }
  return {
    of,
    apply: (frame) => {
      if (removed.has(frame.connectionId)) return
      const model = of(frame.connectionId)
      applyFrame(model, frame)
      bound(model, limits)
    },
    applyDeliveries: (connectionId, updates) => {
      const model = of(connectionId)
      model.log.applyDeliveries(updates)
      model.setAside?.log.applyDeliveries(updates)
    },
    ...createClearing({ of, known: (connectionId) => models.get(connectionId), parts }),
    remove: (connectionId) => {
      const model = models.get(connectionId)
      if (model) {
        forget(model)
        letGo(model)
      }
      models.delete(connectionId)
      removed.add(connectionId)
    },
    isRemoved: (connectionId) => removed.has(connectionId),
    readmit: (connectionId) => void removed.delete(connectionId),
    setBudget: (changed) => {
      limits = changed
      for (const model of models.values()) {
        model.log.setBudget(changed)
        bound(model, limits)
      }
    },
    memory: () => ({
      bytes: [...models.values()].reduce(
        (total, { log, setAside }) => total + log.bytes() + (setAside?.log.bytes() ?? 0),
        0,
      ),
      limitBytes: models.size * limits.bytes,
    }),
  }
}
