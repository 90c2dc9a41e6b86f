import { useCallback, useRef, useState } from 'react'
import type { TopicIndex } from '../../../model/topicIndex/topicIndex'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { useSlicedWork } from '../../../state/useSlicedWork'

/** What was counted for one moment. */
export interface SecondsBelow {
  readonly at: number
  /** By branch; null = too many topics stand below. */
  readonly counts: ReadonlyMap<TopicNode, readonly number[] | null>
}

interface DrawnRows {
  readonly traffic: TopicIndex['traffic']
  /** Null = no row shows seconds. */
  readonly nodes: readonly TopicNode[] | null
  readonly now: number
}

/**
 * Messages a second of the branches that are drawn, each with everything below it. They are counted once a second, and
 * when other rows come into view: before the page is painted, so that a row is drawn once with all of its figures.
 */
export const useSecondsBelow = ({ traffic, nodes, now }: DrawnRows): SecondsBelow => {
  const [counted, setCounted] = useState<SecondsBelow>(() => ({ at: now, counts: new Map() }))
  const latest = useRef(counted)
  const count = useCallback(() => {
    if (!nodes) return false
    const branches = nodes.filter(({ children }) => children.length > 0)
    const { at, counts } = latest.current
    const known: SecondsBelow['counts'] = at === now ? counts : new Map()
    if (at === now && branches.every((node) => known.has(node))) return false
    const countOf = (node: TopicNode) => known.get(node) ?? traffic.perSecondBelow(node, now)
    latest.current = { at: now, counts: new Map(branches.map((node) => [node, countOf(node)])) }
    setCounted(latest.current)
    return false
  }, [traffic, nodes, now])
  useSlicedWork(count)
  return counted
}
