import type { Packet, UserProperties } from 'mqtt-packet'
import { propertyValues } from './anyPacketTesting'
import type { DecodedPacket, PacketField } from './packetField'
import { propertyKinds } from './propertyTable'

/** All fields of a packet in their order, those in groups too. */
export const flatFields = (fields: readonly PacketField[]): readonly PacketField[] =>
  fields.flatMap((field) => [field, ...flatFields(field.children)])

const namesById: ReadonlyMap<number, string> = new Map(
  [...propertyKinds.keys()].map((id, index) => [id, Object.keys(propertyValues)[index] ?? '']),
)

/** What a decoded packet says, as mqtt-packet has it: written by that, it must be the same bytes. */
export const asMqttPacket = ({ type, fields, version }: DecodedPacket, bytes: Uint8Array): Packet => {
  const bytesOf = ({ offset, length }: PacketField) => Buffer.from(bytes.subarray(offset, offset + length))
  const flat = flatFields(fields)
  const read = createFieldsByName(flat)
  const isFive = version === '5'
  const groupOf = (name: string) => flat.find(({ field }) => field === name)
  const withProperties = isFive ? { properties: propertiesOf(bytesOf, groupOf('mqtt.properties')) } : {}
  const cmd = type.toLowerCase()
  const base = { cmd, messageId: read.number('mqtt.msgid'), ...withProperties }
  const reasonCode = read.number(`mqtt.${cmd}.reason_code`) ?? 0
  switch (type) {
    case 'CONNECT':
      return { ...base, ...connectOf(read, propertiesOf(bytesOf, groupOf('mqtt.will_properties')), isFive) } as Packet
    case 'CONNACK':
      return {
        ...base,
        sessionPresent: read.number('mqtt.conack.flags.sp') === 1,
        ...(isFive ? { reasonCode } : { returnCode: read.number('mqtt.conack.val') }),
      } as Packet
    case 'PUBLISH':
      return {
        ...base,
        topic: read.text('mqtt.topic'),
        payload: read.bytes('mqtt.msg'),
        qos: read.number('mqtt.qos'),
        retain: read.number('mqtt.retain') === 1,
        dup: read.number('mqtt.dupflag') === 1,
      } as Packet
    case 'SUBSCRIBE': {
      const level = (name: string) => read.all(name).map(Number)
      const subscriptions = read.all('mqtt.topic').map((topic, index) => ({
        topic: String(topic),
        qos: level(isFive ? 'mqtt.subscription_options_qos' : 'mqtt.sub.qos')[index],
        nl: level('mqtt.subscription_options_nl')[index] === 1,
        rap: level('mqtt.subscription_options_rap')[index] === 1,
        rh: level('mqtt.subscription_options_retain')[index] ?? 0,
      }))
      return { ...base, subscriptions } as Packet
    }
    case 'UNSUBSCRIBE':
      return { ...base, unsubscriptions: read.all('mqtt.topic').map(String) } as Packet
    case 'SUBACK':
    case 'UNSUBACK': {
      const codes = read.all(isFive ? `mqtt.${cmd}.reason_code` : 'mqtt.suback.qos').map(Number)
      return { ...base, granted: codes } as Packet
    }
    default:
      return { ...base, reasonCode } as Packet
  }
}

const createFieldsByName = (flat: readonly PacketField[]) => {
  const all = (name: string) => flat.filter(({ field }) => field === name).map(({ value }) => value)
  return {
    all,
    number: (name: string): number | undefined => (all(name).length > 0 ? Number(all(name)[0]) : undefined),
    text: (name: string): string | undefined => (all(name).length > 0 ? String(all(name)[0]) : undefined),
    bytes: (name: string): Buffer => Buffer.from(String(all(name)[0] ?? ''), 'hex'),
  }
}
type FieldsByName = ReturnType<typeof createFieldsByName>

const connectOf = (read: FieldsByName, willProperties: object, isFive: boolean) => ({
  protocolId: read.text('mqtt.protoname'),
  protocolVersion: read.number('mqtt.ver'),
  clean: read.number('mqtt.conflag.cleansess') === 1,
  clientId: read.text('mqtt.clientid'),
  keepalive: read.number('mqtt.kalive'),
  username: read.text('mqtt.username'),
  ...(read.text('mqtt.passwd') === undefined ? {} : { password: Buffer.from(read.text('mqtt.passwd') ?? '') }),
  ...(read.text('mqtt.willtopic') === undefined
    ? {}
    : {
        will: {
          topic: read.text('mqtt.willtopic'),
          payload: read.bytes('mqtt.willmsg'),
          qos: read.number('mqtt.conflag.qos'),
          retain: read.number('mqtt.conflag.retain') === 1,
          ...(isFive ? { properties: willProperties } : {}),
        },
      }),
})

const booleans = new Set([0x01, 0x17, 0x19, 0x25, 0x28, 0x29, 0x2a])
const binaries = new Set([0x09, 0x16])

/** The fields of a property section, each value behind its identifier. */
const propertiesOf = (bytesOf: (field: PacketField) => Buffer, group: PacketField | undefined): object => {
  const properties: Record<string, unknown> = {}
  const users: UserProperties = {}
  let id = 0
  let name = ''
  for (const part of group?.children ?? []) {
    const { field, value } = part
    if (field === 'mqtt.property_id') id = Number(value)
    else if (field === 'mqtt.prop_key') name = String(value)
    else if (field === 'mqtt.prop_value') {
      const known = users[name]
      users[name] = known === undefined ? String(value) : [...(Array.isArray(known) ? known : [known]), String(value)]
      properties['userProperties'] = users
    } else if (!field.endsWith('_len')) {
      const key = namesById.get(id) ?? ''
      properties[key] = booleans.has(id) ? value === 1 : binaries.has(id) ? bytesOf(part) : value
    }
  }
  return properties
}
