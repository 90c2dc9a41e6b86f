import type { ProtocolVersion } from '#shared/model/qos'
import type { PacketType } from './packetType'

/** What a part of a packet is, whatever its name in Wireshark: its name in the standard, and where that says so in MQTT 5 and 3.1.1. */
interface Term {
  readonly label: string
  readonly five: string
  readonly four: string
}

const term = (label: string, five: string, four: string): Term => ({ label, five, four })

/** `*` stands for the number of the packet type. */
const terms = {
  headerFlags: term('Header Flags', '§2.1.1', '§2.2'),
  packetType: term('Packet Type', '§2.1.2', '§2.2.1'),
  headerReserved: term('Reserved', '§2.1.3', '§2.2.2'),
  dup: term('DUP', '§3.3.1.1', '§3.3.1.1'),
  qos: term('QoS', '§3.3.1.2', '§3.3.1.2'),
  retain: term('RETAIN', '§3.3.1.3', '§3.3.1.3'),
  remainingLength: term('Remaining Length', '§2.1.4', '§2.2.3'),
  packetId: term('Packet Identifier', '§2.2.1', '§2.3.1'),
  textLength: term('Length', '§1.5.4', '§1.5.3'),
  protocolName: term('Protocol Name', '§3.1.2.1', '§3.1.2.1'),
  protocolVersion: term('Protocol Version', '§3.1.2.2', '§3.1.2.2'),
  connectFlags: term('Connect Flags', '§3.1.2.3', '§3.1.2.3'),
  userNameFlag: term('User Name Flag', '§3.1.2.8', '§3.1.2.8'),
  passwordFlag: term('Password Flag', '§3.1.2.9', '§3.1.2.9'),
  willRetain: term('Will Retain', '§3.1.2.7', '§3.1.2.7'),
  willQos: term('Will QoS', '§3.1.2.6', '§3.1.2.6'),
  willFlag: term('Will Flag', '§3.1.2.5', '§3.1.2.5'),
  cleanStart: term('Clean Start', '§3.1.2.4', '§3.1.2.4'),
  connectReserved: term('Reserved', '§3.1.2.3', '§3.1.2.3'),
  keepAlive: term('Keep Alive', '§3.1.2.10', '§3.1.2.10'),
  clientId: term('Client Identifier', '§3.1.3.1', '§3.1.3.1'),
  willProperties: term('Will Properties', '§3.1.3.2', '§3.1.3.2'),
  willTopic: term('Will Topic', '§3.1.3.3', '§3.1.3.2'),
  willPayload: term('Will Payload', '§3.1.3.4', '§3.1.3.3'),
  userName: term('User Name', '§3.1.3.5', '§3.1.3.4'),
  password: term('Password', '§3.1.3.6', '§3.1.3.5'),
  acknowledgeFlags: term('Connect Acknowledge Flags', '§3.2.2.1', '§3.2.2.1'),
  acknowledgeReserved: term('Reserved', '§3.2.2.1', '§3.2.2.1'),
  sessionPresent: term('Session Present', '§3.2.2.1.1', '§3.2.2.2'),
  returnCode: term('Return Code', '§3.2.2.2', '§3.2.2.3'),
  reasonCode: term('Reason Code', '§3.*.2.1', '§3.*'),
  properties: term('Properties', '§2.2.2', '§2.2.2'),
  propertyLength: term('Property Length', '§2.2.2.1', '§2.2.2.1'),
  propertyId: term('Property', '§2.2.2.2', '§2.2.2.2'),
  userPropertyName: term('Name', '§1.5.7', '§1.5.7'),
  userPropertyValue: term('Value', '§1.5.7', '§1.5.7'),
  topicName: term('Topic Name', '§3.3.2.1', '§3.3.2.1'),
  payload: term('Payload', '§3.3.3', '§3.3.3'),
  topicFilter: term('Topic Filter', '§3.*.3', '§3.*.3'),
  requestedQos: term('Requested QoS', '§3.8.3.1', '§3.8.3'),
  subscriptionOptions: term('Subscription Options', '§3.8.3.1', '§3.8.3'),
  maximumQosOption: term('Maximum QoS', '§3.8.3.1', '§3.8.3'),
  noLocal: term('No Local', '§3.8.3.1', '§3.8.3'),
  retainAsPublished: term('Retain As Published', '§3.8.3.1', '§3.8.3'),
  retainHandling: term('Retain Handling', '§3.8.3.1', '§3.8.3'),
  optionsReserved: term('Reserved', '§3.8.3.1', '§3.8.3'),
  grantedQos: term('Granted QoS', '§3.9.3', '§3.9.3'),
  filterReason: term('Reason Code', '§3.*.3', '§3.*.3'),
  noField: term('Not read', '§4.13.1', '§4.8'),
  // MQTT 5 §2.2.2.2; their sections depend on the packet that has them: `propertyTable`.
  payloadFormatIndicator: term('Payload Format Indicator', '', ''),
  messageExpiryInterval: term('Message Expiry Interval', '', ''),
  contentType: term('Content Type', '', ''),
  responseTopic: term('Response Topic', '', ''),
  correlationData: term('Correlation Data', '', ''),
  subscriptionIdentifier: term('Subscription Identifier', '', ''),
  sessionExpiryInterval: term('Session Expiry Interval', '', ''),
  assignedClientIdentifier: term('Assigned Client Identifier', '', ''),
  serverKeepAlive: term('Server Keep Alive', '', ''),
  authenticationMethod: term('Authentication Method', '', ''),
  authenticationData: term('Authentication Data', '', ''),
  requestProblemInformation: term('Request Problem Information', '', ''),
  willDelayInterval: term('Will Delay Interval', '', ''),
  requestResponseInformation: term('Request Response Information', '', ''),
  responseInformation: term('Response Information', '', ''),
  serverReference: term('Server Reference', '', ''),
  reasonString: term('Reason String', '', ''),
  receiveMaximum: term('Receive Maximum', '', ''),
  topicAliasMaximum: term('Topic Alias Maximum', '', ''),
  topicAlias: term('Topic Alias', '', ''),
  maximumQos: term('Maximum QoS', '', ''),
  retainAvailable: term('Retain Available', '', ''),
  userProperty: term('User Property', '', ''),
  maximumPacketSize: term('Maximum Packet Size', '', ''),
  wildcardSubscriptionAvailable: term('Wildcard Subscription Available', '', ''),
  subscriptionIdentifierAvailable: term('Subscription Identifiers Available', '', ''),
  sharedSubscriptionAvailable: term('Shared Subscription Available', '', ''),
} as const satisfies Readonly<Record<string, Term>>
export type FieldTerm = keyof typeof terms

