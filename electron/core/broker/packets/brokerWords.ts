import type { BrokerWords } from '#shared/model/brokerWords'
import { propertyId } from '#shared/mqtt/propertySection'
import type { Properties } from './controlPacket'

/** Reason String and user properties of a packet; null where it has neither. */
export const brokerWordsIn = (properties: Properties): BrokerWords | null => {
  if (properties.size === 0) return null
  const reasonString = properties.get(propertyId.reasonString)
  return typeof reasonString === 'string' ? { reasonString, userProperties: [] } : null
}
