import { connackPropertyNames, type ConnackFacts, type SessionClaim } from '#shared/model/connectionDetails'
import type { Profile } from '#shared/model/profile'
import { propertyId } from '#shared/mqtt/propertySection'
import type { Connack } from '../packets/controlPacket'

type Asked = Pick<Profile, 'protocolVersion' | 'cleanStart'>

/** What CONNACK said of the session, as far as the version can say it: 3.1.1 §3.2.2.2, MQTT 5 §3.2.2.1.1. */
export const sessionClaim = ({ sessionPresent }: Connack, { protocolVersion, cleanStart }: Asked): SessionClaim => {
  if (cleanStart) return sessionPresent ? 'keptAnyway' : 'begunAnew'
  if (protocolVersion === '3.1') return 'notSaid'
  return sessionPresent ? 'resumed' : 'none'
}

/** Whether the server may have resumed a session: it says so, or MQTT 3.1 cannot say and no clean session was asked for. */
export const isSessionPresent = (connack: Connack, asked: Asked): boolean => {
  const claim = sessionClaim(connack, asked)
  return claim === 'resumed' || claim === 'notSaid'
}

/** Everything CONNACK said, beside what was asked for in CONNECT. */
export const connackFacts = (connack: Connack, profile: Profile): ConnackFacts => {
  const { protocolVersion, keepaliveSeconds, sessionExpirySeconds, clientId, cleanStart } = profile
  const said = connackPropertyNames.flatMap((name) => {
    const value = connack.properties.get(propertyId[name])
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    protocolVersion,
    session: sessionClaim(connack, profile),
    asked: {
      keepaliveSeconds,
      sessionExpirySeconds: protocolVersion === '5' ? sessionExpirySeconds : null,
      clientId,
      cleanStart,
    },
    said: Object.fromEntries(said),
    userProperties: connack.properties.userProperties ?? [],
  }
}
