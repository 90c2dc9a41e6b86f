import { faultScenarioSchema, isLasting, type FaultScenario } from '#shared/model/fault'
import { faultOf, firstParameters, parametersFrom, type FaultKind, type FaultParameters } from './faultDraft'

/** A step as it is entered; times in seconds. */
export interface StepDraft {
  readonly kind: FaultKind
  readonly parameters: FaultParameters
  readonly at: string
  /** '' = until the scenario ends. */
  readonly for: string
}

export const newScenario = (): FaultScenario => ({
  id: crypto.randomUUID(),
  name: '',
  steps: [
    { atMs: 0, fault: { kind: 'withhold', packet: 'PUBACK' }, forMs: 10_000 },
    { atMs: 10_000, fault: { kind: 'dropSocket', how: 'rst' }, forMs: null },
  ],
})

export const newStep = (steps: readonly StepDraft[]): StepDraft => ({
  kind: 'latency',
  parameters: firstParameters,
  at: steps.at(-1)?.at ?? '0',
  for: '10',
})

const seconds = (milliseconds: number): string => String(milliseconds / 1_000)

export const stepDrafts = ({ steps }: FaultScenario): readonly StepDraft[] =>
  steps.map(({ atMs, fault, forMs }) => ({
    kind: fault.kind,
    parameters: parametersFrom(fault),
    at: seconds(atMs),
    for: forMs === null ? '' : seconds(forMs),
  }))

const millisecondsOf = (typed: string): number => {
  const value = typed.trim() === '' ? Number.NaN : Number(typed.replace(',', '.'))
  return Math.round(value * 1_000)
}

/** What of a step cannot be taken. */
export const stepProblems = (step: StepDraft): readonly ('at' | 'for' | 'fault')[] => {
  const fault = faultOf(step.kind, step.parameters)
  const isIn = (value: number, low: number) => value >= low && value <= 3_600_000
  return [
    ...(isIn(millisecondsOf(step.at), 0) ? [] : (['at'] as const)),
    ...(step.for === '' || isIn(millisecondsOf(step.for), 1) ? [] : (['for'] as const)),
    ...(fault ? [] : (['fault'] as const)),
  ]
}

/** The scenario that is entered; null = something of it cannot be taken. */
export const scenarioFrom = (id: string, name: string, steps: readonly StepDraft[]): FaultScenario | null => {
  const read = faultScenarioSchema.safeParse({
    id,
    name,
    steps: steps.map((step) => {
      const fault = faultOf(step.kind, step.parameters)
      const lasts = fault !== null && isLasting(fault) && step.for !== ''
      return { atMs: millisecondsOf(step.at), fault, forMs: lasts ? millisecondsOf(step.for) : null }
    }),
  })
  return read.success ? read.data : null
}