/** Before MQTT 5 some had another name. */
const olderLabels: Partial<Record<FieldTerm, string>> = {
  cleanStart: 'Clean Session',
  willPayload: 'Will Message',
  protocolVersion: 'Protocol Level',
}

/** Its name in the standard of the version. */
export const labelOf = (name: FieldTerm, version: ProtocolVersion): string =>
  (version === '5' ? undefined : olderLabels[name]) ?? terms[name].label

/** The number of a packet type is that of its section in chapter 3, but for those of QoS 1 and 2 and those before MQTT 5. */
const chapterOf: Readonly<Record<PacketType, number>> = {
  reserved: 0,
  CONNECT: 1,
  CONNACK: 2,
  PUBLISH: 3,
  PUBACK: 4,
  PUBREC: 5,
  PUBREL: 6,
  PUBCOMP: 7,
  SUBSCRIBE: 8,
  SUBACK: 9,
  UNSUBSCRIBE: 10,
  UNSUBACK: 11,
  PINGREQ: 12,
  PINGRESP: 13,
  DISCONNECT: 14,
  AUTH: 15,
}

const isOfHeader: ReadonlySet<FieldTerm> = new Set(['headerFlags', 'packetType', 'headerReserved', 'remainingLength'])

/** Where the version in use says what it is. MQTT 3.1 has a section a packet type, one of fixed headers and one of identifiers. */
export const termClause = (name: FieldTerm, version: ProtocolVersion, type: PacketType): string => {
  const chapter = String(chapterOf[type])
  if (version !== '3.1') {
    const { five, four } = terms[name]
    return `MQTT ${version} ${(version === '5' ? five : four).replace('*', chapter)}`
  }
  if (isOfHeader.has(name)) return 'MQTT 3.1 §2.1'
  if (name === 'packetId') return 'MQTT 3.1 §2.4'
  return name === 'textLength' ? 'MQTT 3.1 §2.5' : `MQTT 3.1 §3.${chapter}`
}
