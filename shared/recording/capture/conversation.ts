import { createMqttStream, type MqttStream } from './mqttStream'
import { createOrderedBytes, type OrderedBytes, type Seen } from './orderedBytes'
import type { TcpEnd, TcpSegment } from './tcpSegment'
import { createCarriedBytes, type CarriedBytes } from './webSocketBytes'

/** One direction of a conversation. */
export interface Side {
  readonly from: TcpEnd
  readonly ordered: OrderedBytes
  readonly carried: CarriedBytes
  /** Null = nothing has come. */
  stream: MqttStream | null
  readonly aliases: Map<number, string>
  /** Segments of which nothing says that they are MQTT. */
  strangers: number
  /** Where the bytes were whose loss is not told yet. */
  lostAt: Seen | null
  /** What it sends is no MQTT that can be read. */
  isLost: boolean
}

export interface Conversation {
  readonly sides: readonly [Side, Side]
  /** Its first bytes are in the capture. */
  readonly isWhole: boolean
  client: Side | null
  clientId: string
  /** Of the protocol; null = no CONNECT was seen. */
  level: number | null
  /** Nothing says that it is MQTT but what is in it. */
  isAssumed: boolean
  /** It was said that nobody can read it. */
  isToldEncrypted: boolean
}

export const newConversation = ({ from, to, isStart }: TcpSegment): Conversation => ({
  sides: [newSide(from), newSide(to)],
  isWhole: isStart,
  client: null,
  clientId: '',
  level: null,
  isAssumed: false,
  isToldEncrypted: false,
})

const newSide = (from: TcpEnd): Side => ({
  from,
  ordered: createOrderedBytes(),
  carried: createCarriedBytes(),
  stream: null,
  aliases: new Map(),
  strangers: 0,
  lostAt: null,
  isLost: false,
})

export const streamOf = (side: Side, { isWhole }: Conversation): MqttStream =>
  (side.stream ??= createMqttStream(isWhole))

/** IANA's port of MQTT, at which a conversation is looked into whose beginning was not captured. */
const mqttPort = 1883
/** The one of MQTT over TLS. */
const securePort = 8883

export const isMqtt = ({ client, sides, isAssumed }: Conversation): boolean =>
  client !== null || isAssumed || sides.some(({ from }) => from.port === mqttPort)

/** A record of TLS (RFC 8446 §5.1) where MQTT is expected. */
export const isEncrypted = ({ client, sides }: Conversation, bytes: Uint8Array): boolean =>
  client === null &&
  sides.some(({ from }) => from.port === securePort || from.port === mqttPort) &&
  (bytes[0] ?? 0) >= 0x14 &&
  (bytes[0] ?? 0) <= 0x17 &&
  bytes[1] === 3 &&
  (bytes[2] ?? 9) <= 4

export const hasBegun = ({ sides, client }: Conversation): boolean =>
  client !== null || sides.some(({ stream, isLost }) => isLost || (stream?.waitingBytes() ?? 0) > 0)

export const clientOf = ({ client, sides: [one, other] }: Conversation): Side => {
  if (client) return client
  if (one.from.port === mqttPort) return other
  return other.from.port === mqttPort || one.from.port > other.from.port ? one : other
}

export const connectionOf = (conversation: Conversation): string =>
  conversation.clientId === '' ? nameOf(clientOf(conversation).from) : conversation.clientId

export const nameOf = ({ address, port }: TcpEnd): string => `${address}:${port}`
