import type { FaultScenario, FaultsStatus, LastingFault, MomentaryFault } from '#shared/model/fault'
import type { Result } from '#shared/result'
import { defineAppState } from './app'
import { noticesState } from './notices'

export interface FaultsState {
  /** Of connections whose fault kit was on in this run. */
  readonly statuses: ReadonlyMap<string, FaultsStatus>
  /** Faults with their times, which all connections share. */
  readonly scenarios: readonly FaultScenario[]
  arm(connectionId: string, isArmed: boolean): void
  /** All faults that are on from now on. */
  set(connectionId: string, lasting: readonly LastingFault[]): void
  act(connectionId: string, fault: MomentaryFault): void
  run(connectionId: string, scenario: FaultScenario): void
  stop(connectionId: string): void
  /** Adds it at the end, or puts it in the place of the one with its id. */
  putScenario(scenario: FaultScenario): void
  /** Answers what brings it back. */
  removeScenario(id: string): () => void
  receive(status: FaultsStatus): void
}

/** Faults on purpose, by connection. */
export const faultsState = defineAppState<FaultsState>('faults', ({ owner: app, get, set }) => {
  const tell = (result: Result<null>) => {
    if (!result.ok) app.get(noticesState).showError(result.error)
  }
  const put = (status: FaultsStatus) =>
    set(({ statuses }) => ({ statuses: new Map(statuses).set(status.connectionId, status) }))
  /** A switch moves at once; what main then says of it counts. */
  const assume = (connectionId: string, change: Partial<FaultsStatus>) =>
    put({ ...(get().statuses.get(connectionId) ?? offStatus(connectionId)), ...change })
  const keep = (scenarios: readonly FaultScenario[]) => {
    set({ scenarios })
    void app.api.invoke('faultScenarios.save', [...scenarios]).then(tell)
  }
  return {
    statuses: new Map(app.snapshot.faults.map((status) => [status.connectionId, status])),
    scenarios: app.snapshot.faultScenarios,
    arm: (connectionId, isArmed) => {
      assume(connectionId, { isArmed, ...(isArmed ? {} : { lasting: [], scenario: null }) })
      void app.api.invoke('faults.arm', { connectionId, isArmed }).then(tell)
    },
    set: (connectionId, lasting) => {
      assume(connectionId, { lasting })
      void app.api.invoke('faults.set', { connectionId, lasting: [...lasting] }).then(tell)
    },
    act: (connectionId, fault) => void app.api.invoke('faults.act', { connectionId, fault }).then(tell),
    run: (connectionId, scenario) => void app.api.invoke('faults.run', { connectionId, scenario }).then(tell),
    stop: (connectionId) => void app.api.invoke('faults.stop', { connectionId }).then(tell),
    putScenario: (scenario) => {
      const { scenarios } = get()
      const isKnown = scenarios.some(({ id }) => id === scenario.id)
      keep(isKnown ? scenarios.map((one) => (one.id === scenario.id ? scenario : one)) : [...scenarios, scenario])
    },
    removeScenario: (id) => {
      const place = get().scenarios.findIndex((one) => one.id === id)
      const removed = get().scenarios[place]
      keep(get().scenarios.filter((one) => one.id !== id))
      return () => {
        if (removed) keep(get().scenarios.toSpliced(place, 0, removed))
      }
    },
    receive: put,
  }
})

const offStatus = (connectionId: string): FaultsStatus => ({
  connectionId,
  isArmed: false,
  lasting: [],
  counts: {},
  events: [],
  scenario: null,
})

/** The fault kit of a connection; undefined = it was not on in this run. */
export const selectFaults =
  (connectionId: string) =>
  ({ statuses }: FaultsState): FaultsStatus | undefined =>
    statuses.get(connectionId)
