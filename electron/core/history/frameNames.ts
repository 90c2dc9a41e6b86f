import type { Frame } from '#shared/model/frame'

/** The names that frames use by their numbers, as far as frames have brought them. */
export interface FrameNames {
  learn(frame: Pick<Frame, 'topicsFrom' | 'firstTopicId' | 'newTopics' | 'firstMatchSetId' | 'newMatchSets'>): void
  topic(id: number): string | undefined
  /** Ids of subscriptions, as JSON. */
  matchSet(id: number): string
}

export const createFrameNames = (): FrameNames => {
  let topics: string[] = []
  let from = 0
  const matchSets: string[] = []
  return {
    learn: ({ topicsFrom, firstTopicId, newTopics, firstMatchSetId, newMatchSets }) => {
      if (topicsFrom !== from) {
        topics = []
        from = topicsFrom
      }
      newTopics.forEach((topic, index) => (topics[firstTopicId + index - from] = topic))
      newMatchSets.forEach((set, index) => (matchSets[firstMatchSetId + index] = JSON.stringify(set)))
    },
    topic: (id) => topics[id - from],
    matchSet: (id) => matchSets[id] ?? '[]',
  }
}
