import type { ProfileChange } from '#shared/model/failure'
import type { Returned } from '#shared/model/connectionDetails'
import type { Profile } from '#shared/model/profile'
import type { SessionPhase } from '#shared/model/session'
import type { Connack } from '../packets/controlPacket'
import type { OpenedStream } from '../connecting/openStream'
import { isSessionPresent, sessionClaim } from './connackFacts'
import { clientIdOf, serverLimits } from './serverLimits'

export type Online = Extract<SessionPhase, { phase: 'online' }>

export interface OnlineFacts {
  readonly connack: Connack
  readonly opened: OpenedStream
  /** What the connection was made from. */
  readonly profile: Profile
  /** The settings that are tried once in place of the saved ones. */
  readonly change?: ProfileChange | null
  readonly since: number
  readonly returned?: Returned | null
}

/** What a person is told about a connection the server has accepted. */
export const onlineState = ({
  connack,
  opened,
  profile,
  change = null,
  since,
  returned = null,
}: OnlineFacts): Online => {
  const limits = serverLimits(connack)
  const { address, proxy, encrypted, verified, tls } = opened
  return {
    phase: 'online',
    since,
    sessionPresent: isSessionPresent(connack, profile),
    session: sessionClaim(connack, profile),
    returned,
    address,
    proxy,
    clientId: clientIdOf(connack, profile.clientId),
    protocolVersion: profile.protocolVersion,
    // MQTT 5 §3.2.2.3.14: a Server Keep Alive replaces ours.
    keepaliveSeconds: limits.serverKeepaliveSeconds ?? profile.keepaliveSeconds,
    limits,
    pingMilliseconds: null,
    encrypted,
    verified,
    tls,
    change,
  }
}
