import { propertyId } from '#shared/mqtt/propertySection'
import { credentialReasons, reasonText } from '#shared/mqtt/reasonCode'
import type { AppError } from '#shared/result'
import type { Connack, ControlPacket, Properties } from '../packets/controlPacket'
import { PacketFailure } from '../packets/packetFailure'

type Disconnect = Extract<ControlPacket, { type: 'disconnect' }>

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

/** The other server it names (MQTT 5 §4.11). */
const referenceIn = (properties: Properties): { readonly reference?: string } => {
  const reference = properties.get(propertyId.serverReference)
  return typeof reference === 'string' ? { reference } : {}
}

/**
 * What a code is about. 3.1.1 §3.2.2.3; MQTT 5 §3.2.2.2: of these, topic, payload format, retain and QoS can only be
 * those of the last will, because CONNECT holds no other.
 */
const subjects = new Map<number, string>([
  ...[...credentialReasons].map((code) => [code, 'credentials'] as const),
  ...[0x90, 0x99, 0x9a, 0x9b].map((code) => [code, 'will'] as const),
  ...[2, 0x85].map((code) => [code, 'clientId'] as const),
  ...[1, 0x84].map((code) => [code, 'version'] as const),
  [0x97, 'quota'],
])

export const connackRefusal = ({ reasonCode, properties }: Connack): PacketFailure => {
  if (reasonCode === badAuthenticationMethod) return authenticationWanted(properties, reasonCode)
  // Whatever version was asked for: the codes of 3.1.1 lie below 0x80, those of MQTT 5 do not.
  const name = reasonText(reasonCode >= 0x80 ? 'connack' : 'connack3', reasonCode)
  const reason = withWords(name, properties)
  const detail = subjects.get(reasonCode) ?? 'other'
  const failure: AppError = {
    code: 'connectRefused',
    message: `The server refused the connection: ${reason}`,
    reasonCode,
    values: { reason, detail, ...referenceIn(properties) },
  }
  return new PacketFailure(failure, null)
}

const sessionTakenOver = 0x8e

/** No server sends it before MQTT 5 (3.1.1 §3.14), but some do: they close. */
const disconnectBefore5 = (): PacketFailure =>
  new PacketFailure(
    { code: 'connectionClosed', message: 'The server sent DISCONNECT.', values: { detail: 'disconnect' } },
    null,
  )

export const serverDisconnect = ({ reasonCode, properties }: Disconnect): PacketFailure => {
  if (reasonCode === null) return disconnectBefore5()
  if (reasonCode === badAuthenticationMethod) return authenticationWanted(properties, reasonCode)
  const reason = withWords(reasonText('disconnect', reasonCode), properties)
  const code = reasonCode === sessionTakenOver ? 'sessionTakenOver' : 'serverDisconnected'
  const message = `The server ended the connection: ${reason}`
  return new PacketFailure({ code, message, reasonCode, values: { reason, ...referenceIn(properties) } }, null)
}

/** The code and, where the server gave one, its own words (Reason String, MQTT 5 §3.2.2.3.9). */
const withWords = (name: string, properties: Properties): string => {
  const words = properties.get(propertyId.reasonString)
  const elsewhere = properties.get(propertyId.serverReference)
  return [name, ...(words ? [`"${words}"`] : []), ...(elsewhere ? [`(${elsewhere})`] : [])].join(' ')
}
