import type { Frame } from '#shared/model/frame'
import { isFrameSound } from '#shared/model/frameReader'
import { createLocalPort } from './logSearch/localPort'
import { createLogSearches, type LogSearch, type LogSearches } from './logSearch/logSearch'
import { createMessageLog, type LogLimits, type LogMemory, type MessageLog } from './messageLog/messageLog'
import { createSegmentPool, type SegmentPool } from './messageLog/segmentPool'
import { createSkippedMessages, type SkippedMessages } from './messageLog/skippedMessages'
import { createTopicIndex, type TopicIndex } from './topicIndex/topicIndex'

/** What the window keeps of one connection's messages. Mutable and outside the store; a revision in the store says when. */
export interface ConnectionModel {
  /** Topic by the number frames use for it. */
  readonly topicNames: string[]
  /** Ids of the matching subscriptions by match set number. */
  readonly matchSets: (readonly string[])[]
  readonly log: MessageLog
  readonly search: LogSearch
  readonly tree: TopicIndex
  readonly skipped: SkippedMessages
}

interface ModelParts {
  readonly limits: LogLimits
  readonly pool: SegmentPool
  readonly searchOf: LogSearches
}

const createConnectionModel = ({ limits, pool, searchOf }: ModelParts): ConnectionModel => {
  const topicNames: string[] = []
  const matchSets: (readonly string[])[] = []
  const memory: LogMemory = { take: pool.take, release: (released) => search.release(released) }
  const log = createMessageLog({ topicNames, matchSets, limits, memory, onChange: () => search.follow() })
  const search = searchOf(log)
  const tree = createTopicIndex({ topicNames })
  return { topicNames, matchSets, log, search, tree, skipped: createSkippedMessages() }
}

/** A damaged frame gives its names, which later frames use, and a row of the log that counts its messages. */
const applyFrame = (model: ConnectionModel, frame: Frame) => {
  frame.newTopics.forEach((topic, index) => (model.topicNames[frame.firstTopicId + index] = topic))
  frame.newMatchSets.forEach((set, index) => (model.matchSets[frame.firstMatchSetId + index] = set))
  if (!isFrameSound(frame)) {
    model.log.refuse(frame)
    return
  }
  model.tree.apply(frame)
  model.log.append(frame)
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
  remove(connectionId: string): void
  isRemoved(connectionId: string): boolean
  /** A removed connection is back with a new session, whose numbers start over. */
  readmit(connectionId: string): void
  setBudget(limits: LogLimits): void
  memory(): LogSizes
}

/** Logs are searched through the port; without one, on the caller's thread. */
export const createConnectionModels = (initialLimits: LogLimits, port = createLocalPort()): ConnectionModels => {
  const models = new Map<string, ConnectionModel>()
  const removed = new Set<string>()
  const pool = createSegmentPool()
  const searchOf = createLogSearches(port, pool)
  let limits = initialLimits
  const of = (connectionId: string): ConnectionModel => {
    const known = models.get(connectionId)
    if (known) return known
    const made = createConnectionModel({ limits, pool, searchOf })
    models.set(connectionId, made)
    return made
  }
  return {
    of,
    apply: (frame) => {
      if (!removed.has(frame.connectionId)) applyFrame(of(frame.connectionId), frame)
    },
    remove: (connectionId) => {
      const model = models.get(connectionId)
      model?.log.clear()
      model?.search.close()
      models.delete(connectionId)
      removed.add(connectionId)
    },
    isRemoved: (connectionId) => removed.has(connectionId),
    readmit: (connectionId) => void removed.delete(connectionId),
    setBudget: (changed) => {
      limits = changed
      for (const model of models.values()) model.log.setBudget(changed)
    },
    memory: () => ({
      bytes: [...models.values()].reduce((total, { log }) => total + log.bytes(), 0),
      limitBytes: models.size * limits.bytes,
    }),
  }
}
