import type { PlanForm } from '../plan/planForm'
import type { PlanProblems } from '../plan/readPlan'

/** What each part of the form of a plan gets. */
export interface FormProps {
  readonly form: PlanForm
  readonly change: (change: Partial<PlanForm>) => void
  readonly problems: PlanProblems
  /** Whether a person has tried to start or save it: only then is what is missing a mistake. */
  readonly tried: boolean
}
