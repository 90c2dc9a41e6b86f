import { readAuthProperties, readControlPacket, type ControlPacket } from '../packets/controlPacket'
import { withFixedFlags } from '../packets/dialect'
import { authFirstByte, malformed, protocolReason, sessionNotClean, type PacketFailure } from '../packets/packetFailure'
import { createPacketReader, type PacketReaderParts } from '../packets/packetReader'
import { createParserCheck } from './parserCheck'
import { authenticationWanted, connackRefusal, serverDisconnect } from '../packets/serverRefusal'

export interface PacketRouterParts extends Pick<
  PacketReaderParts,
  'topics' | 'unreleased' | 'maximumPacketSize' | 'now' | 'shiftOf' | 'onMessage' | 'onRepetition' | 'onSkipped'
> {
  /** The number in CONNECT: 3, 4 or 5. */
  readonly protocolLevel: 3 | 4 | 5
  readonly isLenient: boolean
  readonly isCleanStart: boolean
  /** Every packet but PUBLISH, before mqtt.js sees it. */
  readonly onControl: (packet: ControlPacket) => void
}

/** What mqtt.js needs: PUBACK, PUBREC and PUBCOMP belong to our own publishing, a DISCONNECT ends the stream. */
const isForMqttJs = ({ type }: ControlPacket) =>
  type === 'connack' || type === 'suback' || type === 'unsuback' || type === 'pingresp' || type === 'pubrel'

/** A PUBLISH with topic "." and no payload: all mqtt.js needs to acknowledge the real one, whatever its size. */
const standInFor = (firstByte: number, packetId: number, isVersion5: boolean): Buffer => {
  const id = [packetId >> 8, packetId & 0xff]
  const header = firstByte & 0xfe
  return Buffer.from(isVersion5 ? [header, 6, 0, 1, 0x2e, ...id, 0] : [header, 5, 0, 1, 0x2e, ...id])
}

/** The code as mqtt.js is told it: a refusal is 0x80 and success 0, because it ends the connection over others. */
const plainCode = ({ type, reasonCode }: Extract<ControlPacket, { type: 'suback' | 'unsuback' }>): number =>
  reasonCode >= 0x80 ? 0x80 : type === 'suback' ? reasonCode : 0

/** The packet as mqtt.js takes it: bits that older versions leave unused are set as it wants them. */
const normalised = (bytes: Buffer, bodyStart: number, packet: ControlPacket): Buffer => {
  const copy = Buffer.from(bytes)
  copy[0] = withFixedFlags(copy[0] ?? 0)
  if (packet.type === 'connack') copy[bodyStart] = packet.sessionPresent ? 1 : 0
  const hasCode = packet.type === 'suback' || (packet.type === 'unsuback' && copy.length > bodyStart + 2)
  if (hasCode) copy[copy.length - 1] = plainCode(packet)
  return copy
}

/**
 * Decides what becomes of each packet of a server: messages and control packets are told, and `forward` gets what
 * mqtt.js is to see. `read` throws PacketFailure when the server breaks the protocol or ends the connection by word.
 */
export const createPacketRouter = (parts: PacketRouterParts, forward: (packet: Buffer) => void) => {
  const isVersion5 = parts.protocolLevel === 5
  const dialect = { level: parts.protocolLevel, isLenient: parts.isLenient }
  const parserProblem = createParserCheck(parts.protocolLevel)
  let hasConnack = false

  const onControl = (packet: ControlPacket, first: number) => {
    if (packet.type === 'disconnect') throw serverDisconnect(packet)
    if (packet.type !== 'connack') return
    if (hasConnack) throw malformed(first, 'it was sent twice', protocolReason.protocolError)
    hasConnack = true
    if (packet.reasonCode !== 0) throw connackRefusal(packet)
    if (packet.sessionPresent && parts.isCleanStart && !parts.isLenient) throw sessionNotClean()
    // What a server sends right behind it has its answer only from a session that has begun.
    reader.hold()
  }

  const onPacket = (bytes: Buffer, bodyStart: number) => {
    const first = bytes[0] ?? 0
    if (first === authFirstByte && !hasConnack) throw authenticationWanted(readAuthProperties(bytes, bodyStart))
    const packet = readControlPacket(bytes, bodyStart, dialect)
    onControl(packet, first)
    const told = isForMqttJs(packet) ? normalised(bytes, bodyStart, packet) : bytes
    const problem = isForMqttJs(packet) ? parserProblem(told) : null
    if (problem !== null) throw malformed(first, problem)
    parts.onControl(packet)
    if (packet.type === 'pubrel') parts.unreleased.delete(packet.packetId)
    if (isForMqttJs(packet)) forward(told)
  }

  const reader = createPacketReader({
    ...parts,
    isVersion5,
    onAcknowledge: (first, packetId) => forward(standInFor(first, packetId, isVersion5)),
    onPacket,
  })
  return {
    read: reader.read,
    /** The session has begun: reads what has come behind CONNACK. Throws as `read` does. */
    goOn: reader.goOn,
    /** The DISCONNECT that tells a server what it did wrong (MQTT 5 §4.13.1); null where it would not understand. */
    farewellFor: ({ answer }: PacketFailure): Buffer | null =>
      isVersion5 && hasConnack && answer !== null ? Buffer.from([0xe0, 2, answer, 0]) : null,
  }
}
