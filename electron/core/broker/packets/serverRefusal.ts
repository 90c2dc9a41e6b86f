import { propertyId } from '#shared/mqtt/propertySection'
import { credentialReasons, reasonName } from '#shared/mqtt/reasonCode'
import type { AppError } from '#shared/result'
import type { Connack, ControlPacket, Properties } from './controlPacket'
import { PacketFailure } from './packetFailure'

type Disconnect = Extract<ControlPacket, { type: 'disconnect' }>

/** The name of the code and, where the server gave one, its own words (Reason String, MQTT 5 §3.2.2.3.9). */
const reasonText = (name: string, properties: Properties): string => {
  const words = properties.get(propertyId.reasonString)
  const elsewhere = properties.get(propertyId.serverReference)
  return [name, ...(words ? [`"${words}"`] : []), ...(elsewhere ? [`(${elsewhere})`] : [])].join(' ')
}

const badAuthenticationMethod = 0x8c

/**
 * The server authenticates in steps (MQTT 5 §4.12), by AUTH packets or by refusing us for want of a method that it takes.
 * `method` is '' where it named none. No password helps.
 */
export const authenticationWanted = (properties: Properties, reasonCode?: number): PacketFailure => {
  const method = String(properties.get(propertyId.authenticationMethod) ?? '')
  const words = String(properties.get(propertyId.reasonString) ?? '')
  const failure: AppError = {
    code: 'enhancedAuthenticationWanted',
    message: `The server wants enhanced authentication${method === '' ? '' : ` by ${method}`}.${words && ` "${words}"`}`,
    ...(reasonCode === undefined ? {} : { reasonCode }),
    values: { method, detail: method === '' ? 'unnamed' : 'named', reason: words },
  }
  return new PacketFailure(failure, null)
}

export const connackRefusal = ({ reasonCode, properties }: Connack, isVersion5: boolean): PacketFailure => {
  if (isVersion5 && reasonCode === badAuthenticationMethod) return authenticationWanted(properties, reasonCode)
  // A server of 3.1.1 answers a CONNECT of version 5 with its own codes, which lie below 0x80.
  const name = reasonName(isVersion5 && reasonCode >= 0x80 ? 'connack' : 'connack3', reasonCode)
  const reason = reasonText(name, properties)
  const detail = credentialReasons.has(reasonCode) ? 'credentials' : 'other'
  const failure: AppError = {
    code: 'connectRefused',
    message: `The server refused the connection: ${reason}`,
    reasonCode,
    values: { reason, detail },
  }
  return new PacketFailure(failure, null)
}

const sessionTakenOver = 0x8e

export const serverDisconnect = ({ reasonCode, properties }: Disconnect): PacketFailure => {
  const reason = reasonText(reasonName('disconnect', reasonCode), properties)
  const code = reasonCode === sessionTakenOver ? 'sessionTakenOver' : 'serverDisconnected'
  const message = `The server ended the connection: ${reason}`
  return new PacketFailure({ code, message, reasonCode, values: { reason } }, null)
}
