import { prefixed, text } from '#shared/mqtt/propertyBytes'
import { propertyId } from '#shared/mqtt/propertySection'
import { encodeVariableInteger } from '#shared/mqtt/publishProperties'
import { authFirstByte } from './packetFailure'

/** Reason codes of AUTH (MQTT 5 §3.15.2.1). */
export const authReason = { success: 0x00, goOn: 0x18, reauthenticate: 0x19 } as const

/** MQTT 5 §3.15. `data` null = it has none; more than 65,535 bytes must have been refused before. */
export const encodeAuth = (reasonCode: number, method: string, data: Uint8Array | null): Buffer => {
  const properties = Buffer.concat(
    [
      [propertyId.authenticationMethod],
      ...text(method),
      ...(data === null ? [] : [[propertyId.authenticationData], ...prefixed(data)]),
    ].map((part) => Uint8Array.from(part)),
  )
  const length = encodeVariableInteger(properties.length)
  const remaining = encodeVariableInteger(1 + length.length + properties.length)
  return Buffer.concat([Uint8Array.from([authFirstByte, ...remaining, reasonCode, ...length]), properties])
}
