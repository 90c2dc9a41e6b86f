import type { ProtocolVersion } from '#shared/model/qos'
import type { PacketType } from './packetType'

/** Statements of MQTT 5 and of MQTT 3.1.1 that say the same. Null = the version does not ask for it. */
interface RuleClauses {
  readonly five: string
  readonly four: string | null
  /** Whether MQTT 3.1, whose statements have no numbers, asks for it too. */
  readonly three: boolean
}

const rule = (five: string, four: string | null, three = true): RuleClauses => ({ five, four, three })

/** Rules that the bytes of one packet can break. A text in brackets is a normative statement, a § a section without one. */
const rules = {
  reservedType: rule('§2.1.2', '§2.2.1'),
  wrongSide: rule('§2.1.2', '§2.2.1'),
  reservedFlags: rule('[MQTT-2.1.3-1]', '[MQTT-2.2.2-1]', false),
  lengthTooLong: rule('§1.5.5', '§2.2.3'),
  lengthNotShortest: rule('[MQTT-1.5.5-1]', null, false),
  cutShort: rule('§4.13.1', '§4.8'),
  bytesLeft: rule('§4.13.1', '§4.8'),
  notUtf8: rule('[MQTT-1.5.4-1]', '[MQTT-1.5.3-1]'),
  nullCharacter: rule('[MQTT-1.5.4-2]', '[MQTT-1.5.3-2]', false),
  protocolName: rule('[MQTT-3.1.2-1]', '[MQTT-3.1.2-1]'),
  protocolVersion: rule('[MQTT-3.1.2-2]', '[MQTT-3.1.2-2]'),
  connectReserved: rule('[MQTT-3.1.2-3]', '[MQTT-3.1.2-3]', false),
  willQosWithoutWill: rule('[MQTT-3.1.2-11]', '[MQTT-3.1.2-13]', false),
  willQosThree: rule('[MQTT-3.1.2-12]', '[MQTT-3.1.2-14]'),
  willRetainWithoutWill: rule('[MQTT-3.1.2-13]', '[MQTT-3.1.2-15]', false),
  passwordWithoutUserName: rule('', '[MQTT-3.1.2-22]'),
  clientIdLength: rule('', null),
  clientIdEmpty: rule('', '[MQTT-3.1.3-7]', false),
  connackReserved: rule('[MQTT-3.2.2-1]', '§3.2.2.1', false),
  sessionPresentRefused: rule('[MQTT-3.2.2-6]', '[MQTT-3.2.2-4]', false),
  connackCode: rule('[MQTT-3.2.2-8]', '[MQTT-3.2.2-6]'),
  reasonCode: rule('§2.4', null, false),
  grantedQos: rule('[MQTT-3.9.3-2]', '[MQTT-3.9.3-2]', false),
  qosThree: rule('[MQTT-3.3.1-4]', '[MQTT-3.3.1-4]'),
  dupQosZero: rule('[MQTT-3.3.1-2]', '[MQTT-3.3.1-2]', false),
  packetIdZero: rule('§2.2.1', '[MQTT-2.3.1-1]'),
  topicEmpty: rule('§3.3.2.1', '[MQTT-4.7.3-1]'),
  topicWildcard: rule('[MQTT-3.3.2-2]', '[MQTT-3.3.2-2]'),
  aliasZero: rule('[MQTT-3.3.2-8]', null, false),
  responseTopicWildcard: rule('[MQTT-3.3.2-14]', null, false),
  identifierFromClient: rule('[MQTT-3.3.4-6]', null, false),
  payloadNotUtf8: rule('§3.3.2.3.2', null, false),
  noFilter: rule('[MQTT-3.8.3-2]', '[MQTT-3.8.3-3]'),
  noFilterToRemove: rule('[MQTT-3.10.3-2]', '[MQTT-3.10.3-2]'),
  filterEmpty: rule('[MQTT-4.7.3-1]', '[MQTT-4.7.3-1]'),
  filterHash: rule('[MQTT-4.7.1-1]', '[MQTT-4.7.1-2]'),
  filterPlus: rule('[MQTT-4.7.1-2]', '[MQTT-4.7.1-3]'),
  filterShared: rule('[MQTT-4.8.2-1]', null, false),
  optionsReserved: rule('[MQTT-3.8.3-5]', '[MQTT-3-8.3-4]', false),
  requestedQosThree: rule('§3.8.3.1', '[MQTT-3-8.3-4]'),
  retainHandlingThree: rule('§3.8.3.1', null, false),
  noLocalShared: rule('[MQTT-3.8.3-4]', null, false),
  noCode: rule('[MQTT-3.9.3-1]', '[MQTT-3.9.3-1]'),
  propertyUnknown: rule('§2.2.2.2', null, false),
  propertyNotAllowed: rule('§2.2.2.2', null, false),
  propertyTwice: rule('§2.2.2.2', null, false),
  propertyValue: rule('§2.2.2.2', null, false),
  authenticationWithoutMethod: rule('§4.12', null, false),
  expiryFromServer: rule('[MQTT-3.14.2-2]', null, false),
} as const satisfies Readonly<Record<string, RuleClauses>>
export type PacketRule = keyof typeof rules

