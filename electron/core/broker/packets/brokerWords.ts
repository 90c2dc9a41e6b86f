import type { BrokerWords } from '#shared/model/brokerWords'
import { propertyId } from '#shared/mqtt/propertySection'
import type { Properties } from './controlPacket'

/** Reason String and user properties of a packet; null where it has neither. */
export const brokerWordsIn = (properties: Properties): BrokerWords | null => {
  const { userProperties = [] } = properties
  const reasonString = properties.get(propertyId.reasonString)
  if (typeof reasonString !== 'string' && userProperties.length === 0) return null
  return { reasonString: typeof reasonString === 'string' ? reasonString : null, userProperties }
}
