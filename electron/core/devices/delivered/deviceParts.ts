import type { DeviceDefinition, DeviceTelemetry } from '#shared/model/device'
import { emptyMessage, type ComposedMessage } from '#shared/model/publish'

/** A message of a device, with what it says beside a text. */
export const deviceMessage = (
  topic: string,
  payload: string,
  more: Partial<ComposedMessage> = {},
): ComposedMessage => ({ ...emptyMessage, topic, payload, isTemplate: true, ...more })

/** Telemetry under the name of its topic, each time that it is due. */
export const deviceTelemetry = (
  message: ComposedMessage,
  given: Pick<DeviceTelemetry, 'everyMs'> & Partial<DeviceTelemetry>,
): DeviceTelemetry => ({
  name: message.topic,
  message,
  afterMs: 0,
  jitter: 0,
  sent: 'always',
  isOn: true,
  ...given,
})

export const noFaults: DeviceDefinition['faults'] = { sameClientId: false, dropEveryMs: null }
