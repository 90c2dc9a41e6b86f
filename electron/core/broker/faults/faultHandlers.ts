import type { Handlers } from '#shared/contract'
import type { FaultScenario } from '#shared/model/fault'
import { ok } from '#shared/result'
import type { EntryListStore } from '../../storage/entryListStore'
import type { ConnectionFaults } from './connectionFaults'

type FaultCommands = Extract<keyof Handlers, `faults.${string}` | `faultScenarios.${string}`>

export interface FaultHandlerParts {
  readonly sessions: { faultsOf(id: string): ConnectionFaults }
  readonly faultScenarios: EntryListStore<FaultScenario>
}

/** What the window asks of the fault kits. */
export const createFaultHandlers = ({
  sessions,
  faultScenarios,
}: FaultHandlerParts): Pick<Handlers, FaultCommands> => ({
  'faults.arm': ({ connectionId, isArmed }) => {
    sessions.faultsOf(connectionId).arm(isArmed)
    return ok(null)
  },
  'faults.set': ({ connectionId, lasting }) => sessions.faultsOf(connectionId).set(lasting),
  'faults.act': ({ connectionId, fault }) => sessions.faultsOf(connectionId).act(fault),
  'faults.run': ({ connectionId, scenario }) => sessions.faultsOf(connectionId).run(scenario),
  'faults.stop': ({ connectionId }) => {
    sessions.faultsOf(connectionId).stop()
    return ok(null)
  },
  'faultScenarios.save': (scenarios) => faultScenarios.save(scenarios),
})
