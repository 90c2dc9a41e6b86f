import type { Frame } from '#shared/model/frame'
import { isFrameSound } from '#shared/model/frameReader'
import { createMessageLog, type MessageLog } from './messageLog'
import { createTopicIndex, type TopicIndex } from './topicIndex'

/** What the window keeps of one connection's messages. Mutable and outside the store; a revision in the store says when. */
export interface ConnectionModel {
  /** Topic by the number frames use for it. */
  readonly topicNames: string[]
  /** Ids of the matching subscriptions by match set number. */
  readonly matchSets: (readonly string[])[]
  readonly log: MessageLog
  readonly tree: TopicIndex
}

const createConnectionModel = (budgetBytes: number): ConnectionModel => {
  const topicNames: string[] = []
  const matchSets: (readonly string[])[] = []
  return {
    topicNames,
    matchSets,
    log: createMessageLog({ topicNames, matchSets, budgetBytes }),
    tree: createTopicIndex({ topicNames }),
  }
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

/** What the log of one connection may hold; `rows` null = as many as the bytes allow. */
export interface LogBudget {
  readonly bytes: number
  readonly rows: number | null
}

/** What the logs of all connections hold, and the most they may. */
export interface LogMemory {
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
  setBudget(budget: LogBudget): void
  memory(): LogMemory
}

export const createConnectionModels = (initialBudgetBytes: number): ConnectionModels => {
  const models = new Map<string, ConnectionModel>()
  const removed = new Set<string>()
  let budgetBytes = initialBudgetBytes
  const of = (connectionId: string): ConnectionModel => {
    const known = models.get(connectionId)
    if (known) return known
    const made = createConnectionModel(budgetBytes)
    models.set(connectionId, made)
    return made
  }
  return {
    of,
    apply: (frame) => {
      if (!removed.has(frame.connectionId)) applyFrame(of(frame.connectionId), frame)
    },
    remove: (connectionId) => {
      models.delete(connectionId)
      removed.add(connectionId)
    },
    isRemoved: (connectionId) => removed.has(connectionId),
    readmit: (connectionId) => void removed.delete(connectionId),
    setBudget: ({ bytes }) => {
      budgetBytes = bytes
      for (const model of models.values()) model.log.setBudget(bytes)
    },
    memory: () => ({
      bytes: [...models.values()].reduce((total, { log }) => total + log.bytes(), 0),
      limitBytes: models.size * budgetBytes,
    }),
  }
}
