import { z } from 'zod'
import { faultLimits, faultScenarioSchema, lastingFaultSchema, momentaryFaultSchema } from '../model/fault'
import { answers, byConnection } from './answers'

/** Faults on purpose. */
export const faultCommands = {
  /** Whether packets of a connection pass the fault kit from now on; switched off, everything that is on ends. */
  'faults.arm': answers<null>()(byConnection.extend({ isArmed: z.boolean() })),
  /** The faults that are on, all of them. Fails with `notFound` where the fault kit is off. */
  'faults.set': answers<null>()(byConnection.extend({ lasting: z.array(lastingFaultSchema).max(50) })),
  /** Does something once. Fails with `notFound` where the fault kit is off, and with `notConnected`. */
  'faults.act': answers<null>()(byConnection.extend({ fault: momentaryFaultSchema })),
  /** Begins a scenario in place of one that runs. Fails as `faults.set` does. */
  'faults.run': answers<null>()(byConnection.extend({ scenario: faultScenarioSchema })),
  'faults.stop': answers<null>()(byConnection),
  'faultScenarios.save': answers<null>()(z.array(faultScenarioSchema).max(faultLimits.scenarios)),
}
