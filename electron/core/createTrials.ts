import type { Profile } from '#shared/model/profile'
import type { SessionRegistry } from './broker/session/sessionRegistry'
import { createCapabilities } from './capabilities/capabilities'
import { createConnectionTests, type ConnectionTestParts } from './connections/connectionTests'
import type { CoreOptions } from './coreOptions'
import { createDoctor } from './doctor/doctor'
import { createStatistics } from './statistics/statistics'

interface TrialParts extends Omit<ConnectionTestParts, 'debug' | 'now' | 'sessions'> {
  readonly sessions: SessionRegistry
  /** The steady time. */
  readonly clock: () => number
  readonly fitted: (profile: Profile) => Profile
}

/** What finds out something of a server over connections of its own, beside the sessions. */
export const createTrials = ({ now, log, onEvent }: CoreOptions, { clock, ...parts }: TrialParts) => ({
  connectionTests: createConnectionTests({ ...parts, now: clock, debug: log.debug }),
  capabilities: createCapabilities({
    connectedWith: (id) => parts.sessions.get(id)?.online()?.settings ?? null,
    maximumPacketBytes: parts.maximumPacketBytes,
    now: clock,
    debug: log.debug,
    onChange: (payload) => onEvent({ name: 'capabilities.changed', payload }),
  }),
  statistics: createStatistics({
    sessions: parts.sessions,
    onChange: (payload) => onEvent({ name: 'statistics.changed', payload }),
  }),
  doctor: createDoctor({
    ...parts,
    now,
    clock,
    debug: log.debug,
    onChange: (payload) => onEvent({ name: 'doctor.changed', payload }),
  }),
})
