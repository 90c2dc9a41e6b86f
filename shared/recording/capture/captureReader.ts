import type { RecordingItem, RecordingNote, RecordingPlace } from '../recordedMessage'
import { itemOf, Refusal } from '../recordedMessage'
import type { RecordingReader } from '../recordingReader'
import { framesOf, isCapture } from './captureFrames'
import { createPacketBytes, readConnect, readPublish, type PacketBytes, type PublishSource } from './mqttBytes'
import { createOrderedBytes, type OrderedBytes } from './orderedBytes'
import { segmentOf, type TcpEnd, type TcpSegment } from './tcpSegment'
import { createCarriedBytes, type CarriedBytes } from './webSocketBytes'

/**
 * The messages of MQTT in a capture (pcap, pcapng): each PUBLISH, in clear over TCP or in a WebSocket. What is encrypted is not read.
 * A time is that of the frame that made a packet whole.
 */
export const captureReader: RecordingReader = {
  name: 'pcap',
  isFor: ({ bytes }) => isCapture(bytes),
  *read(pieces) {
    const conversations = new Map<string, Conversation>()
    const frames = framesOf(pieces)
    let last = 0
    for (let step = frames.next(); ; step = frames.next()) {
      if (step.done) {
        if (step.value.isCut) yield { kind: 'refused', place: { unit: 'frame', number: last + 1 }, reason: 'cutShort' }
        break
      }
      const { value: frame } = step
      last = frame.number
      const segment = segmentOf(frame)
      if (segment) yield* take(conversations, segment, { place: { unit: 'frame', number: last }, time: frame.time })
    }
    for (const conversation of conversations.values()) yield* ended(conversation, last)
  },
}

/** One direction of a conversation. */
interface Side {
  readonly from: TcpEnd
  readonly ordered: OrderedBytes
  readonly carried: CarriedBytes
  readonly packets: PacketBytes
  readonly aliases: Map<number, string>
  /** What it sends is no MQTT that can be read. */
  isLost: boolean
}

interface Conversation {
  readonly sides: readonly [Side, Side]
  client: Side | null
  clientId: string
  /** Of the protocol; null = no CONNECT was seen. */
  level: number | null
}

interface Seen {
  readonly place: RecordingPlace
  readonly time: bigint | null
}

function* take(conversations: Map<string, Conversation>, segment: TcpSegment, seen: Seen): Generator<RecordingItem> {
  const key = [nameOf(segment.from), nameOf(segment.to)].toSorted().join(' ')
  const isAnew = segment.isStart && !segment.isEnd && segment.data.length === 0
  const known = conversations.get(key)
  // A port is used again: the second half of a handshake has the first one's key, and comes while nothing was sent.
  const conversation = known && !(isAnew && hasBegun(known)) ? known : newConversation(segment)
  if (conversation !== known) {
    if (known) yield* ended(known, seen.place.number)
    conversations.set(key, conversation)
  }
  const side = conversation.sides.find(({ from }) => nameOf(from) === nameOf(segment.from))
  if (!side || side.isLost) return
  try {
    for (const bytes of side.ordered.add(segment))
      for (const piece of side.carried.push(bytes)) {
        side.packets.push(piece)
        for (let packet = side.packets.next(); packet; packet = side.packets.next())
          yield* takePacket(packet, side, { ...seen, conversation })
      }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    side.isLost = true
    if (isMqtt(conversation)) yield itemOf(seen.place, () => raise(error))
  }
}

const raise = (error: Refusal): never => {
  throw error
}

const connect = 1
const connack = 2
const publish = 3

interface SeenIn extends Seen {
  readonly conversation: Conversation
}

function* takePacket(packet: Uint8Array, side: Side, seen: SeenIn): Generator<RecordingItem> {
  const { conversation } = seen
  const type = (packet[0] ?? 0) >> 4
  if (type === connect) {
    const read = readConnect(packet)
    if (!read) {
      side.isLost = true
      return
    }
    conversation.client = side
    conversation.clientId = read.clientId
    conversation.level = read.level
  }
  if (type === connack) {
    conversation.client ??= conversation.sides.find((one) => one !== side) ?? null
    // Without properties there is no room for more than flags and code.
    conversation.level ??= packet.length > 4 ? 5 : null
  }
  if (type !== publish || !isMqtt(conversation)) return
  const isOut = side === clientOf(conversation)
  const isGuessed = conversation.level === null
  const notes: readonly RecordingNote[] = isGuessed ? ['versionGuessed'] : []
  const source: PublishSource = {
    time: seen.time,
    direction: isOut ? 'out' : 'in',
    connection: connectionOf(conversation),
    isVersion5: conversation.level === 5,
    aliases: side.aliases,
  }
  yield itemOf(seen.place, () => ({
    message: readPublish(packet, source),
    notes: seen.time === null ? [...notes, 'noTime'] : notes,
  }))
}

/** What was begun and is not whole, or lies behind bytes that the capture has not. */
function* ended(conversation: Conversation, last: number): Generator<RecordingItem> {
  if (!isMqtt(conversation)) return
  for (const { ordered, packets, isLost, from } of conversation.sides) {
    const bytes = ordered.waitingBytes() + packets.waitingBytes()
    if (isLost || bytes === 0) continue
    const detail = `${bytes} bytes of ${nameOf(from)}`
    yield { kind: 'refused', place: { unit: 'frame', number: last }, reason: 'cutShort', detail }
  }
}

/** IANA's port of MQTT, at which a conversation is looked into whose beginning was not captured. */
const mqttPort = 1883

const isMqtt = (conversation: Conversation): boolean =>
  conversation.client !== null || conversation.sides.some(({ from }) => from.port === mqttPort)

const hasBegun = ({ sides, client }: Conversation): boolean =>
  client !== null || sides.some(({ packets, isLost }) => isLost || packets.waitingBytes() > 0)

const clientOf = ({ client, sides: [one, other] }: Conversation): Side => {
  if (client) return client
  if (one.from.port === mqttPort) return other
  return other.from.port === mqttPort || one.from.port > other.from.port ? one : other
}

const connectionOf = (conversation: Conversation): string =>
  conversation.clientId === '' ? nameOf(clientOf(conversation).from) : conversation.clientId

const newConversation = ({ from, to }: TcpSegment): Conversation => ({
  sides: [newSide(from), newSide(to)],
  client: null,
  clientId: '',
  level: null,
})

const newSide = (from: TcpEnd): Side => ({
  from,
  ordered: createOrderedBytes(),
  carried: createCarriedBytes(),
  packets: createPacketBytes(),
  aliases: new Map(),
  isLost: false,
})

const nameOf = ({ address, port }: TcpEnd): string => `${address}:${port}`
