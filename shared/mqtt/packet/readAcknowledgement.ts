import { hexPair } from '#shared/mqtt/payloadText'
import { isReasonOf, reasonText, type ReasonPacket } from '#shared/mqtt/reasonCode'
import { broken, fieldOf, type FieldReader } from './fieldReader'
import { bitOf } from './flagFields'
import type { PacketProblem } from './packetField'
import type { PacketType } from './packetType'
import { readProperties } from './readProperties'

/** MQTT 5 §2.2.1. */
export const readPacketId = (reader: FieldReader): void => {
  const { context } = reader
  reader.number(2, (id) => ({
    field: 'mqtt.msgid',
    term: 'packetId',
    problems: id === 0 ? broken(context, 'packetIdZero') : [],
  }))
}

/** MQTT 5 §3.2. */
export const readConnack = (reader: FieldReader): void => {
  const { context } = reader
  const { bytes, version } = context
  const offset = reader.at()
  const code = bytes[offset + 1] ?? 0
  const withCode = reader.left() > 1
  const reserved = (flags: number) =>
    ({
      field: 'mqtt.conack.flags.reserved',
      term: 'acknowledgeReserved',
      value: flags > 1 ? 1 : 0,
      text: String(flags >> 1),
      problems: flags > 1 ? broken(context, 'connackReserved') : [],
    }) as const
  // MQTT 3.1 §3.2: the byte is not used.
  if (version === '3.1') reader.number(1, reserved)
  else
    reader.number(1, (flags) => ({
      field: 'mqtt.conack.flags',
      term: 'acknowledgeFlags',
      value: `0x${hexPair(flags)}`,
      children: [
        fieldOf(context, [offset, 1], reserved(flags)),
        fieldOf(context, [offset, 1], {
          ...bitOf(flags, { field: 'mqtt.conack.flags.sp', term: 'sessionPresent', bit: 1 }),
          problems: (flags & 1) === 1 && withCode && code !== 0 ? broken(context, 'sessionPresentRefused') : [],
        }),
      ],
    }))
  const isFive = version === '5'
  reader.number(1, (value) => ({
    field: isFive ? 'mqtt.connack.reason_code' : 'mqtt.conack.val',
    term: isFive ? 'reasonCode' : 'returnCode',
    text: reasonText(isFive ? 'connack' : 'connack3', value),
    ...(isFive ? { clause: 'MQTT 5 §3.2.2.2' } : {}),
    problems: isReasonOf(isFive ? 'connack' : 'connack3', value) ? [] : broken(context, 'connackCode'),
  }))
  // A server that only knows 3.1.1 answers version 5 with two bytes (MQTT 5 §3.1.2.2).
  if (isFive && (reader.left() > 0 || code === 0)) readProperties(reader, 'CONNACK')
}

/** Which codes a packet may have; PUBACK and PUBREC share theirs, so do PUBREL and PUBCOMP. */
const tables: Partial<Record<PacketType, ReasonPacket>> = {
  PUBACK: 'puback',
  PUBREC: 'puback',
  PUBREL: 'pubrel',
  PUBCOMP: 'pubrel',
  SUBACK: 'suback',
  UNSUBACK: 'unsuback',
  DISCONNECT: 'disconnect',
}

/** MQTT 5 §3.15.2.1. */
const authCodes: ReadonlyMap<number, string> = new Map([
  [0x00, 'Success'],
  [0x18, 'Continue authentication'],
  [0x19, 'Re-authenticate'],
])

const nameOfCode = (type: PacketType, code: number): string => {
  if (type === 'AUTH')
    return authCodes.has(code) ? `${authCodes.get(code) ?? ''} (0x${hexPair(code)})` : `0x${hexPair(code)}`
  return reasonText(tables[type] ?? 'disconnect', code)
}

const codeProblems = ({ context }: FieldReader, code: number): readonly PacketProblem[] => {
  const { type } = context
  const isKnown = type === 'AUTH' ? authCodes.has(code) : isReasonOf(tables[type] ?? 'disconnect', code)
  return isKnown ? [] : broken(context, type === 'SUBACK' ? 'grantedQos' : 'reasonCode')
}

const readReason = (reader: FieldReader): void => {
  const { type } = reader.context
  reader.number(1, (code) => ({
    field: `mqtt.${type.toLowerCase()}.reason_code`,
    term: 'reasonCode',
    text: nameOfCode(type, code),
    problems: codeProblems(reader, code),
  }))
}

/** PUBACK, PUBREC, PUBREL and PUBCOMP (MQTT 5 §3.4 to §3.7): code and properties may be left out. */
export const readAcknowledgement = (reader: FieldReader): void => {
  readPacketId(reader)
  if (reader.context.version !== '5' || reader.left() === 0) return
  readReason(reader)
  if (reader.left() > 0) readProperties(reader, reader.context.type)
}

/** DISCONNECT and AUTH (MQTT 5 §3.14 and §3.15). */
export const readEnding = (reader: FieldReader): void => {
  if (reader.context.version !== '5' || reader.left() === 0) return
  readReason(reader)
  if (reader.left() > 0) readProperties(reader, reader.context.type)
}

/** SUBACK and UNSUBACK (MQTT 5 §3.9 and §3.11): a code for each filter; UNSUBACK has none before MQTT 5. */
export const readSubscriptionAcknowledgement = (reader: FieldReader): void => {
  const { context } = reader
  const { version, type } = context
  readPacketId(reader)
  if (version === '5') readProperties(reader, type)
  if (version !== '5' && type === 'UNSUBACK') return
  if (!reader.isBroken() && reader.left() === 0) reader.strayed('noCode')
  while (reader.left() > 0 && !reader.isBroken()) {
    if (version === '5')
      reader.number(1, (code) => ({
        field: `mqtt.${type.toLowerCase()}.reason_code`,
        term: 'filterReason',
        text: nameOfCode(type, code),
        problems: codeProblems(reader, code),
      }))
    else
      reader.number(1, (code) => ({
        field: 'mqtt.suback.qos',
        term: 'grantedQos',
        text: reasonText('suback3', version === '3.1' && code < 0x80 ? code & 3 : code),
        problems: isReasonOf('suback3', code) ? [] : broken(context, 'grantedQos'),
      }))
  }
}
