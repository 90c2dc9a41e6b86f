// Why it is so: build/docs/decisions/10-mqtt-js-does-handshakes-we-carry-messages.md
import type { Authenticator } from '../authentication/authenticator'
import { createTopicAliases } from '../message/topicAliases'
import { noTopic, type WireMessage } from '../message/wireMessage'
import { readAuthProperties, readControlPacket, type ControlPacket } from '../packets/controlPacket'
import { authFirstByte, malformed, protocolReason, sessionNotClean, type PacketFailure } from '../packets/packetFailure'
import {
  createPacketReader,
  type PacketReader,
  type ReadControlPacket,
  type ReadPublish,
} from '../packets/packetReader'
import { emptyPublish, type Mutable } from '../packets/publishReader'
import type { SkippedPublish } from '../packets/publishSkipper'
import { authenticationWanted, connackRefusal, serverDisconnect } from '../connecting/serverRefusal'
import type { TransportParts } from '../transport/transport'
import { createParserCheck, isForMqttJs, rewrittenFor, standInFor } from './packetsForMqttJs'
import type { ServerAnswers } from './serverAnswers'

export interface ServerPacketsParts extends Pick<
  TransportParts,
  'receiver' | 'clock' | 'isLenient' | 'maximumPacketSize' | 'options' | 'trace'
> {
  readonly answers: ServerAnswers
  /** Null = CONNECT named no authentication method. */
  readonly authenticator: Authenticator | null
  /** Gets what mqtt.js is to see. */
  readonly toMqttJs: (packet: Buffer) => void
}

export interface ServerPackets {
  /**
   * Reads a chunk of the socket; answers whether it brought more than QoS 0 messages. Throws PacketFailure when the
   * server breaks the protocol, refuses the connection or sends DISCONNECT.
   */
  read(chunk: Buffer): boolean
  /** The session has begun: reads what has come behind CONNACK. Throws as `read` does. */
  goOn(): void
  /** The DISCONNECT that tells a server what it did wrong (MQTT 5 §4.13.1); null where it would not understand. */
  disconnectFor(failure: PacketFailure): Buffer | null
}

/** Takes each packet of a server in wire order: brings it to the receiver, and to mqtt.js what it needs. */
export const createServerPackets = (parts: ServerPacketsParts): ServerPackets => {
  const { receiver, clock, answers, authenticator, toMqttJs, options, isLenient, trace } = parts
  const isVersion5 = options.protocolVersion === 5
  const dialect = { level: options.protocolVersion, isLenient }
  const message = createMessage()
  const aliasMaximum = options.properties?.topicAliasMaximum ?? 0
  const aliases = createTopicAliases(aliasMaximum)
  const reader = createPacketReader({
    isVersion5,
    maximumPacketSize: parts.maximumPacketSize,
    allowsAliases: aliasMaximum > 0,
    publish: message,
  })
  const parserProblem = createParserCheck(options.protocolVersion)
  let hasConnack = false
  /** What a server sends right behind CONNACK waits until the session has begun, which alone can answer it. */
  let isHeld = false
  const held: Buffer[] = []
  let hasAnswers = false

  const acknowledge = (publish: { readonly packetId: number; readonly flags: number }) => {
    hasAnswers = true
    toMqttJs(standInFor(publish, isVersion5))
  }
  const onPublish = () => {
    const { source, topicStart, topicEnd, topicAlias } = message
    const isNamed = topicStart < topicEnd || topicAlias === 0
    const topic = isNamed ? receiver.topics.find(source, topicStart, topicEnd) : null
    if (typeof topic === 'string') throw malformed(0x30, topic)
    // The table may have forgotten the topic since its alias was given.
    message.topic = topic ?? receiver.topics.ofText(aliases.resolve(topicAlias, null))
    if (topic && topicAlias > 0) aliases.resolve(topicAlias, topic.text)
    trace?.received(message)
    receiver.receive(message)
    if (message.packetId > 0) acknowledge(message)
  }
  const onSkipped = (found: SkippedPublish) => {
    const { topic, topicAlias } = found
    const name = topicAlias === 0 ? topic : aliases.resolve(topicAlias, topic === '' ? null : topic)
    const skipped = { ...found, topic: name }
    trace?.skipped(skipped)
    receiver.skip(skipped, message.time)
    // Else the server would send it again.
    if (skipped.packetId > 0) acknowledge(skipped)
  }

  const checkConnack = (packet: Extract<ControlPacket, { type: 'connack' }>, first: number) => {
    if (hasConnack) throw malformed(first, 'it was sent twice', protocolReason.protocolError)
    hasConnack = true
    if (packet.reasonCode !== 0) {
      const refusal = connackRefusal(packet)
      throw authenticator?.refused(refusal) ?? refusal
    }
    authenticator?.onConnack(packet)
    if (packet.sessionPresent && options.clean && !isLenient) throw sessionNotClean()
    isHeld = true
  }
  const onControlPacket = ({ bytes, bodyStart }: ReadControlPacket) => {
    hasAnswers = true
    trace?.receivedControl(bytes)
    const first = bytes[0] ?? 0
    if (first === authFirstByte && !hasConnack && !authenticator)
      throw authenticationWanted(readAuthProperties(bytes, bodyStart))
    const packet = readControlPacket(bytes, bodyStart, dialect)
    if (packet.type === 'disconnect') throw serverDisconnect(packet)
    if (packet.type === 'connack') checkConnack(packet, first)
    if (packet.type === 'auth') {
      if (!authenticator) throw malformed(first, 'a server does not send AUTH here', protocolReason.protocolError)
      authenticator.onAuth(packet)
    }
    const rewritten = isForMqttJs(packet) ? rewrittenFor(bytes, bodyStart, packet) : null
    const problem = rewritten && parserProblem(rewritten)
    if (problem !== null) throw malformed(first, problem)
    answers.note(packet)
    receiver.control(packet)
    if (rewritten) toMqttJs(rewritten)
  }

  const nextPacket = () => (isHeld ? null : nextOf(reader, trace))
  const takePackets = () => {
    message.time = clock.wall()
    message.clockShift = clock.shiftOf(message.time)
    for (let packet = nextPacket(); packet; packet = nextPacket()) {
      if (packet.kind === 'publish') onPublish()
      else if (packet.kind === 'skipped') onSkipped(packet)
      else onControlPacket(packet)
    }
  }
  const read = (chunk: Buffer): boolean => {
    hasAnswers = isHeld
    if (isHeld) held.push(chunk)
    else reader.push(chunk)
    takePackets()
    return hasAnswers
  }

  return {
    read,
    goOn: () => {
      isHeld = false
      takePackets()
      for (const chunk of held.splice(0)) read(chunk)
    },
    disconnectFor: ({ answer }) =>
      isVersion5 && hasConnack && answer !== null ? Buffer.from([0xe0, 2, answer, 0]) : null,
  }
}

/** The one message of a connection: it is filled anew for each PUBLISH. */
const nextOf = (reader: PacketReader, trace: ServerPacketsParts['trace']) => {
  try {
    return reader.next()
  } catch (error) {
    trace?.broken(reader.rest())
    throw error
  }
}

const createMessage = (): Mutable<WireMessage & ReadPublish> => ({
  kind: 'publish',
  ...emptyPublish(),
  packetStart: 0,
  time: 0,
  clockShift: 0,
  topic: noTopic,
})
