import { useSyncExternalStore } from 'react'
import type { CheckCounts, LogChecks } from '../model/logSearch/logChecks'
import { useConnectionModel } from './useConnection'

/** What was held against schemas, as it is now: rendered again with whatever `read` answers, which has to stay the same for as long as it says the same. */
const useChecks = <Read>(read: (checks: LogChecks) => Read): Read => {
  const { checks } = useConnectionModel().search
  return useSyncExternalStore(checks.subscribe, () => read(checks))
}

/** How many messages of a topic, or below a branch, do not conform to their schema. */
export const useDifferingBelow = (topic: string): number =>
  useChecks((checks) => checks.countsBelow(topic)?.differing ?? 0)

/** Whether the message in a row of the log does not conform. */
export const useDiffersAt = (row: number): boolean => useChecks((checks) => checks.differsAt(row))

/** Counts of one topic alone; null = none of its messages was looked at. */
export const useTopicChecks = (topic: string): CheckCounts | null => {
  const checks = useChecksAsTheyAre()
  return checks.countsOf(topic)
}

/** Of all topics; null = no schema is bound. */
export const useAllChecks = (): LogChecks | null => {
  const checks = useChecksAsTheyAre()
  return checks.isOn() ? checks : null
}

/** Rendered again with everything that is found. */
const useChecksAsTheyAre = (): LogChecks => {
  useChecks((checks) => checks.revision())
  return useConnectionModel().search.checks
}
