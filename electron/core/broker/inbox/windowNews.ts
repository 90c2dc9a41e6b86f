import type { Frame } from '#shared/model/frame'
import type { ProfileId } from '#shared/model/profile'
import type { PackedFrame } from './frameWriter'
import type { SubscriptionMatching } from '../matching/subscriptionMatching'

export interface WindowNewsParts {
  readonly connectionId: ProfileId
  readonly matching: SubscriptionMatching
}

export interface WindowNews {
  /** The window was loaded anew: it is sent all names again. */
  forget(): void
  addTo(packed: PackedFrame): Frame
}

/**
 * Adds to each frame the names of topics and match sets that the window was not sent before. An id never means another
 * name, and a waiting frame keeps the names it uses, so a window that was loaded anew can be sent all names again.
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
