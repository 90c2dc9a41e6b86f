import type { DeviceDefinition } from '#shared/model/device'
import { emptyMessage } from '#shared/model/publish'

/** A definition to begin with: it says that it is there, and when it is gone. */
export const newDefinition = (name: string): DeviceDefinition => {
  const status = {
    ...emptyMessage,
    isTemplate: true,
    topic: 'devices/{{ client }}/status',
    qos: 1,
    retain: true,
  } as const
  return {
    id: crypto.randomUUID(),
    name,
    description: '',
    devices: 1,
    clientId: 'device-{{ n }}',
    variables: [],
    births: [{ ...status, payload: 'online' }],
    telemetry: [],
    commands: [],
    will: { ...status, payload: 'offline' },
    deaths: [{ ...status, payload: 'offline' }],
    faults: { sameClientId: false, dropEveryMs: null },
  }
}
