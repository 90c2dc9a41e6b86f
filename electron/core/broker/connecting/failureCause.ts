import type { Retries, Remedy } from '#shared/model/failure'
import type { FailureFacts } from './remedies'

/** What follows from a cause: whether trying again helps, and what a person may do, most likely first. */
export interface FailureCause {
  readonly retries: Retries | ((facts: FailureFacts) => Retries)
  readonly remedies: (facts: FailureFacts) => readonly Remedy[]
}

/** No remedies. */
export const nothingToDo = () => []

export const hopeless = (remedies: FailureCause['remedies'] = nothingToDo): FailureCause => ({
  retries: 'none',
  remedies,
})
export const passing = (remedies: FailureCause['remedies'] = nothingToDo): FailureCause => ({
  retries: 'endless',
  remedies,
})
