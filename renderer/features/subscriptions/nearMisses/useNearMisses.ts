import { useMemo, useState } from 'react'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { createNearMisses, type NearMiss } from '#shared/mqtt/nearMisses'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { messagesState } from '../../../state/messages'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { useSlicedWork } from '../../../state/useSlicedWork'
import { useSteadyNow } from '../../../state/useSteadyNow'

/** So many filters that brought nothing are held against the topics. */
const mostFilters = 50
/** So many near ones are told of each. */
const mostTold = 3
/** So long after the grant what the broker keeps may still be on its way. Milliseconds. */
const patienceMs = 3_000
const sliceMs = 4
const topicsBetweenLooks = 64

/** By filter: those that differ little from it and match topics of the connection, the nearest first. */
export type NearMissesOf = ReadonlyMap<string, readonly NearMiss[]>

/** What filters may have been meant that were granted and brought nothing. Looked for in slices, and for new topics once a second. */
export const useNearMisses = (all: readonly SubscriptionStatus[]): NearMissesOf => {
  const connection = useConnectionObject()
  const silent = useSilentFilters(all)
  const now = useSteadyNow(silent.length > 0)
  const key = JSON.stringify(silent.filter(({ since }) => now - since >= patienceMs).map(({ filter }) => filter))
  const [found, setFound] = useState<{ readonly key: string; readonly near: NearMissesOf }>({ key: '[]', near: none })
  const slice = useMemo(() => {
    const look = createLook(JSON.parse(key) as string[])
    return () => {
      const { pending, near } = look(connection.model.tree.topics())
      if (near) setFound({ key, near })
      return pending
    }
  }, [connection, key])
  useSlicedWork(slice, now)
  const known = useMemo(() => new Set(all.map(({ subscription }) => subscription.filter)), [all])
  return useMemo(() => (found.key === key ? withoutKnown(found.near, known) : none), [found, key, known])
}

const none: NearMissesOf = new Map()

interface SilentFilter {
  readonly filter: string
  /** When it was granted, on the steady clock. */
  readonly since: number
}

const useSilentFilters = (all: readonly SubscriptionStatus[]): readonly SilentFilter[] => {
  const key = useConnection(messagesState, ({ subscriptionTotals }) =>
    JSON.stringify(
      all
        .flatMap(({ subscription: { id, filter, enabled }, state, isRemoved }): SilentFilter[] => {
          const isSilent = enabled && !isRemoved && (subscriptionTotals[id]?.messages ?? 0) === 0
          return isSilent && state.phase === 'granted' ? [{ filter, since: state.since }] : []
        })
        .slice(0, mostFilters),
    ),
  )
  return useMemo(() => JSON.parse(key) as readonly SilentFilter[], [key])
}

/** Each call looks for a few milliseconds; `near` is there when all topics were looked at and it is not what it was. */
const createLook = (filters: readonly string[]) => {
  let misses = filters.map(createNearMisses)
  let list: readonly TopicNode[] | null = null
  let next = 0
  let told = '[]'
  const nearNow = (): NearMissesOf | null => {
    const near = misses.map((one, place) => [filters[place] ?? '', one.found().slice(0, mostTold)] as const)
    const text = JSON.stringify(near)
    if (text === told) return null
    told = text
    return new Map(near)
  }
  return (topics: readonly TopicNode[]): { readonly pending: boolean; readonly near: NearMissesOf | null } => {
    if (filters.length === 0) return { pending: false, near: null }
    if (list !== topics) {
      misses = filters.map(createNearMisses)
      next = 0
    }
    const isNews = list !== topics || next < topics.length
    list = topics
    const end = performance.now() + sliceMs
    while (next < topics.length && performance.now() < end) {
      for (const stop = Math.min(topics.length, next + topicsBetweenLooks); next < stop; next += 1) {
        const topic = topics[next]?.topic ?? ''
        for (const one of misses) one.look(topic)
      }
    }
    const pending = next < topics.length
    return { pending, near: isNews && !pending ? nearNow() : null }
  }
}

/** One that is subscribed to already needs no click. */
const withoutKnown = (near: NearMissesOf, known: ReadonlySet<string>): NearMissesOf =>
  new Map([...near].map(([filter, misses]) => [filter, misses.filter((miss) => !known.has(miss.filter))]))
