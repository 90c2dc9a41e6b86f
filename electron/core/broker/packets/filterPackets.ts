import { encodeVariableInteger } from '#shared/mqtt/publishProperties'
import { encodeUtf8 } from '#shared/mqtt/utf8'

/** Bytes of a SUBSCRIBE with one filter (MQTT 5 §3.8, 3.1.1 §3.8); `identifier` is its Subscription Identifier or null. */
export const subscribeSize = (filter: string, identifier: number | null, isVersion5: boolean): number =>
  packetSize(2 + (isVersion5 ? propertiesSize(identifier) : 0) + 2 + encodeUtf8(filter).length + 1)

/** Bytes of an UNSUBSCRIBE with one filter (MQTT 5 §3.10, 3.1.1 §3.10). */
export const unsubscribeSize = (filter: string, isVersion5: boolean): number =>
  packetSize(2 + (isVersion5 ? propertiesSize(null) : 0) + 2 + encodeUtf8(filter).length)

const packetSize = (remaining: number): number => 1 + encodeVariableInteger(remaining).length + remaining

const propertiesSize = (identifier: number | null): number =>
  identifier === null ? 1 : 2 + encodeVariableInteger(identifier).length
