import type { ProtocolVersion } from '#shared/model/qos'
import { hexDigits, hexPair } from '#shared/mqtt/payloadText'
import { characterCount } from '#shared/text/characters'
import { readTwoBytes } from '#shared/mqtt/propertySection'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { broken, fieldOf, type FieldReader } from './fieldReader'
import type { PacketField } from './packetField'
import { bitOf, qosText, type FlagParts } from './flagFields'
import { readProperties } from './readProperties'

/** The version that a CONNECT asks for, whose body begins at `start`; null = none of ours, or it is cut off. */
export const connectVersion = (bytes: Uint8Array, start: number): ProtocolVersion | null => {
  const nameEnd = start + 2 + readTwoBytes(bytes, start)
  const name = decodeUtf8(bytes.subarray(start + 2, nameEnd))
  if (name !== 'MQTT' && name !== 'MQIsdp') return null
  return versions.get(bytes[nameEnd] ?? 0) ?? null
}

const versions: ReadonlyMap<number, ProtocolVersion> = new Map([
  [3, '3.1'],
  [4, '3.1.1'],
  [5, '5'],
])

/** MQTT 5 §3.1, 3.1.1 §3.1. */
export const readConnect = (reader: FieldReader): void => {
  const { context } = reader
  const { version } = context
  const wantedName = version === '3.1' ? 'MQIsdp' : 'MQTT'
  reader.text('mqtt.proto_len', (value) => ({
    field: 'mqtt.protoname',
    term: 'protocolName',
    problems: value === wantedName ? [] : broken(context, 'protocolName', value.slice(0, 20)),
  }))
  reader.number(1, (level) => ({
    field: 'mqtt.ver',
    term: 'protocolVersion',
    text: versions.has(level) ? `MQTT ${versions.get(level) ?? ''} (${level})` : String(level),
    problems: versions.has(level) ? [] : broken(context, 'protocolVersion', String(level)),
  }))
  const flags = readFlags(reader)
  reader.number(2, (value) => ({
    field: 'mqtt.kalive',
    term: 'keepAlive',
    text: value === 0 ? 'off (0)' : `${value} s`,
  }))
  if (version === '5') readProperties(reader, 'CONNECT')
  readClientId(reader, flags)
  if ((flags & flag.will) !== 0) readWill(reader)
  readSignIn(reader, flags)
}

const flag = { userName: 0x80, password: 0x40, willRetain: 0x20, willQos: 0x18, will: 0x04, clean: 0x02 } as const

const readFlags = (reader: FieldReader): number => {
  const { context } = reader
  const offset = reader.at()
  const read = reader.number(1, (flags) => ({
    field: 'mqtt.conflags',
    term: 'connectFlags',
    value: `0x${hexPair(flags)}`,
    text: `0x${hexPair(flags)}`,
    children: flagFields(reader, offset, flags),
    problems:
      (flags & flag.password) !== 0 && (flags & flag.userName) === 0 ? broken(context, 'passwordWithoutUserName') : [],
  }))
  return read ?? 0
}

const flagFields = ({ context }: FieldReader, offset: number, flags: number): readonly PacketField[] => {
  const has = (bit: number) => (flags & bit) !== 0
  const qos = (flags & flag.willQos) >> 3
  const field = (parts: FlagParts) => fieldOf(context, [offset, 1], bitOf(flags, parts))
  return [
    field({ field: 'mqtt.conflag.uname', term: 'userNameFlag', bit: flag.userName }),
    field({ field: 'mqtt.conflag.passwd', term: 'passwordFlag', bit: flag.password }),
    field({
      field: 'mqtt.conflag.retain',
      term: 'willRetain',
      bit: flag.willRetain,
      problems: has(flag.willRetain) && !has(flag.will) ? broken(context, 'willRetainWithoutWill') : [],
    }),
    fieldOf(context, [offset, 1], {
      field: 'mqtt.conflag.qos',
      term: 'willQos',
      value: qos,
      text: qosText(qos),
      problems: [
        ...(qos === 3 ? broken(context, 'willQosThree') : []),
        ...(qos > 0 && !has(flag.will) ? broken(context, 'willQosWithoutWill') : []),
      ],
    }),
    field({ field: 'mqtt.conflag.willflag', term: 'willFlag', bit: flag.will }),
    field({ field: 'mqtt.conflag.cleansess', term: 'cleanStart', bit: flag.clean }),
    field({
      field: 'mqtt.conflag.reserved',
      term: 'connectReserved',
      bit: 1,
      problems: has(1) ? broken(context, 'connectReserved') : [],
    }),
  ]
}

/** MQTT 3.1 §3.1: 1 to 23 characters. */
const longestIdOf31 = 23

const readClientId = (reader: FieldReader, flags: number): void => {
  const { context } = reader
  reader.text('mqtt.clientid_len', (id) => {
    const length = characterCount(id)
    const isLong = context.version === '3.1' && (length === 0 || length > longestIdOf31)
    const isEmpty = context.version === '3.1.1' && length === 0 && (flags & flag.clean) === 0
    return {
      field: 'mqtt.clientid',
      term: 'clientId',
      problems: [
        ...(isLong ? broken(context, 'clientIdLength') : []),
        ...(isEmpty ? broken(context, 'clientIdEmpty') : []),
      ],
    }
  })
}

const readWill = (reader: FieldReader): void => {
  const { context } = reader
  if (context.version === '5') readProperties(reader, 'will')
  reader.text('mqtt.willtopic_len', (topic) => ({
    field: 'mqtt.willtopic',
    term: 'willTopic',
    problems: /[+#]/.test(topic) ? broken(context, 'topicWildcard') : [],
  }))
  // Wireshark has its bytes, as of a payload.
  reader.binary('mqtt.willmsg_len', { field: 'mqtt.willmsg', term: 'willPayload' })
  const payload = reader.fields.pop()
  if (payload) reader.fields.push(withHexValue(payload, context.bytes))
}

const withHexValue = (field: PacketField, bytes: Uint8Array): PacketField =>
  field.field === 'mqtt.willmsg'
    ? { ...field, value: hexDigits(bytes.subarray(field.offset, field.offset + field.length)) }
    : field

const readSignIn = (reader: FieldReader, flags: number): void => {
  // MQTT 3.1 §3.1: the Remaining Length takes precedence over the flags.
  const isThere = (bit: number) => (flags & bit) !== 0 && (reader.context.version !== '3.1' || reader.left() > 0)
  if (isThere(flag.userName)) reader.text('mqtt.username_len', () => ({ field: 'mqtt.username', term: 'userName' }))
  if (isThere(flag.password)) reader.binary('mqtt.passwd_len', { field: 'mqtt.passwd', term: 'password' })
}
