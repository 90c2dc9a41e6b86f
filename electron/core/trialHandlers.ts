import type { Handlers } from '#shared/contract'
import { ok } from '#shared/result'
import type { Capabilities } from './capabilities/capabilities'
import type { LocalConnection } from './connections/localConnection'
import type { Doctor } from './doctor/doctor'
import type { Statistics } from './statistics/statistics'

export interface TrialHandlerParts {
  readonly doctor: Doctor
  readonly capabilities: Capabilities
  readonly statistics: Statistics
  readonly local: LocalConnection
}

type TrialCommands = Extract<keyof Handlers, `${'doctor' | 'capabilities' | 'statistics'}.${string}`>

/** What the window asks about the way to a server, and about the server. */
export const createTrialHandlers = ({
  doctor,
  capabilities,
  statistics,
  local,
}: TrialHandlerParts): Pick<Handlers, TrialCommands> => ({
  'doctor.plan': ({ profile, secrets }) => ok(doctor.plan(profile, secrets)),
  'doctor.run': async ({ profile, secrets, ...choice }) => {
    const prepared = await local.prepare(profile.id)
    return prepared.ok ? doctor.run(profile, secrets, choice) : prepared
  },
  'doctor.cancel': () => {
    doctor.cancel()
    return ok(null)
  },
  'capabilities.try': ({ connectionId, ...wish }) => capabilities.try(connectionId, wish),
  'capabilities.cancel': ({ connectionId }) => {
    capabilities.cancel(connectionId)
    return ok(null)
  },
  'statistics.watch': ({ connectionId, isOn }) => statistics.watch(connectionId, isOn),
})
