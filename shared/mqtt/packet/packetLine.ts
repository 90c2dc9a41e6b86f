import { visibleLine } from '#shared/text/visibleLine'
import type { DecodedPacket, PacketField } from './packetField'

/** Characters of one text in a line. */
const shownCharacters = 120

/**
 * What a packet says, in one visible line without its type: topic or filters, QoS and flags, reason, payload. No password and no
 * authentication data is in it.
 */
export const packetLine = (packet: DecodedPacket): string =>
  parts(packet)
    .filter((part) => part !== '')
    .join(', ')

const parts = (packet: DecodedPacket): readonly string[] => {
  const { fields } = packet
  const text = (name: string): string | null => fields.find(({ field }) => field === name)?.text ?? null
  const named = (name: string) => {
    const found = text(name)
    return found === null ? '' : visibleLine(found, shownCharacters)
  }
  const reason = fields.filter(({ field }) => field.endsWith('.reason_code') || field === 'mqtt.suback.qos')
  switch (packet.type) {
    case 'CONNECT':
      return [named('mqtt.clientid') || 'no client identifier', named('mqtt.ver'), connectWords(packet)]
    case 'CONNACK':
      return [named('mqtt.conack.val') || reasonWords(reason), bit(fields, 'mqtt.conack.flags.sp', 'session present')]
    case 'PUBLISH':
      return [named('mqtt.topic') || aliasWords(fields), qosWords(fields), named('mqtt.msg')]
    case 'SUBSCRIBE':
    case 'UNSUBSCRIBE':
      return [
        fields
          .filter(({ field }) => field === 'mqtt.topic')
          .map((field) => visibleLine(field.text, shownCharacters))
          .join(' '),
      ]
    default:
      return [reasonWords(reason), reasonString(fields)]
  }
}

const reasonWords = (reasons: readonly PacketField[]): string => reasons.map(({ text }) => text).join(', ')

const bit = (fields: readonly PacketField[], name: string, words: string): string =>
  fields.some(({ children }) => children.some(({ field, value }) => field === name && value === 1)) ? words : ''

const connectWords = ({ fields, version }: DecodedPacket): string =>
  [
    bit(fields, 'mqtt.conflag.cleansess', version === '5' ? 'clean start' : 'clean session'),
    bit(fields, 'mqtt.conflag.willflag', 'will'),
    bit(fields, 'mqtt.conflag.uname', 'user name'),
    bit(fields, 'mqtt.conflag.passwd', 'password'),
  ]
    .filter((words) => words !== '')
    .join(', ')

const qosWords = (fields: readonly PacketField[]): string => {
  const qos = fields[0]?.children.find(({ field }) => field === 'mqtt.qos')?.value
  return [`QoS ${qos ?? '?'}`, bit(fields, 'mqtt.retain', 'RETAIN'), bit(fields, 'mqtt.dupflag', 'DUP')]
    .filter((words) => words !== '')
    .join(' ')
}

const propertyValue = (fields: readonly PacketField[], term: PacketField['term']): PacketField | undefined =>
  fields
    .find(({ field }) => field === 'mqtt.properties')
    ?.children.find(
      (child) => child.term === term && child.field !== 'mqtt.property_id' && !child.field.endsWith('_len'),
    )

const aliasWords = (fields: readonly PacketField[]): string => {
  const alias = propertyValue(fields, 'topicAlias')
  return alias ? `topic alias ${alias.text}` : ''
}

const reasonString = (fields: readonly PacketField[]): string =>
  visibleLine(propertyValue(fields, 'reasonString')?.text ?? '', shownCharacters)
