import type { Frame } from '#shared/model/frame'
import type { ProfileId } from '#shared/model/profile'
import type { PackedFrame } from './frameWriter'
import type { SubscriptionMatching } from '../matching/subscriptionMatching'

export interface WindowNewsParts {
  readonly connectionId: ProfileId
  readonly matching: SubscriptionMatching
}

export interface WindowNews {
  /** The next window knows nothing. */
  forget(): void
  addTo(packed: PackedFrame): Frame
}

/**
 * Gives each frame the topics and match sets the window has not seen. Their ids never change their meaning, and a frame
 * that waits holds on to the names it uses, so a window loaded anew is simply sent the names from the start.
 */
export const createWindowNews = ({ connectionId, matching }: WindowNewsParts): WindowNews => {
  let seen = { topics: 0, matchSets: 0 }
  return {
    forget: () => {
      seen = { topics: 0, matchSets: 0 }
    },
    addTo: ({ topicCount, matchSetCount, names, ...packed }) => {
      const known = { ...seen, topics: Math.max(seen.topics, names.firstId) }
      seen = {
        topics: Math.max(known.topics, topicCount),
        matchSets: Math.max(known.matchSets, matchSetCount),
      }
      return {
        ...packed,
        connectionId,
        topicsFrom: names.firstId,
        firstTopicId: known.topics,
        newTopics: names.texts.slice(known.topics - names.firstId, topicCount - names.firstId),
        firstMatchSetId: known.matchSets,
        newMatchSets: matching.setsBetween(known.matchSets, matchSetCount),
      }
    },
  }
}
