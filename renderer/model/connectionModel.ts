import type { Frame } from '#shared/model/frame'
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

const applyFrame = (model: ConnectionModel, frame: Frame) => {
  frame.newTopics.forEach((topic, index) => (model.topicNames[frame.firstTopicId + index] = topic))
  frame.newMatchSets.forEach((set, index) => (model.matchSets[frame.firstMatchSetId + index] = set))
  model.tree.apply(frame)
  model.log.append(frame)
}

/** All connections' models; `of` makes one on first use. */
export interface ConnectionModels {
  of(connectionId: string): ConnectionModel
  apply(frame: Frame): void
  remove(connectionId: string): void
  setBudget(budgetBytes: number): void
}

export const createConnectionModels = (initialBudgetBytes: number): ConnectionModels => {
  const models = new Map<string, ConnectionModel>()
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
    apply: (frame) => applyFrame(of(frame.connectionId), frame),
    remove: (connectionId) => void models.delete(connectionId),
    setBudget: (bytes) => {
      budgetBytes = bytes
      for (const model of models.values()) model.log.setBudget(bytes)
    },
  }
}
