import type { FieldTerm } from './fieldTerms'
import type { PacketType } from './packetType'

/** What has properties: the packets, and the will of a CONNECT. */
export type PropertyOwner = PacketType | 'will'

type PropertyShape = 'byte' | 'two' | 'four' | 'variable' | 'text' | 'binary' | 'pair'

interface PropertyKind {
  readonly term: FieldTerm
  readonly shape: PropertyShape
  /** Values that it may have, where not all of its shape. */
  readonly isSound?: (value: number) => boolean
}

const isFlag = (value: number) => value <= 1
const isNotZero = (value: number) => value > 0

/** MQTT 5 §2.2.2.2. */
export const propertyKinds: ReadonlyMap<number, PropertyKind> = new Map<number, PropertyKind>([
  [0x01, { term: 'payloadFormatIndicator', shape: 'byte', isSound: isFlag }],
  [0x02, { term: 'messageExpiryInterval', shape: 'four' }],
  [0x03, { term: 'contentType', shape: 'text' }],
  [0x08, { term: 'responseTopic', shape: 'text' }],
  [0x09, { term: 'correlationData', shape: 'binary' }],
  [0x0b, { term: 'subscriptionIdentifier', shape: 'variable', isSound: isNotZero }],
  [0x11, { term: 'sessionExpiryInterval', shape: 'four' }],
  [0x12, { term: 'assignedClientIdentifier', shape: 'text' }],
  [0x13, { term: 'serverKeepAlive', shape: 'two' }],
  [0x15, { term: 'authenticationMethod', shape: 'text' }],
  [0x16, { term: 'authenticationData', shape: 'binary' }],
  [0x17, { term: 'requestProblemInformation', shape: 'byte', isSound: isFlag }],
  [0x18, { term: 'willDelayInterval', shape: 'four' }],
  [0x19, { term: 'requestResponseInformation', shape: 'byte', isSound: isFlag }],
  [0x1a, { term: 'responseInformation', shape: 'text' }],
  [0x1c, { term: 'serverReference', shape: 'text' }],
  [0x1f, { term: 'reasonString', shape: 'text' }],
  [0x21, { term: 'receiveMaximum', shape: 'two', isSound: isNotZero }],
  [0x22, { term: 'topicAliasMaximum', shape: 'two' }],
  [0x23, { term: 'topicAlias', shape: 'two' }],
  [0x24, { term: 'maximumQos', shape: 'byte', isSound: isFlag }],
  [0x25, { term: 'retainAvailable', shape: 'byte', isSound: isFlag }],
  [0x26, { term: 'userProperty', shape: 'pair' }],
  [0x27, { term: 'maximumPacketSize', shape: 'four', isSound: isNotZero }],
  [0x28, { term: 'wildcardSubscriptionAvailable', shape: 'byte', isSound: isFlag }],
  [0x29, { term: 'subscriptionIdentifierAvailable', shape: 'byte', isSound: isFlag }],
  [0x2a, { term: 'sharedSubscriptionAvailable', shape: 'byte', isSound: isFlag }],
])

/** The properties of each packet, in the order in which its section has them, from `.2` on; `.1` is their length. */
const owned: Partial<Record<PropertyOwner, readonly [section: string, ...ids: number[]]>> = {
  CONNECT: ['§3.1.2.11', 0x11, 0x21, 0x27, 0x22, 0x19, 0x17, 0x26, 0x15, 0x16],
  will: ['§3.1.3.2', 0x18, 0x01, 0x02, 0x03, 0x08, 0x09, 0x26],
  CONNACK: [
    '§3.2.2.3',
    0x11,
    0x21,
    0x24,
    0x25,
    0x27,
    0x12,
    0x22,
    0x1f,
    0x26,
    0x28,
    0x29,
    0x2a,
    0x13,
    0x1a,
    0x1c,
    0x15,
    0x16,
  ],
  PUBLISH: ['§3.3.2.3', 0x01, 0x02, 0x23, 0x08, 0x09, 0x26, 0x0b, 0x03],
  PUBACK: ['§3.4.2.2', 0x1f, 0x26],
  PUBREC: ['§3.5.2.2', 0x1f, 0x26],
  PUBREL: ['§3.6.2.2', 0x1f, 0x26],
  PUBCOMP: ['§3.7.2.2', 0x1f, 0x26],
  SUBSCRIBE: ['§3.8.2.1', 0x0b, 0x26],
  SUBACK: ['§3.9.2.1', 0x1f, 0x26],
  UNSUBSCRIBE: ['§3.10.2.1', 0x26],
  UNSUBACK: ['§3.11.2.1', 0x1f, 0x26],
  DISCONNECT: ['§3.14.2.2', 0x11, 0x1f, 0x26, 0x1c],
  AUTH: ['§3.15.2.2', 0x15, 0x16, 0x1f, 0x26],
}

/** Where the standard says what a property means in this packet; null = the packet may not have it. */
export const propertyClause = (owner: PropertyOwner, id: number): string | null => {
  const [section, ...ids] = owned[owner] ?? ['']
  const index = ids.indexOf(id)
  return index < 0 ? null : `MQTT 5 ${section}.${index + 2}`
}

/** Where the standard says which properties the packet may have. */
export const propertiesClause = (owner: PropertyOwner): string => `MQTT 5 ${owned[owner]?.[0] ?? '§2.2.2'}`

/** A property that may stand more than once: User Property, and in a PUBLISH Subscription Identifier (§3.3.2.3.8). */
export const mayRepeat = (owner: PropertyOwner, id: number): boolean =>
  id === 0x26 || (id === 0x0b && owner === 'PUBLISH')
