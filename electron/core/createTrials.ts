import type { Profile } from '#shared/model/profile'
import type { SessionRegistry } from './broker/session/sessionRegistry'
import { createConnectionTests, type ConnectionTestParts } from './connections/connectionTests'
import type { CoreOptions } from './coreOptions'
import { createDoctor } from './doctor/doctor'

interface TrialParts extends Omit<ConnectionTestParts, 'debug' | 'now' | 'sessions'> {
  readonly sessions: SessionRegistry
  /** The steady time. */
  readonly clock: () => number
  readonly fitted: (profile: Profile) => Profile
}

/** What finds out something of a server over connections of its own, beside the sessions. */
export const createTrials = ({ now, log, onEvent }: CoreOptions, { clock, ...parts }: TrialParts) => ({
  connectionTests: createConnectionTests({ ...parts, now: clock, debug: log.debug }),
  doctor: createDoctor({
    ...parts,
    now,
    clock,
    debug: log.debug,
    onChange: (payload) => onEvent({ name: 'doctor.changed', payload }),
  }),
})
