// Why it is so: build/docs/decisions/11-no-bytes-end-the-application.md
import {
  propertyId,
  readFourBytes,
  readTwoBytes,
  readVariableInteger,
  variableIntegerLength,
  walkProperties,
} from '#shared/mqtt/propertySection'
import { isReasonOf, type ReasonPacket } from '#shared/mqtt/reasonCode'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { ignoresReserved, withFixedFlags, type Dialect } from './dialect'
import { forLenient, malformed, otherVersion, packetName, protocolReason } from './packetFailure'

/** Name and value of each user property, in the order they came in. */
type UserProperties = readonly (readonly [name: string, value: string])[]

/** Numbers, strings and flags of a packet that is not PUBLISH, by property identifier. */
export interface Properties extends ReadonlyMap<number, number | string> {
  /** Absent = none. */
  readonly userProperties?: UserProperties
  /** Absent = none. */
  readonly authenticationData?: Buffer
}

export interface Acknowledgement {
  readonly type: 'puback' | 'pubrec' | 'pubrel' | 'pubcomp'
  readonly packetId: number
  readonly reasonCode: number
  readonly properties: Properties
}
/** SUBACK or UNSUBACK with its one reason code; UNSUBACK has none before MQTT 5. */
export interface SubscriptionAcknowledgement {
  readonly type: 'suback' | 'unsuback'
  readonly packetId: number
  readonly reasonCode: number
  readonly properties: Properties
}
export interface Connack {
  readonly type: 'connack'
  /** Whether the server says that it holds a session; before MQTT 3.1.1 it cannot. */
  readonly sessionPresent: boolean
  readonly reasonCode: number
  readonly properties: Properties
}
/** MQTT 5 §3.15; 0x00 = done, 0x18 = go on. */
export interface Auth {
  readonly type: 'auth'
  readonly reasonCode: number
  readonly properties: Properties
}
export type ControlPacket =
  | Connack
  | Auth
  | Acknowledgement
  | SubscriptionAcknowledgement
  | { readonly type: 'pingresp' }
  /** Before MQTT 5 it has no reason code. */
  | { readonly type: 'disconnect'; readonly reasonCode: number | null; readonly properties: Properties }

/** A whole packet; its body begins at `start`, behind the fixed header. */
interface Body {
  readonly bytes: Buffer
  readonly start: number
  readonly isVersion5: boolean
  readonly dialect: Dialect
}

const id = propertyId
const userPropertyOnly = new Set<number>([id.userProperty])
const reasonProperties = new Set<number>([id.reasonString, id.userProperty])
const disconnectProperties = new Set<number>([id.reasonString, id.userProperty, id.serverReference])
// MQTT 5 §3.2.2.3.
const connackProperties = new Set<number>([
  id.sessionExpiryInterval,
  id.receiveMaximum,
  id.maximumQos,
  id.retainAvailable,
  id.maximumPacketSize,
  id.assignedClientIdentifier,
  id.topicAliasMaximum,
  id.reasonString,
  id.userProperty,
  id.wildcardSubscriptionAvailable,
  id.subscriptionIdentifierAvailable,
  id.sharedSubscriptionAvailable,
  id.serverKeepAlive,
  id.responseInformation,
  id.serverReference,
  id.authenticationMethod,
  id.authenticationData,
])
// MQTT 5 §3.15.2.2.
const authProperties = new Set<number>([
  id.authenticationMethod,
  id.authenticationData,
  id.reasonString,
  id.userProperty,
])
const flagProperties = new Set<number>([
  id.maximumQos,
  id.retainAvailable,
  id.wildcardSubscriptionAvailable,
  id.subscriptionIdentifierAvailable,
  id.sharedSubscriptionAvailable,
])
const nonZeroProperties = new Set<number>([id.receiveMaximum, id.maximumPacketSize])
const textProperties = new Set<number>([
  id.assignedClientIdentifier,
  id.reasonString,
  id.responseInformation,
  id.serverReference,
  id.authenticationMethod,
])
const fourByteProperties = new Set<number>([id.sessionExpiryInterval, id.maximumPacketSize])
const twoByteProperties = new Set<number>([id.receiveMaximum, id.topicAliasMaximum, id.serverKeepAlive])

const valueOf = (property: number, bytes: Buffer, [start, end]: readonly [number, number]) => {
  if (textProperties.has(property)) return decodeUtf8(bytes.subarray(start + 2, end))
  if (fourByteProperties.has(property)) return readFourBytes(bytes, start)
  if (twoByteProperties.has(property)) return readTwoBytes(bytes, start)
  return flagProperties.has(property) ? (bytes[start] ?? 0) : null
}

const pairAt = (bytes: Buffer, start: number): readonly [string, string] => {
  const nameEnd = start + 2 + readTwoBytes(bytes, start)
  const valueEnd = nameEnd + 2 + readTwoBytes(bytes, nameEnd)
  return [decodeUtf8(bytes.subarray(start + 2, nameEnd)), decodeUtf8(bytes.subarray(nameEnd + 2, valueEnd))]
}

