import type { Qos } from '#shared/model/qos'
import type { ServerLimits } from '#shared/model/session'
import { propertyId } from '#shared/mqtt/propertySection'
import type { Connack } from '../packets/controlPacket'

/** What CONNACK says the server allows, with the defaults of MQTT 5 §3.2.2.3; before version 5 these are all there is. */
export const serverLimits = ({ properties }: Connack): ServerLimits => {
  const number = (id: number): number | null => {
    const value = properties.get(id)
    return typeof value === 'number' ? value : null
  }
  const isAvailable = (id: number) => number(id) !== 0
  return {
    receiveMaximum: number(propertyId.receiveMaximum) ?? 65_535,
    maximumQos: (number(propertyId.maximumQos) ?? 2) as Qos,
    retainAvailable: isAvailable(propertyId.retainAvailable),
    maximumPacketSize: number(propertyId.maximumPacketSize),
    topicAliasMaximum: number(propertyId.topicAliasMaximum) ?? 0,
    wildcardSubscriptionAvailable: isAvailable(propertyId.wildcardSubscriptionAvailable),
    subscriptionIdentifiersAvailable: isAvailable(propertyId.subscriptionIdentifierAvailable),
    sharedSubscriptionAvailable: isAvailable(propertyId.sharedSubscriptionAvailable),
    serverKeepaliveSeconds: number(propertyId.serverKeepAlive),
    sessionExpirySeconds: number(propertyId.sessionExpiryInterval),
  }
}

/** The client identifier the server chose (MQTT 5 §3.2.2.3.7), or the one we sent. */
export const clientIdOf = ({ properties }: Connack, ours: string): string => {
  const assigned = properties.get(propertyId.assignedClientIdentifier)
  return typeof assigned === 'string' ? assigned : ours
}
