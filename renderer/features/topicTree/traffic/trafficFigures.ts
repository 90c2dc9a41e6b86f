import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import type { TrafficFigures } from '../../../model/topicTraffic/topicTraffic'

type Traffic = TopicIndex['traffic']

/** What a row tells: of a topic its own figures, of a branch those of everything below it, itself included. */
export interface RowFigures {
  readonly branch: boolean
  readonly messages: number
  /** Messages a second. */
  readonly rate: number
  readonly meanBytes: number
  readonly largestBytes: number
  /** Messages of QoS 0, 1 and 2. */
  readonly qos: readonly [number, number, number]
  readonly retained: number
  readonly lastAt: number
  /** Null where too many topics stand below. */
  readonly perSecond: readonly number[] | null
  /** The topic's own, also where topics stand below it: intervals do not add up. Null where it had no messages. */
  readonly own: TrafficFigures | null
}

/**
 * Null for a node that never had a message. A branch tells what was summed up last, and `secondsBelow`, which was counted
 * for it and everything below.
 */
export const rowFiguresOf = (node: TopicNode, traffic: Traffic, { now, secondsBelow }: LookedAt): RowFigures | null => {
  const own = traffic.figuresOf(node.topicId)
  if (node.children.length > 0)
    return {
      branch: true,
      messages: node.subtreeMessages,
      ...traffic.sumsOf(node),
      lastAt: node.subtreeLastAt,
      perSecond: secondsBelow,
      own,
    }
  if (!own) return null
  const perSecond = traffic.perSecond(node.topicId, now)
  return { ...own, branch: false, rate: traffic.rateOf(node.topicId, now), perSecond, own }
}

/** When a row is looked at, and for a branch the messages of each of the last seconds; null = too many topics. */
export interface LookedAt {
  readonly now: number
  readonly secondsBelow: readonly number[] | null
}