const noProperties: Properties = new Map()

/** Reads the property section at `at`; answers the properties and where the section ends. */
const readSection = ({ bytes }: Body, at: number, allowed: ReadonlySet<number>) => {
  const first = bytes[0] ?? 0
  const lengthBytes = variableIntegerLength(bytes, at, bytes.length)
  if (lengthBytes === 0) throw malformed(first, 'the property length is cut off')
  const start = at + lengthBytes
  const end = start + readVariableInteger(bytes, at)
  if (end > bytes.length) throw malformed(first, 'the properties are cut off')
  const values = new Map<number, number | string>()
  const userProperties: (readonly [string, string])[] = []
  const authenticationData: Buffer[] = []
  const found = new Set<number>()
  const visit = (property: number, from: number, to: number) => {
    const value = valueOf(property, bytes, [from, to])
    found.add(property)
    // §3.2.2.3.4 and .5, §3.2.2.3.11 to .13.
    if (flagProperties.has(property) && Number(value) > 1)
      throw malformed(first, 'a yes-no property is neither 0 nor 1', protocolReason.protocolError)
    // §3.2.2.3.3 and §3.2.2.3.6.
    if (nonZeroProperties.has(property) && value === 0)
      throw malformed(first, 'a maximum is 0', protocolReason.protocolError)
    if (value !== null) values.set(property, value)
    if (property === id.userProperty) userProperties.push(pairAt(bytes, from))
    if (property === id.authenticationData) authenticationData.push(Buffer.from(bytes.subarray(from + 2, to)))
  }
  const problem = walkProperties(bytes, { start, end }, { allowed, repeatable: userPropertyOnly, visit })
  if (problem) throw malformed(first, problem.text, problem.answer)
  // §3.2.2.3.18.
  if (found.has(id.authenticationData) && !found.has(id.authenticationMethod))
    throw malformed(first, 'authentication data without a method', protocolReason.protocolError)
  const properties: Properties = Object.assign(values, {
    ...(userProperties.length > 0 && { userProperties }),
    ...(authenticationData[0] && { authenticationData: authenticationData[0] }),
  })
  return { properties, end }
}

const sectionToEnd = (body: Body, at: number, allowed: ReadonlySet<number>): Properties => {
  // §2.2.2.1, §3.4.2.2.1, §3.14.2.2.1: it may be left out where nothing follows.
  if (!body.isVersion5 || at >= body.bytes.length) {
    if (at < body.bytes.length) throw malformed(body.bytes[0] ?? 0, 'bytes follow its end')
    return noProperties
  }
  const { properties, end } = readSection(body, at, allowed)
  if (end < body.bytes.length) throw malformed(body.bytes[0] ?? 0, 'bytes follow its properties')
  return properties
}

const byteAt = ({ bytes }: Body, at: number): number => {
  const byte = bytes[at]
  if (byte === undefined) throw malformed(bytes[0] ?? 0, 'it is cut off')
  return byte
}

const packetIdOf = (body: Body): number => {
  byteAt(body, body.start + 1)
  const packetId = readTwoBytes(body.bytes, body.start)
  // §2.2.1: identifiers are not zero.
  if (packetId === 0) throw malformed(body.bytes[0] ?? 0, 'packet identifier 0', protocolReason.protocolError)
  return packetId
}

const readConnack = (body: Body): Connack => {
  const acknowledgeFlags = byteAt(body, body.start)
  const reasonCode = byteAt(body, body.start + 1)
  // §3.2.2.1: bits 7-1 are reserved.
  if (acknowledgeFlags > 1 && !ignoresReserved(body.dialect))
    throw forLenient(malformed(body.bytes[0] ?? 0, 'reserved flags are set'))
  const isShort = body.start + 2 >= body.bytes.length
  // A server that only knows 3.1.1 answers version 5 in its own words (MQTT 5 §3.1.2.2): two bytes, no properties.
  if (body.isVersion5 && isShort && reasonCode === 0) throw otherVersion('3.1.1')
  // Properties are of version 5, which was not requested. A refusal is read all the same.
  if (!body.isVersion5 && !isShort && reasonCode === 0) throw otherVersion('5')
  const properties = sectionToEnd({ ...body, isVersion5: true }, body.start + 2, connackProperties)
  const sessionPresent = body.dialect.level > 3 && (acknowledgeFlags & 1) === 1
  return { type: 'connack', sessionPresent, reasonCode, properties }
}

const readAcknowledgement = (body: Body, type: Acknowledgement['type']): Acknowledgement => {
  const packetId = packetIdOf(body)
  const codeAt = body.start + 2
  const hasCode = body.isVersion5 && codeAt < body.bytes.length
  const reasonCode = hasCode ? byteAt(body, codeAt) : 0
  const properties = sectionToEnd(body, hasCode ? codeAt + 1 : codeAt, reasonProperties)
  return { type, packetId, reasonCode, properties }
}

