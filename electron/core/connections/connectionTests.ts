// Why it is so: build/docs/decisions/27-settings-are-tested-beside-the-session.md
import type { ConnectionTest } from '#shared/model/connectionTest'
import type { ConnectionFailure } from '#shared/model/failure'
import { newClientId, type Profile, type SecretChanges, type Secrets } from '#shared/model/profile'
import type { SessionStatus } from '#shared/model/session'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { openMqttTransport } from '../broker/mqttJs/mqttTransport'
import { openShortConnection, type ShortConnection } from '../broker/session/shortConnection'
import type { TrustedPaths } from '../files/trustedPaths'
import { formSecrets, type FormSecretParts } from './formSecrets'

export interface ConnectionTestParts extends FormSecretParts {
  readonly sessions: { statuses(): readonly SessionStatus[] }
  readonly trustedPaths: Pick<TrustedPaths, 'confirm'>
  /** Gives a profile of the local broker that broker's present port; leaves others as they are. */
  readonly fitted: (profile: Profile) => Profile
  readonly maximumPacketBytes: () => number
  /** The steady time. */
  readonly now: () => number
  readonly debug: ((line: string) => void) | null
}

/** Settings are tried as a form has them, without saving them and without a session. One test runs at a time. */
export interface ConnectionTests {
  /**
   * Connects, measures and closes. Fails with `passwordNeeded` where a password is wanted that nobody has entered, and
   * with `fileNotConfirmed`.
   */
  run(given: Profile, changes: SecretChanges): Promise<Result<ConnectionTest>>
  cancel(): void
}

export const createConnectionTests = (parts: ConnectionTestParts): ConnectionTests => {
  let running: AbortController | null = null
  const cancel = () => {
    running?.abort()
    running = null
  }

  return {
    cancel,
    run: async (given, changes) => {
      cancel()
      const abort = new AbortController()
      running = abort
      const confirmed = await parts.trustedPaths.confirm(given)
      if (!confirmed.ok) return confirmed
      if (abort.signal.aborted) return ok({ outcome: 'cancelled' })
      const profile = parts.fitted(given)
      const secrets = formSecrets(parts, profile, changes)
      if (profile.usePassword && secrets.password === undefined)
        return fail('passwordNeeded', 'The broker wants a password.', { field: 'password' })
      return ok(await testWith(parts, { profile, secrets, signal: abort.signal }))
    },
  }
}

interface Tested {
  readonly profile: Profile
  readonly secrets: Secrets
  readonly signal: AbortSignal
}

const testWith = async (parts: ConnectionTestParts, { profile, secrets, signal }: Tested): Promise<ConnectionTest> => {
  const clientId = harmlessClientId(parts, profile)
  const lost: AppError[] = []
  const startedAt = performance.now()
  const opened = await openShortConnection({
    profile,
    secrets,
    signal,
    clientId,
    openTransport: openMqttTransport,
    maximumPacketSize: parts.maximumPacketBytes(),
    now: parts.now,
    debug: parts.debug && ((line) => parts.debug?.(`Test of ${profile.id}: ${line}`)),
    onMessage: () => undefined,
    onLost: (reason) => void lost.push(reason),
  })
  if (!opened.ok) return endedBy(opened.error)
  const connectMilliseconds = performance.now() - startedAt
  const pingMilliseconds = await pingWithin(opened.value, profile.connectTimeoutSeconds)
  await opened.value.close()
  if (signal.aborted) return { outcome: 'cancelled' }
  const [ended] = lost
  if (ended) return endedBy(ended)
  return {
    outcome: 'accepted',
    online: opened.value.online,
    connectMilliseconds,
    pingMilliseconds,
    hasOtherClientId: clientId !== profile.clientId,
    leftWillOut: profile.will.enabled,
  }
}

const endedBy = (reason: AppError): ConnectionTest =>
  isExplained(reason) ? { outcome: 'failed', failure: reason } : { outcome: 'cancelled' }

/** What was cancelled has no stage. */
const isExplained = (reason: AppError): reason is ConnectionFailure => 'stage' in reason

/** A broker that answers no PINGREQ in the time it had to accept is one that does not answer. */
const pingWithin = async (connection: ShortConnection, seconds: number): Promise<number | null> => {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), seconds * 1_000)
  })
  const answered = await Promise.race([connection.ping(), silence])
  clearTimeout(timer)
  return answered
}

/**
 * The client ID of the settings, as brokers may let only certain ones in; another one where that would end a connection
 * (a second client takes the id over, MQTT 5 §3.1.4) or a session that the broker keeps (a clean start discards it,
 * §3.1.2.4).
 */
const harmlessClientId = ({ sessions, profiles }: ConnectionTestParts, { clientId, cleanStart }: Profile): string => {
  const inUse = sessions
    .statuses()
    .flatMap(({ connectionId, state }) => clientIdsOf(state, profiles.find(connectionId)))
  return cleanStart && !inUse.includes(clientId) ? clientId : newClientId()
}

const clientIdsOf = (
  state: SessionStatus['state'],
  listed: { readonly profile: Profile } | undefined,
): readonly string[] => {
  if (state.phase === 'offline' || state.phase === 'failed') return []
  // A profile that was saved since it connected may have another one by now.
  return [...(state.phase === 'online' ? [state.clientId] : []), ...(listed ? [listed.profile.clientId] : [])]
}
