import type { DoctorRemark, DoctorRemarkId, DoctorStep, DoctorStepName, DoctorVerdict } from '#shared/model/doctor'
import type { ConnectionFailure, ProfileChange } from '#shared/model/failure'

export const remark = (id: DoctorRemarkId, values: DoctorRemark['values'] = {}): DoctorRemark => ({ id, values })

interface Told {
  readonly seen?: readonly DoctorRemark[]
  readonly concluded?: readonly DoctorRemark[]
  readonly failure?: ConnectionFailure
}

/** A step that has begun. */
export interface BegunStep {
  readonly name: DoctorStepName
  isRunning(): boolean
  /** What is told goes behind what was told before; the time is taken the first time. */
  end(verdict: DoctorVerdict, told?: Told): void
  /** Adds to what is told, and leaves the verdict. */
  tell(told: Told): void
}

export interface StepList {
  begin(step: DoctorStepName, tried: DoctorRemark | null, change?: ProfileChange): BegunStep
  skip(step: DoctorStepName, concluded: DoctorRemark): void
  steps(): readonly DoctorStep[]
  /** Ends what is under way, because a person ended all of it. */
  cancel(): void
}

/** The steps of a diagnosis as they come; `onChange` hears of each change. */
export const createStepList = (onChange: () => void): StepList => {
  const steps: DoctorStep[] = []
  const change = (index: number, given: Partial<DoctorStep>) => {
    const before = steps[index]
    if (!before) return
    steps[index] = { ...before, ...given }
    onChange()
  }
  const add = (step: DoctorStepName, given: Partial<DoctorStep>): number => {
    const fresh = { number: steps.length + 1, step, verdict: null, milliseconds: null, tried: null, seen: [] }
    const index = steps.push({ ...fresh, concluded: [], failure: null, change: null, ...given }) - 1
    onChange()
    return index
  }
  const joined = (index: number, { seen = [], concluded = [], failure }: Told): Partial<DoctorStep> => ({
    seen: [...(steps[index]?.seen ?? []), ...seen],
    concluded: [...(steps[index]?.concluded ?? []), ...concluded],
    ...(failure && { failure }),
  })
  return {
    begin: (name, tried, changed) => {
      const startedAt = performance.now()
      const index = add(name, { tried, change: changed ?? null })
      return {
        name,
        isRunning: () => steps[index]?.verdict === null,
        end: (verdict, told = {}) => {
          const milliseconds = steps[index]?.milliseconds ?? performance.now() - startedAt
          change(index, { ...joined(index, told), verdict, milliseconds })
        },
        tell: (told) => change(index, joined(index, told)),
      }
    },
    skip: (step, concluded) => void add(step, { verdict: 'skipped', concluded: [concluded] }),
    steps: () => [...steps],
    cancel: () => {
      for (const [index, { verdict }] of steps.entries())
        if (verdict === null) change(index, { verdict: 'skipped', concluded: [remark('cancelled')] })
    },
  }
}