/** MQTT 3.1 §3.9 defines only the two lower bits of a granted QoS; the others are ignored. */
const grantedBits = (code: number, { level }: Dialect): number => (level === 3 && code < 0x80 ? code & 3 : code)

const readCode = (body: Body, at: number, table: ReasonPacket): number => {
  // §3.9.3: one code for each filter, and we ask for one filter at a time.
  const count = body.bytes.length - at
  if (count !== 1) throw malformed(body.bytes[0] ?? 0, `it has ${count} reason codes for one topic filter`)
  const code = grantedBits(byteAt(body, at), body.dialect)
  // §4.13.2: 0x80 and above mean failure; an unknown one refuses its filter and nothing else. Below, any code of
  // UNSUBACK is success, and SUBACK grants a QoS.
  if (code >= 0x80 || table === 'unsuback' || isReasonOf(table, code)) return code
  throw malformed(body.bytes[0] ?? 0, `reason code ${code} is not one of its own`)
}

const readSubscriptionAcknowledgement = (body: Body, type: 'suback' | 'unsuback'): ControlPacket => {
  const packetId = packetIdOf(body)
  const at = body.start + 2
  const answer = (reasonCode: number, properties = noProperties): SubscriptionAcknowledgement => ({
    type,
    packetId,
    reasonCode,
    properties,
  })
  if (body.isVersion5) {
    const { properties, end } = readSection(body, at, reasonProperties)
    return answer(readCode(body, end, type), properties)
  }
  if (type === 'suback') return answer(readCode(body, at, 'suback3'))
  sectionToEnd(body, at, reasonProperties)
  return answer(0)
}

const readDisconnect = (body: Body): ControlPacket => {
  // 3.1.1 §3.14: only clients send it. From a server it can only mean that it closes, whatever its body.
  if (!body.isVersion5) return { type: 'disconnect', reasonCode: null, properties: noProperties }
  const reasonCode = body.start < body.bytes.length ? byteAt(body, body.start) : 0
  const properties = sectionToEnd(body, body.start + 1, disconnectProperties)
  return { type: 'disconnect', reasonCode, properties }
}

const readPingresp = (body: Body): ControlPacket => {
  if (body.start < body.bytes.length) throw malformed(body.bytes[0] ?? 0, 'it has a body')
  return { type: 'pingresp' }
}

/**
 * What an AUTH says (MQTT 5 §3.15); its reason code may be left out together with all else. Throws as
 * `readControlPacket`.
 */
export const readAuthProperties = (bytes: Buffer, start: number): Properties =>
  sectionToEnd({ bytes, start, isVersion5: true, dialect: { level: 5, isLenient: false } }, start + 1, authProperties)

const readAuth = (body: Body): ControlPacket => {
  const first = body.bytes[0] ?? 0
  if (!body.isVersion5) throw malformed(first, 'a server does not send AUTH here', protocolReason.protocolError)
  // §3.15.2.1: it may be left out together with all else.
  const reasonCode = body.start < body.bytes.length ? byteAt(body, body.start) : 0
  if (reasonCode !== 0 && reasonCode !== 0x18)
    throw malformed(first, `reason code ${reasonCode} is not one of its own`, protocolReason.protocolError)
  return { type: 'auth', reasonCode, properties: sectionToEnd(body, body.start + 1, authProperties) }
}

/** First byte -> decoder; the flag bits of each are fixed (MQTT 5 §2.1.3). */
const decoders = new Map<number, (body: Body) => ControlPacket>([
  [0x20, readConnack],
  [0x40, (body) => readAcknowledgement(body, 'puback')],
  [0x50, (body) => readAcknowledgement(body, 'pubrec')],
  [0x62, (body) => readAcknowledgement(body, 'pubrel')],
  [0x70, (body) => readAcknowledgement(body, 'pubcomp')],
  [0x90, (body) => readSubscriptionAcknowledgement(body, 'suback')],
  [0xb0, (body) => readSubscriptionAcknowledgement(body, 'unsuback')],
  [0xd0, readPingresp],
  [0xe0, readDisconnect],
  [0xf0, readAuth],
])

/**
 * Decodes strictly any packet a server may send but PUBLISH: one that passes cannot make mqtt.js fail once its flags
 * are set to what its type requires. Throws PacketFailure `malformedPacket`.
 */
export const readControlPacket = (bytes: Buffer, start: number, dialect: Dialect): ControlPacket => {
  const first = bytes[0] ?? 0
  const decode = (byte: number) => decoders.get(byte)?.({ bytes, start, isVersion5: dialect.level === 5, dialect })
  const packet = decode(ignoresReserved(dialect) ? withFixedFlags(first) : first)
  if (packet) return packet
  if (decoders.has(withFixedFlags(first))) throw forLenient(malformed(first, 'reserved flags are set'))
  throw malformed(first, `a server does not send ${packetName(first)} here`, protocolReason.protocolError)
}
