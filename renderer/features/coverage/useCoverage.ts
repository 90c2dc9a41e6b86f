import { useEffect, useMemo, useState } from 'react'
import type { ProtocolVersion } from '#shared/model/qos'
import { isInForce, type SubscriptionStatus } from '#shared/model/subscription'
import type { TopicNode } from '../../model/topicIndex/topicIndexNode'
import { selectProtocolVersion } from '../../store/protocolVersion'
import { useApp } from '../../store/useApp'
import { usePacedModel } from '../../store/usePacedModel'
import { useSubscriptionList } from '../../store/useSubscriptions'
import { createCoverage, type Coverage } from './coverage'
import { comparedFilterOf, createFilterOverlaps, type ComparedFilter } from './filterOverlaps'
import { findingsOf, type Finding } from './findings'
import { createTopicCoverage, type CoveringFilter } from './topicCoverage'

/** One subscription and what is to be said of it. */
export interface CoverageEntry {
  readonly status: SubscriptionStatus
  /** Where it stands in the connection's list. */
  readonly place: number
  readonly inForce: boolean
  /** Messages that came for it in this session. */
  readonly messages: number
  readonly findings: readonly Finding[]
}

export interface CoverageMap {
  readonly entries: ReadonlyMap<string, CoverageEntry>
  readonly coverage: Coverage
  readonly topics: readonly TopicNode[]
  /** Numbers are of what was looked at so far. */
  readonly pending: boolean
  readonly version: ProtocolVersion
}

/** A hundred subscriptions with their findings are dear to draw; figures that change more often are not read. */
const paceMs = 200

/** A session tells of itself often; what is compared starts over only where it differs. */
const useComparison = (statuses: readonly SubscriptionStatus[], isVersion5: boolean): Coverage => {
  const [key, topicsKey] = useMemo(() => {
    const compared = statuses.filter(isInForce).map((status) => comparedFilterOf(status, isVersion5))
    return [JSON.stringify(compared), JSON.stringify(compared.map(({ id, filter }) => ({ id, filter })))]
  }, [statuses, isVersion5])
  const overlaps = useMemo(() => createFilterOverlaps(JSON.parse(key) as ComparedFilter[]), [key])
  // The topics that a filter matches stay the same when the server grants it.
  const topics = useMemo(() => createTopicCoverage(JSON.parse(topicsKey) as CoveringFilter[]), [topicsKey])
  return useMemo(() => createCoverage(overlaps, topics), [overlaps, topics])
}

/** A connection's subscriptions held against its topics. Work that was cut short goes on in the next frame. */
export const useCoverage = (connectionId: string): CoverageMap => {
  const statuses = useSubscriptionList(connectionId)
  const version = useApp(selectProtocolVersion(connectionId))
  const { model, totals } = usePacedModel(connectionId, paceMs)
  const [, setTurn] = useState(0)
  const coverage = useComparison(statuses, version === '5')
  const topics = model.tree.topics()
  const pending = coverage.advance(topics)
  useEffect(() => {
    if (!pending) return
    const drawAt = performance.now() + paceMs
    const goOn = () => {
      const isDue = !coverage.advance(topics) || performance.now() >= drawAt
      if (isDue) setTurn((turn) => turn + 1)
      else frame = requestAnimationFrame(goOn)
    }
    let frame = requestAnimationFrame(goOn)
    return () => cancelAnimationFrame(frame)
  })
  const entries = new Map(
    statuses.map((status, place) => {
      const { id } = status.subscription
      const messages = totals[id]?.messages ?? 0
      const redundancy = coverage.overlaps.redundancyOf(id)
      const findings = findingsOf(status, { redundancy, messages })
      return [id, { status, place, inForce: isInForce(status), messages, findings }]
    }),
  )
  return { entries, coverage, topics, pending, version }
}
