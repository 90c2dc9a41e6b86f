import type { LocalBrokerPhase } from '#shared/contract'
import type { LocalBrokerAccess, LocalBrokerUse } from '#shared/model/localBroker'
import type { AppError } from '#shared/result'
import { defineAppState } from './app'
import { noticesState } from './notices'

/** The local broker. */
export interface LocalBrokerState {
  readonly broker: LocalBrokerPhase
  readonly use: LocalBrokerUse
  /** Whether simulated devices publish on it. */
  readonly simulatedDevices: boolean
  receive(broker: LocalBrokerPhase): void
  receiveUse(use: LocalBrokerUse): void
  /** Answers the connection that leads to it; null = it could not be started, and `broker` says why. */
  start(): Promise<string | null>
  stop(): Promise<void>
  /** While the broker runs, the simulated devices connect or disconnect at once, and other clients stay connected. */
  setSimulatedDevices(simulated: boolean): Promise<void>
  /** Who may connect to it from now on; null = everybody. Answers null when it is so. */
  setAccess(access: LocalBrokerAccess | null): Promise<AppError | null>
}

export const localBrokerState = defineAppState<LocalBrokerState>('localBroker', ({ owner: app, get, set }) => {
  const { localBroker, localBrokerUse } = app.snapshot
  return {
    broker: localBroker,
    use: localBrokerUse,
    simulatedDevices: localBroker.phase === 'running' ? localBroker.devices : true,

    receive: (broker) => set(broker.phase === 'running' ? { broker, simulatedDevices: broker.devices } : { broker }),
    receiveUse: (use) => set({ use }),

    start: async () => {
      set({ broker: { phase: 'starting' } })
      const result = await app.api.invoke('localBroker.start', { devices: get().simulatedDevices })
      if (result.ok) return result.value.connectionId
      set({ broker: { phase: 'failed', error: result.error } })
      return null
    },

    stop: async () => {
      const result = await app.api.invoke('localBroker.stop', undefined)
      if (!result.ok) app.get(noticesState).showError(result.error)
    },

    setSimulatedDevices: async (simulatedDevices) => {
      set({ simulatedDevices })
      if (get().broker.phase !== 'running') return
      const result = await app.api.invoke('localBroker.start', { devices: simulatedDevices })
      if (result.ok) return
      set({ simulatedDevices: !simulatedDevices })
      app.get(noticesState).showError(result.error)
    },

    setAccess: async (access) => {
      const result = await app.api.invoke('localBroker.setAccess', access)
      return result.ok ? null : result.error
    },
  }
})