/** Where a packet type has a statement of its own for what holds for all: MQTT 5, MQTT 3.1.1. */
const ofType: Partial<Record<PacketRule, Partial<Record<PacketType, readonly [string, string | null]>>>> = {
  reservedFlags: {
    PUBREL: ['[MQTT-3.6.1-1]', '[MQTT-3.6.1-1]'],
    SUBSCRIBE: ['[MQTT-3.8.1-1]', '[MQTT-3.8.1-1]'],
    UNSUBSCRIBE: ['[MQTT-3.10.1-1]', '[MQTT-3.10.1-1]'],
    DISCONNECT: ['[MQTT-3.14.1-1]', '[MQTT-3.14.1-1]'],
    AUTH: ['[MQTT-3.15.1-1]', null],
  },
  reasonCode: {
    CONNACK: ['[MQTT-3.2.2-8]', null],
    PUBACK: ['[MQTT-3.4.2-1]', null],
    PUBREC: ['[MQTT-3.5.2-1]', null],
    PUBREL: ['[MQTT-3.6.2-1]', null],
    PUBCOMP: ['[MQTT-3.7.2-1]', null],
    UNSUBACK: ['[MQTT-3.11.3-2]', null],
    DISCONNECT: ['[MQTT-3.14.2-1]', null],
    AUTH: ['[MQTT-3.15.2-1]', null],
  },
  noCode: { UNSUBACK: ['[MQTT-3.11.3-1]', null] },
}

const sectionsOfThree: Partial<Record<PacketRule, string>> = {
  reservedType: '§2.1',
  wrongSide: '§3',
  lengthTooLong: '§2.1',
  cutShort: '§2.1',
  bytesLeft: '§2.1',
  notUtf8: '§2.5',
  packetIdZero: '§2.4',
}

/** What of MQTT 3.1 says so: it has no numbered statements. */
const numbers: Partial<Record<PacketType, number>> = { CONNECT: 1, CONNACK: 2, PUBLISH: 3, SUBSCRIBE: 8, SUBACK: 9 }

/** The statement that a packet breaks; null = the version has no such rule. */
export const ruleClause = (broken: PacketRule, version: ProtocolVersion, type: PacketType): string | null => {
  const { five, four, three }: RuleClauses = rules[broken]
  const own = ofType[broken]?.[type]
  const isSection = (clause: string) => clause.startsWith('§')
  if (version === '3.1') {
    if (!three) return null
    return `MQTT 3.1 ${sectionsOfThree[broken] ?? `§3.${numbers[type] ?? 10}`}`
  }
  const clause = version === '5' ? (own?.[0] ?? five) : (own?.[1] ?? four)
  if (clause === null || clause === '') return null
  return isSection(clause) ? `MQTT ${version} ${clause}` : clause
}
