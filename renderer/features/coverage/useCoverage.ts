import { useEffect, useMemo, useState } from 'react'
import type { ProtocolVersion } from '#shared/model/qos'
import { isInForce, type SubscriptionStatus } from '#shared/model/subscription'
import type { TopicNode } from '../../model/topicIndex/topicIndexNode'
import type { Connection } from '../../state/app'
import { messagesState, type MessagesState } from '../../state/messages'
import { useConnectionObject } from '../../state/useConnection'
import { useProtocolVersion } from '../../state/useEntry'
import { useSlicedWork } from '../../state/useSlicedWork'
import { useSubscriptionList } from '../../state/useSubscriptions'
import { createCoverage, type Coverage } from './coverage'
import { comparedFilterOf, createFilterOverlaps, type ComparedFilter } from './filterOverlaps'
import { findingsOf, type Finding } from './findings'
import { createTopicCoverage, type CoveringFilter, type TopicQuery } from './topicCoverage'

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
  /** Which topics are wanted, without subscriptions that are not in force any more: those would find nothing. */
  readonly query: TopicQuery
  readonly topics: readonly TopicNode[]
  /** Numbers are of what was looked at so far. */
  readonly pending: boolean
  readonly version: ProtocolVersion
}

/** A connection's subscriptions held against its topics. */
export const useCoverage = (wanted: TopicQuery): CoverageMap => {
  const statuses = useSubscriptionList()
  const version = useProtocolVersion()
  const coverage = useComparison(statuses, version === '5')
  const query = useQueryInForce(wanted, statuses)
  const { topics, totals, pending } = useComparedSoFar(coverage, query)
  const entries = new Map(
    statuses.map((status, place) => {
      const { id } = status.subscription
      const messages = totals[id]?.messages ?? 0
      const redundancy = coverage.overlaps.redundancyOf(id)
      const findings = findingsOf(status, { redundancy, messages })
      return [id, { status, place, inForce: isInForce(status), messages, findings }]
    }),
  )
  return { entries, coverage, query, topics, pending, version }
}

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

/** The same object as long as it says the same. */
const useQueryInForce = ({ through, of }: TopicQuery, statuses: readonly SubscriptionStatus[]): TopicQuery => {
  const inForce = new Set(statuses.filter(isInForce).map(({ subscription }) => subscription.id))
  const key = JSON.stringify({ through, of: of.filter((id) => inForce.has(id)) })
  return useMemo(() => JSON.parse(key) as TopicQuery, [key])
}

interface ComparedSoFar {
  readonly topics: readonly TopicNode[]
  readonly totals: MessagesState['subscriptionTotals']
  readonly pending: boolean
}

/**
 * A hundred subscriptions with their findings cost several milliseconds to draw, and figures that change more often are
 * not read.
 */
const paceMs = 200

/** Compares in slices, a frame each, beginning at once; draws at the pace and at the end. */
const useComparedSoFar = (coverage: Coverage, query: TopicQuery): ComparedSoFar => {
  const connection = useConnectionObject()
  const [seen, setSeen] = useState(() => ({ ...nowOn(connection), coverage, pending: true }))
  const compare = useMemo(() => {
    const slice = createSlices(coverage, query)
    return () => slice(nowOn(connection), (now, pending) => setSeen({ ...now, coverage, pending }))
  }, [connection, coverage, query])
  const goOn = useSlicedWork(compare)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const stop = connection.watch(messagesState, ({ revision }, before) => {
      if (revision === before.revision || timer !== null) return
      timer = setTimeout(() => {
        timer = null
        goOn()
      }, paceMs)
    })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [connection, goOn])
  // Of another comparison nothing was looked at yet.
  return seen.coverage === coverage ? seen : { ...seen, pending: true }
}

type Now = ReturnType<typeof nowOn>

/** Each call compares for a few milliseconds, and says how far it has come when that is to be drawn. */
const createSlices = (coverage: Coverage, query: TopicQuery) => {
  let isAsked = false
  let drawAt = 0
  return (now: Now, draw: (now: Now, pending: boolean) => void): boolean => {
    if (!isAsked) coverage.topics.ask(query)
    isAsked = true
    const pending = coverage.advance(now.topics)
    if (!pending || performance.now() >= drawAt) {
      draw(now, pending)
      drawAt = pending ? performance.now() + paceMs : 0
    }
    return pending
  }
}

const nowOn = (connection: Connection) => ({
  topics: connection.model.tree.topics(),
  totals: connection.get(messagesState).subscriptionTotals,
})
