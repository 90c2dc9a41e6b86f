import type { DeviceDefinition } from '#shared/model/device'
import { lightDevice } from './lightDevice'
import { misbehavingDevice } from './misbehavingDevice'
import { plantDevice } from './plantDevice'
import { sensorDevice } from './sensorDevice'
import { sparkplugDevice } from './sparkplugDevice'

/** Definitions that come with the application: they are copied, not changed. */
export const deliveredDevices: readonly DeviceDefinition[] = [
  sensorDevice,
  sparkplugDevice,
  lightDevice,
  misbehavingDevice,
  plantDevice,
]
