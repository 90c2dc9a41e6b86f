import type { DeviceDefinition, DeviceKey, DeviceStatus, PreviewedDeviceMessage } from '#shared/model/device'
import type { Result } from '#shared/result'
import { defineAppState } from '../../../state/app'
import { noticesState } from '../../../state/notices'

/** Definitions of simulated devices, and what those do that main runs, on all connections. */
export interface DevicesState {
  /** Those that come with the application. */
  readonly delivered: readonly DeviceDefinition[]
  readonly own: readonly DeviceDefinition[]
  readonly statuses: readonly DeviceStatus[]
  /** Adds it at the end, or puts it in the place of the one with its id. */
  put(definition: DeviceDefinition): void
  remove(id: string): void
  start(key: DeviceKey): Promise<Result<null>>
  stop(key: DeviceKey): void
  preview(connectionId: string, device: DeviceDefinition): Promise<Result<readonly PreviewedDeviceMessage[]>>
  receive(status: DeviceStatus): void
}

export const devicesState = defineAppState<DevicesState>('devices', ({ owner: app, get, set }) => {
  const tell = (result: Result<null>) => {
    // They may have stopped by themselves meanwhile.
    if (!result.ok && result.error.code !== 'notFound') app.get(noticesState).showError(result.error)
  }
  const keep = (own: readonly DeviceDefinition[]) => {
    set({ own })
    void app.api.invoke('devices.save', [...own]).then(tell)
  }
  return {
    delivered: app.snapshot.deliveredDevices,
    own: app.snapshot.deviceDefinitions,
    statuses: app.snapshot.devices,
    put: (definition) => {
      const { own } = get()
      const isKnown = own.some(({ id }) => id === definition.id)
      keep(isKnown ? own.map((one) => (one.id === definition.id ? definition : one)) : [...own, definition])
    },
    remove: (id) => keep(get().own.filter((one) => one.id !== id)),
    start: (key) => app.api.invoke('device.start', key),
    stop: (key) => void app.api.invoke('device.stop', key).then(tell),
    preview: (connectionId, device) => app.api.invoke('device.preview', { connectionId, device }),
    receive: (status) =>
      set(({ statuses }) => ({ statuses: [...statuses.filter((one) => !isSame(one, status)), status] })),
  }
})

const isSame = (one: DeviceKey, other: DeviceKey) =>
  one.connectionId === other.connectionId && one.deviceId === other.deviceId

/** What a definition does on a connection; undefined = it did not run there. */
export const selectDevices =
  (key: DeviceKey) =>
  ({ statuses }: DevicesState): DeviceStatus | undefined =>
    statuses.find((one) => isSame(one, key))
