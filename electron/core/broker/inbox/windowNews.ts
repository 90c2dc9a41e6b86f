import type { Frame } from '#shared/model/frame'
import type { ProfileId } from '#shared/model/profile'
import type { PackedFrame } from './frameWriter'
import type { createSubscriptionTotals } from '../delivery/subscriptionTotals'
import type { TopicTable } from './topicTable'

export interface WindowNewsParts {
  readonly connectionId: ProfileId
  readonly topics: TopicTable
  readonly subscriptions: ReturnType<typeof createSubscriptionTotals>
}

/**
 * Gives each frame the topics and match sets the window has not seen. Their ids are places in tables that live as long
 * as the connection, so a window loaded anew is simply sent the tables from the start, also for frames that waited.
 */
export const createWindowNews = ({ connectionId, topics, subscriptions }: WindowNewsParts) => {
  let seen = { topics: 0, matchSets: 0 }
  return {
    forget: () => {
      seen = { topics: 0, matchSets: 0 }
    },
    addTo: ({ topicCount, matchSetCount, ...packed }: PackedFrame): Frame => {
      const known = seen
      seen = {
        topics: Math.max(known.topics, topicCount),
        matchSets: Math.max(known.matchSets, matchSetCount),
      }
      return {
        ...packed,
        connectionId,
        firstTopicId: known.topics,
        newTopics: topics.textsBetween(known.topics, topicCount),
        firstMatchSetId: known.matchSets,
        newMatchSets: subscriptions.setsBetween(known.matchSets, matchSetCount),
      }
    },
  }
}
