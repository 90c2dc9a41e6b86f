import type { ProtocolVersion } from '#shared/model/qos'
import { hexPair } from '#shared/mqtt/payloadText'
import { variableIntegerLength } from '#shared/mqtt/propertySection'
import { broken, createFieldReader, fieldOf, type FieldReader, type PacketContext } from './fieldReader'
import { bitOf, qosText } from './flagFields'
import type { DecodedPacket, PacketField, PacketProblem } from './packetField'
import { isSentBy, packetTypeOf, packetTypes, type PacketSide, type PacketType } from './packetType'
import { readAcknowledgement, readConnack, readEnding, readSubscriptionAcknowledgement } from './readAcknowledgement'
import { connectVersion, readConnect } from './readConnect'
import { readSubscribe, readUnsubscribe } from './readFilters'
import { readPublish } from './readPublish'

export interface DecodeOptions {
  /** Null = it is not known which side sent it. */
  readonly from?: PacketSide | null
  /** Bytes of the whole packet, where fewer of them were kept; absent = these are all there is. */
  readonly size?: number
}

/**
 * A control packet of MQTT 3.1, 3.1.1 or 5 as its fields with the bytes they stand in, and all that is against the standard. Any
 * bytes give a value: what cannot be read is a field `_ws.malformed` with the reason. A CONNECT is read by the version it asks for.
 */
export const decodePacket = (
  bytes: Uint8Array,
  version: ProtocolVersion,
  { from = null, size = bytes.length }: DecodeOptions = {},
): DecodedPacket => {
  const type = packetTypeOf(bytes[0] ?? 0)
  const lengthBytes = variableIntegerLength(bytes, 1, bytes.length)
  const asked = type === 'CONNECT' && lengthBytes > 0 ? connectVersion(bytes, 1 + lengthBytes) : null
  const context: PacketContext = { bytes, type, from, version: asked ?? version }
  const isCut = size > bytes.length
  const reader = createFieldReader(context, { start: 0, end: size, isCut })
  readHeaderFlags(reader)
  const remaining = reader.variable(() => ({ field: 'mqtt.len', term: 'remainingLength' }))
  const bodyStart = reader.at()
  const end = remaining === null ? size : bodyStart + remaining
  const fields: PacketField[] = reader.fields
  if (remaining !== null) {
    const body = createFieldReader(context, { start: bodyStart, end, isCut })
    readBody(body)
    if (body.left() > 0) body.strayed('bytesLeft')
    else if (end > bytes.length && !isCut) body.strayed('cutShort')
    // One by one: an engine has a limit for the arguments of a call.
    for (const field of body.fields) fields.push(field)
    if (end < bytes.length) fields.push(strayAfter(context, end))
  }
  return {
    type,
    version: context.version,
    size: remaining === null ? size : end,
    fields,
    problems: allProblems(fields),
  }
}

/** Whether a packet is sound, its fields and their problems apart. */
const allProblems = (fields: readonly PacketField[]): readonly PacketProblem[] =>
  fields.flatMap((field) => [...field.problems, ...allProblems(field.children)])

const strayAfter = (context: PacketContext, end: number): PacketField =>
  fieldOf(context, [end, context.bytes.length - end], {
    field: '_ws.malformed',
    term: 'noField',
    problems: broken(context, 'bytesLeft'),
  })

const readBody = (reader: FieldReader): void => {
  const { type, bytes } = reader.context
  switch (type) {
    case 'CONNECT':
      return readConnect(reader)
    case 'CONNACK':
      return readConnack(reader)
    case 'PUBLISH':
      return readPublish(reader, ((bytes[0] ?? 0) >> 1) & 3)
    case 'PUBACK':
    case 'PUBREC':
    case 'PUBREL':
    case 'PUBCOMP':
      return readAcknowledgement(reader)
    case 'SUBSCRIBE':
      return readSubscribe(reader)
    case 'UNSUBSCRIBE':
      return readUnsubscribe(reader)
    case 'SUBACK':
    case 'UNSUBACK':
      return readSubscriptionAcknowledgement(reader)
    case 'DISCONNECT':
    case 'AUTH':
      return readEnding(reader)
    case 'PINGREQ':
    case 'PINGRESP':
    case 'reserved':
      return
  }
}

const readHeaderFlags = (reader: FieldReader): void => {
  const { context } = reader
  const { type, version, from } = context
  const isVersion5 = version === '5'
  reader.number(1, (first) => ({
    field: 'mqtt.hdrflags',
    term: 'headerFlags',
    value: `0x${hexPair(first)}`,
    text: `0x${hexPair(first)}`,
    children: [
      fieldOf(context, [0, 1], {
        field: 'mqtt.msgtype',
        term: 'packetType',
        value: first >> 4,
        text: `${packetTypes[first >> 4] ?? ''} (${first >> 4})`,
        problems: [
          ...(type === 'reserved' || (type === 'AUTH' && !isVersion5) ? broken(context, 'reservedType') : []),
          ...(from !== null && !isSentBy(type, from, isVersion5) ? broken(context, 'wrongSide') : []),
        ],
      }),
      ...flagFields(context, first),
    ],
  }))
}

/** MQTT 3.1 §2.1 has DUP and QoS in all that is answered; RETAIN is of PUBLISH alone. */
const flagFields = (context: PacketContext, first: number): readonly PacketField[] => {
  const { type, version } = context
  if (type !== 'PUBLISH' && !(version === '3.1' && withFlags.has(type))) return [reservedFlags(context, first)]
  const qos = (first >> 1) & 3
  return [
    fieldOf(context, [0, 1], {
      ...bitOf(first, { field: 'mqtt.dupflag', term: 'dup', bit: 8 }),
      problems: (first & 8) !== 0 && qos === 0 ? broken(context, 'dupQosZero') : [],
    }),
    fieldOf(context, [0, 1], {
      field: 'mqtt.qos',
      term: 'qos',
      value: qos,
      text: qosText(qos),
      problems: qos === 3 ? broken(context, 'qosThree') : [],
    }),
    type === 'PUBLISH'
      ? fieldOf(context, [0, 1], bitOf(first, { field: 'mqtt.retain', term: 'retain', bit: 1 }))
      : fieldOf(context, [0, 1], { field: 'mqtt.retain_reserved', term: 'headerReserved', value: first & 1 }),
  ]
}

/** Flags that these types have, 0010; those of the others are 0000 (MQTT 5 §2.1.3). */
const withFlags: ReadonlySet<PacketType> = new Set(['PUBREL', 'SUBSCRIBE', 'UNSUBSCRIBE'])

const reservedFlags = (context: PacketContext, first: number): PacketField => {
  const flags = first & 15
  const wanted = withFlags.has(context.type) ? 2 : 0
  return fieldOf(context, [0, 1], {
    field: 'mqtt.hdr_reserved',
    term: 'headerReserved',
    value: flags,
    problems: flags === wanted ? [] : broken(context, 'reservedFlags'),
  })
}
