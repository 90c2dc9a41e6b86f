import type { RecordingItem, RecordingNote } from '../recordedMessage'
import { itemOf, Refusal } from '../recordedMessage'
import type { RecordingReader } from '../recordingReader'
import { framesOf, isCapture, type CapturedFrame } from './captureFrames'
import {
  clientOf,
  connectionOf,
  hasBegun,
  isEncrypted,
  isMqtt,
  nameOf,
  newConversation,
  streamOf,
  type Conversation,
  type Side,
} from './conversation'
import { readConnect, readPublish, type PublishSource } from './mqttBytes'
import type { OrderedPiece, Seen } from './orderedBytes'
import { isSurelyMqtt } from './packetStart'
import { isKnownLink, segmentOf, type TcpSegment } from './tcpSegment'

/**
 * The messages of MQTT in a capture (pcap, pcapng): each PUBLISH, in clear over TCP or in a WebSocket. What is encrypted is not read.
 * A time is that of the frame that made a packet whole. Behind bytes that were not captured it goes on at the next packet.
 */
export const captureReader: RecordingReader = {
  name: 'pcap',
  isFor: ({ bytes }) => isCapture(bytes),
  *read(pieces) {
    const conversations = new Map<string, Conversation>()
    const strangeLinks = new Set<number>()
    const frames = framesOf(pieces)
    let last = 0
    for (let step = frames.next(); ; step = frames.next()) {
      if (step.done) {
        if (step.value.isCut) yield { kind: 'refused', place: { unit: 'frame', number: last + 1 }, reason: 'cutShort' }
        break
      }
      const { value: frame } = step
      last = frame.number
      if (!isKnownLink(frame.link)) yield* strangeLink(frame, strangeLinks)
      const segment = segmentOf(frame)
      if (segment) yield* take(conversations, segment, { place: { unit: 'frame', number: last }, time: frame.time })
    }
    for (const conversation of conversations.values()) yield* ended(conversation, last)
  },
}

/** Said once of each kind of link: a capture has as many frames of it as it has. */
function* strangeLink({ link, number }: CapturedFrame, told: Set<number>): Generator<RecordingItem> {
  if (told.has(link)) return
  told.add(link)
  yield { kind: 'refused', place: { unit: 'frame', number }, reason: 'badFrame', detail: `LINKTYPE ${link}` }
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
  const other = conversation.sides.find((one) => one !== side)
  if (!side || !other) return
  if (!side.isLost) yield* takePieces(side.ordered.add(segment, seen), side, conversation)
  if (segment.acknowledged !== null && !other.isLost)
    yield* takePieces(other.ordered.acknowledged(segment.acknowledged, seen), other, conversation)
}

function* takePieces(
  pieces: readonly OrderedPiece[],
  side: Side,
  conversation: Conversation,
): Generator<RecordingItem> {
  for (const piece of pieces) {
    if (side.isLost) return
    try {
      yield* takePiece(piece, side, conversation)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      side.isLost = true
      if (isMqtt(conversation)) yield itemOf(piece.seen.place, () => raise(error))
    }
  }
}

function* takePiece(piece: OrderedPiece, side: Side, conversation: Conversation): Generator<RecordingItem> {
  const stream = streamOf(side, conversation)
  const { seen } = piece
  if ('missing' in piece) {
    side.carried.gap()
    side.lostAt ??= seen
    stream.gap(piece.missing)
  } else {
    if (isEncrypted(conversation, piece.bytes)) {
      yield* encrypted(conversation, side, seen)
      return
    }
    for (const bytes of side.carried.push(piece.bytes)) {
      if (!isWorthReading(bytes, side, conversation)) continue
      for (const packet of stream.push(bytes)) yield* takePacket(packet, side, { ...seen, conversation })
    }
    if (stream.isOutOfStep()) side.lostAt ??= seen
  }
  const lost = stream.takeLost()
  if (lost && isMqtt(conversation)) yield lostItem(side, { ...lost, seen: side.lostAt ?? seen })
  if (lost) side.lostAt = null
}

interface LostAt {
  readonly bytes: number
  readonly reason: 'cutShort' | Refusal['reason']
  readonly seen: Pick<Seen, 'place'>
}

const lostItem = ({ from }: Side, { bytes, reason, seen }: LostAt): RecordingItem => ({
  kind: 'refused',
  place: seen.place,
  reason,
  detail: `${bytes} bytes of ${nameOf(from)}`,
})

function* encrypted(conversation: Conversation, side: Side, { place }: Seen): Generator<RecordingItem> {
  for (const one of conversation.sides) one.isLost = true
  if (conversation.isToldEncrypted) return
  conversation.isToldEncrypted = true
  yield { kind: 'refused', place, reason: 'encrypted', detail: nameOf(side.from) }
}

/** A few segments show whether a conversation whose beginning is missing is one of MQTT. */
const mostStrangers = 64

const isWorthReading = (bytes: Uint8Array, side: Side, conversation: Conversation): boolean => {
  if (conversation.isWhole || isMqtt(conversation)) return true
  conversation.isAssumed = isSurelyMqtt(bytes)
  side.strangers += 1
  if (side.strangers >= mostStrangers) side.isLost = !conversation.isAssumed
  return conversation.isAssumed
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

/** What waits behind bytes that the capture has not, and what was begun and is not whole. */
function* ended(conversation: Conversation, last: number): Generator<RecordingItem> {
  for (const side of conversation.sides) {
    if (!side.isLost) yield* takePieces(side.ordered.end(), side, conversation)
    const bytes = side.stream?.waitingBytes() ?? 0
    if (side.isLost || bytes === 0 || !isMqtt(conversation)) continue
    const reason = side.stream?.reason() ?? 'cutShort'
    yield lostItem(side, { bytes, reason, seen: side.lostAt ?? { place: { unit: 'frame', number: last } } })
  }
}
