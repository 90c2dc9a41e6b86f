import { isLasting, scenarioMs, type FaultScenario, type LastingFault, type MomentaryFault } from '#shared/model/fault'

export interface ScenarioRunParts {
  readonly switchOn: (fault: LastingFault) => void
  readonly switchOff: (fault: LastingFault) => void
  readonly act: (fault: MomentaryFault) => void
  /** All steps are over. */
  readonly onEnd: () => void
}

export interface ScenarioRun {
  readonly name: string
  readonly totalMs: number
  elapsedMs(): number
  /** Ends it early; what it switched on is switched off. */
  stop(): void
}

/** Runs the steps of a scenario at their times, by the steady clock. */
export const runScenario = (scenario: FaultScenario, parts: ScenarioRunParts): ScenarioRun => {
  const startedAt = performance.now()
  const totalMs = scenarioMs(scenario)
  const timers: NodeJS.Timeout[] = []
  const on = new Set<LastingFault>()
  const switchOff = (fault: LastingFault) => {
    if (on.delete(fault)) parts.switchOff(fault)
  }
  const stop = () => {
    for (const timer of timers) clearTimeout(timer)
    for (const fault of on) switchOff(fault)
  }
  const at = (milliseconds: number, act: () => void) => timers.push(setTimeout(act, milliseconds))
  for (const { atMs, fault, forMs } of scenario.steps) {
    if (!isLasting(fault)) {
      at(atMs, () => parts.act(fault))
      continue
    }
    at(atMs, () => {
      on.add(fault)
      parts.switchOn(fault)
    })
    if (forMs !== null) at(atMs + forMs, () => switchOff(fault))
  }
  // Timers of one time fire in the order in which they were set.
  at(totalMs, () => {
    stop()
    parts.onEnd()
  })
  return { name: scenario.name, totalMs, elapsedMs: () => Math.round(performance.now() - startedAt), stop }
}
