import { useMemo } from 'react'
import type { CompletionSources } from '../../../model/query/completion'
import { seenJsonPaths, seenUserProperties } from '../../../model/query/seenFields'
import { useConnectionObject } from '../../../state/useConnection'
import { useSubscriptions } from '../../../state/useSubscriptions'

/** Siblings that are looked at: a level may have hundreds of thousands. */
const mostSiblings = 20_000
const mostLevels = 30

/** What the connection has for completions. Read when it is asked for: messages come all the time. */
export const useCompletionSources = (): CompletionSources => {
  const connection = useConnectionObject()
  const subscriptions = useSubscriptions()
  return useMemo(
    () => ({
      levelsBelow: (parent, start) => {
        const { tree } = connection.model
        const siblings = parent === null ? tree.firstLevel() : (tree.find(parent)?.children ?? [])
        const fitting = []
        const lower = start.toLowerCase()
        for (const { level, children } of siblings.slice(0, mostSiblings)) {
          if (level.toLowerCase().startsWith(lower)) fitting.push({ name: level, hasMore: children.length > 0 })
          if (fitting.length >= mostLevels) break
        }
        return fitting
      },
      subscriptions: () => [...subscriptions.values()].map(({ alias, filter }) => alias || filter),
      jsonPaths: () => seenJsonPaths(connection.model.log),
      userProperties: () => seenUserProperties(connection.model.log),
      moments: () => {
        const now = new Date()
        return [clockOf(now), dateOf(now)]
      },
    }),
    [connection, subscriptions],
  )
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')
const clockOf = (at: Date): string => `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`
const dateOf = (at: Date): string => `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`
