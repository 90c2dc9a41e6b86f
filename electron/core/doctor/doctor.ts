// Why it is so: build/docs/decisions/27-settings-are-tested-beside-the-session.md
import { doctorLimits, type DoctorPlan, type DoctorReport } from '#shared/model/doctor'
import { newClientId, usesWebSocket, type Profile, type ProfileId, type SecretChanges } from '#shared/model/profile'
import { isSharedFilter } from '#shared/mqtt/topicFilter'
import { ok, type Result } from '#shared/result'
import type { PacketRecorder } from '../broker/packetLog/packetRecorder'
import { formSecrets, type FormSecretParts } from '../connections/formSecrets'
import type { TrustedPaths } from '../files/trustedPaths'
import { diagnose } from './diagnosis'
import { createStepList } from './stepList'

export interface DoctorParts extends FormSecretParts {
  readonly sessions: { diagnosisRecorder(id: ProfileId): PacketRecorder }
  readonly trustedPaths: Pick<TrustedPaths, 'confirm'>
  /** Gives a profile of the local broker that broker's present port; leaves others as they are. */
  readonly fitted: (profile: Profile) => Profile
  readonly maximumPacketBytes: () => number
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The steady time. */
  readonly clock: () => number
  readonly debug: ((line: string) => void) | null
  readonly onChange: (report: DoctorReport) => void
}

/** What a person chose of what a plan offers. */
interface DoctorChoice {
  readonly clientId: string
  readonly subscribes: boolean
  readonly triesOtherWays: boolean
}

/** Finds out why a connection is not made, beside whatever session there is. One diagnosis runs at a time. */
export interface Doctor {
  plan(given: Profile, changes: SecretChanges): DoctorPlan
  /** Fails with `fileNotConfirmed`. */
  run(given: Profile, changes: SecretChanges, choice: DoctorChoice): Promise<Result<DoctorReport>>
  cancel(): void
}

export const createDoctor = (parts: DoctorParts): Doctor => {
  let running: AbortController | null = null
  const cancel = () => {
    running?.abort({ code: 'cancelled', message: 'The person ended it.' })
    running = null
  }
  return {
    cancel,
    plan: (given, changes) => planOf(parts.fitted(given), formSecrets(parts, given, changes).password !== undefined),
    run: async (given, changes, choice) => {
      cancel()
      const abort = new AbortController()
      running = abort
      const confirmed = await parts.trustedPaths.confirm(given)
      if (!confirmed.ok) return confirmed
      const profile = parts.fitted(given)
      const recorder = parts.sessions.diagnosisRecorder(profile.id)
      recorder.clear()
      const startedAt = parts.now()
      const begun = performance.now()
      const report = (outcome: DoctorReport['outcome']): DoctorReport => ({
        connectionId: profile.id,
        outcome,
        startedAt,
        milliseconds: performance.now() - begun,
        steps: list.steps(),
      })
      const list = createStepList(() => {
        if (running === abort) parts.onChange(report('running'))
      })
      const isGood = await diagnose({
        list,
        profile,
        secrets: formSecrets(parts, profile, changes),
        clientId: choice.clientId,
        filters: choice.subscribes ? testableFilters(profile) : null,
        triesOtherWays: choice.triesOtherWays,
        signal: abort.signal,
        recorder,
        maximumPacketSize: parts.maximumPacketBytes(),
        now: parts.now,
        clock: parts.clock,
        debug: parts.debug && ((line) => parts.debug?.(`Diagnosis of ${profile.id}: ${line}`)),
      })
      if (abort.signal.aborted) list.cancel()
      const ended = report(abort.signal.aborted ? 'cancelled' : isGood ? 'accepted' : 'failed')
      if (running === abort) running = null
      return ok(ended)
    },
  }
}

/** A shared one would take messages away from those who share it (MQTT 5 §4.8.2). */
const testableFilters = ({ subscriptions }: Profile): Profile['subscriptions'] =>
  subscriptions.filter(({ enabled, filter }) => enabled && !isSharedFilter(filter)).slice(0, doctorLimits.filters)

const planOf = (profile: Profile, hasPassword: boolean): DoctorPlan => {
  const filters = testableFilters(profile).map(({ filter }) => filter)
  return {
    clientId: newClientId(),
    settingsClientId: profile.clientId,
    hasUsername: profile.username !== '',
    password: profile.usePassword ? (hasPassword ? 'sent' : 'unknown') : 'none',
    filters,
    filtersLeftOut: profile.subscriptions.filter(({ enabled }) => enabled).length - filters.length,
    readsHttpDate: usesWebSocket(profile.scheme),
  }
}
