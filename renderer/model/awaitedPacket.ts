import type { DeliveryState } from '#shared/model/frame'
import type { Qos } from '#shared/model/qos'

/** The packet a message of ours waits for (MQTT 5 §4.3); null = none. */
export const awaitedPacket = (state: DeliveryState, qos: Qos): 'PUBACK' | 'PUBREC' | 'PUBCOMP' | null => {
  if (qos === 0) return null
  if (state === 'received') return 'PUBCOMP'
  if (state !== 'sent') return null
  return qos === 1 ? 'PUBACK' : 'PUBREC'
}
