import type { DeviceDefinition, DeviceState } from '#shared/model/device'
import type { Profile } from '#shared/model/profile'
import { ok, type Result } from '#shared/result'
import { clientIdsOf } from '../senders/clients/ownClients'
import { computerClock, type SenderClock } from '../senders/schedule/senderClock'
import type { TemplateEnvironment } from '../templates/templateEnvironment'
import { compileDevice } from './compiledDevice'
import { createDevice } from './device'
import type { OpenDeviceLink } from './link/deviceLink'

export interface DeviceGroupParts {
  readonly definition: DeviceDefinition
  readonly openLink: OpenDeviceLink
  readonly reconnect: Profile['reconnect']
  readonly environment: TemplateEnvironment
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** From 0 to below 1; default: another number each time. */
  readonly random?: () => number
  /** Default: the computer's steady clock. */
  readonly clock?: SenderClock
  readonly onChange: () => void
}

/** The devices of a definition that runs. */
export interface DeviceGroup {
  states(): readonly DeviceState[]
  /** Resolves when the first was born, or could not be for the first time. */
  begin(): Promise<void>
  /** Stops all of them; resolves when their connections have ended. */
  stop(): Promise<void>
}

/** So many milliseconds later than the one before it, each device begins: a broker refuses some of many that come at once. */
const apartMs = 10

/** Fails as compiling templates does, and with `sameClientIds`. */
export const createDeviceGroup = async (parts: DeviceGroupParts): Promise<Result<DeviceGroup>> => {
  const { definition, environment, now, random = Math.random, clock = computerClock } = parts
  const startedAt = now()
  const compiled = await compileDevice(definition, { startedAt, environment })
  if (!compiled.ok) return compiled
  const clientIds = await idsOf(definition, { startedAt, environment })
  if (!clientIds.ok) return clientIds
  const own = { ...parts, compiled: compiled.value, startedAt, random, clock }
  const devices = clientIds.value.map((clientId, index) => createDevice({ ...own, clientId, number: index + 1 }))
  const waiting: (() => void)[] = []
  return ok({
    states: () => devices.map((device) => device.state()),
    begin: () => {
      const [first, ...others] = devices
      for (const [index, device] of others.entries())
        waiting.push(clock.after((index + 1) * apartMs, () => void device.begin()))
      return first?.begin() ?? Promise.resolve()
    },
    stop: async () => {
      for (const cancel of waiting) cancel()
      await Promise.all(devices.map((device) => device.stop()))
    },
  })
}

const idsOf = async (
  { devices, clientId, faults }: DeviceDefinition,
  made: { readonly startedAt: number; readonly environment: TemplateEnvironment },
): Promise<Result<readonly string[]>> => {
  if (!faults.sameClientId) return clientIdsOf({ count: devices, clientId }, made)
  const first = await clientIdsOf({ count: 1, clientId }, made)
  return first.ok ? ok(Array.from({ length: devices }, () => first.value[0] ?? '')) : first
}
