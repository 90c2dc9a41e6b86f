import type { Farewell } from '#shared/model/farewell'
import { four, text, userPropertyParts } from '#shared/mqtt/propertyBytes'
import { propertyId } from '#shared/mqtt/propertySection'
import { encodeVariableInteger } from '#shared/mqtt/publishProperties'

/** MQTT 5 §3.14: without a body where it would say nothing but 0x00, and before MQTT 5 (3.1.1 §3.14). */
export const encodeDisconnect = (farewell: Extract<Farewell, { kind: 'disconnect' }>, isVersion5: boolean): Buffer => {
  const { reasonCode, reasonString, sessionExpirySeconds, userProperties } = farewell
  const properties = Buffer.concat(
    [
      ...(sessionExpirySeconds === null ? [] : [[propertyId.sessionExpiryInterval], four(sessionExpirySeconds)]),
      ...(reasonString === '' ? [] : [[propertyId.reasonString], ...text(reasonString)]),
      ...userPropertyParts(userProperties),
    ].map((part) => Uint8Array.from(part)),
  )
  if (!isVersion5 || (reasonCode === 0 && properties.length === 0)) return Buffer.from([0xe0, 0])
  const length = encodeVariableInteger(properties.length)
  const remaining = encodeVariableInteger(1 + length.length + properties.length)
  return Buffer.concat([Uint8Array.from([0xe0, ...remaining, reasonCode, ...length]), properties])
}
