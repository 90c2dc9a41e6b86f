import { useEffect, useMemo, useState } from 'react'
import type { ProtocolVersion } from '#shared/model/qos'
import { isInForce, type SubscriptionStatus } from '#shared/model/subscription'
import type { TopicNode } from '../../model/topicIndexNode'
import { selectProtocolVersion } from '../../store/protocolVersion'
import { useApp } from '../../store/useApp'
import { usePacedModel } from '../../store/usePacedModel'
import { useSubscriptionList } from '../../store/useSubscriptions'
import { createCoverage, type Coverage } from './coverage'
import { comparedFilterOf, type ComparedFilter } from './filterOverlaps'
import { findingsOf, type Finding } from './findings'

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

/** A connection's subscriptions held against its topics. Work that was cut short goes on in the next frame. */
export const useCoverage = (connectionId: string): CoverageMap => {
  const statuses = useSubscriptionList(connectionId)
  const version = useApp(selectProtocolVersion(connectionId))
  const { model, totals } = usePacedModel(connectionId, paceMs)
  const [, setTurn] = useState(0)
  // A session tells of itself often; only what is compared here makes another start.
  const key = useMemo(
    () => JSON.stringify(statuses.filter(isInForce).map((status) => comparedFilterOf(status, version === '5'))),
    [statuses, version],
  )
  const coverage = useMemo(() => createCoverage(JSON.parse(key) as ComparedFilter[]), [key])
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
