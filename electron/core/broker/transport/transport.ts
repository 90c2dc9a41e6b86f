import type { Duplex } from 'node:stream'
import type { BrokerWords } from '#shared/model/brokerWords'
import type { Farewell } from '#shared/model/farewell'
import type { Qos } from '#shared/model/qos'
import type { SubscriptionOptions } from '#shared/model/subscription'
import type { AppError, Result } from '#shared/result'
import type { Authentication } from '../authentication/authenticator'
import type { ConnectOptions } from '../connecting/clientOptions'
import type { TopicTable } from '../message/topicTable'
import type { WireMessage } from '../message/wireMessage'
import type { Connack, ControlPacket } from '../packets/controlPacket'
import type { SkippedPublish } from '../packets/publishSkipper'
import type { PacketIds } from './packetIds'
import type { FaultLine, Wire } from '../faults/faultLine'
import type { PacketTrace } from './packetTrace'

/** What the server said to one filter; null = the connection ended first. */
export type FilterReasonCode = { readonly reasonCode: number; readonly words: BrokerWords | null } | null

interface SubscribeRequest {
  readonly filter: string
  readonly qos: Qos
  readonly options: SubscriptionOptions
  /** Subscription Identifier, 1 to 268,435,455 (MQTT 5 §3.8.2.1.2); null = none. */
  readonly identifier: number | null
}

/** One network connection, from CONNECT to its end. It never throws and does not reconnect. */
export interface Transport {
  /** A whole packet; `done` is called when the socket has taken it, or with why it has not. */
  write(packet: Buffer, done: (error?: Error | null) => void): void
  subscribe(request: SubscribeRequest): Promise<FilterReasonCode>
  unsubscribe(filter: string): Promise<FilterReasonCode>
  /** Says goodbye so, and closes. Where the server has not accepted yet, only `onClose` is called from then on. */
  disconnect(farewell: Farewell): void
  /** Begins an AUTH 0x19 (MQTT 5 §4.12.1); resolves when the server has accepted, or with why not. */
  reauthenticate(): Promise<Result<null>>
  /** Closes without DISCONNECT; `onClose` gets the reason. */
  fail(reason: AppError): void
}

/** Takes everything that arrives on a connection, in wire order. */
export interface Receiver {
  /** The topics of messages, by their bytes. */
  readonly topics: TopicTable
  /** Every PUBLISH; the object is filled anew for the next. */
  receive(message: WireMessage): void
  /** A PUBLISH that is larger than is wanted, in its place among the others. `time` is in milliseconds since 1970. */
  skip(skipped: SkippedPublish, time: number): void
  /** Every packet but PUBLISH and DISCONNECT. */
  control(packet: ControlPacket): void
  countBytes(bytesIn: number, bytesOut: number): void
}

/** The clock that gives messages their times. */
export interface MessageClock {
  /** Milliseconds since 1970. */
  wall(): number
  /** How far a time that was just read is from the steady clock. */
  shiftOf(time: number): number
}

export interface TransportParts {
  readonly options: ConnectOptions
  readonly isLenient: boolean
  /** The exchange that CONNECT begins; null = it names no authentication method. */
  readonly authentication: Authentication | null
  /** A larger PUBLISH is skipped. */
  readonly maximumPacketSize: number
  readonly receiver: Receiver
  readonly clock: MessageClock
  readonly packetIds: PacketIds
  /** Gets every control packet; null = that was not asked for. */
  readonly trace: PacketTrace | null
  /** Makes what stands between packets and socket for faults on purpose; absent = nothing does. */
  readonly faults?: (wire: Wire) => FaultLine
  /** Turns an error of the socket into one for people. */
  readonly describe: (error: Error) => AppError
  /** The server accepted, and packets may be sent. */
  readonly onOnline: (connack: Connack) => void
  /** Round trip of a PINGREQ. */
  readonly onPing: (milliseconds: number) => void
  /** Once, at the end; null = `disconnect` was called. */
  readonly onClose: (reason: AppError | null) => void
}

/** Speaks MQTT over a connected socket, beginning with CONNECT. */
export type OpenTransport = (socket: Duplex, parts: TransportParts) => Transport
