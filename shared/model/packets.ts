import { z } from 'zod'
import type { PacketType } from '#shared/mqtt/packet/packetType'
import { packetTypes } from '#shared/mqtt/packet/packetType'
import type { ProtocolVersion } from './qos'

/** Whose packets: those of the session, or of the latest diagnosis of the connection. */
export const packetSourceSchema = z.enum(['session', 'doctor'])
export type PacketSource = z.infer<typeof packetSourceSchema>

/** As seen from the client: `out` = we sent it. */
type PacketDirection = 'in' | 'out'

/** What becomes of a network connection, between its packets. */
export const connectionSteps = ['begin', 'name', 'tcp', 'proxy', 'tls', 'webSocket', 'online', 'fault', 'end'] as const
export type ConnectionStep = (typeof connectionSteps)[number]

/** What of a packet is against the order of the packets around it, or worth seeing in it. */
export type HandshakeMark = 'again' | 'twice' | 'unasked' | 'wrongAnswer' | 'idInUse'

interface RecordedAt {
  /** Counted from 1 on its connection, over all its network connections. */
  readonly number: number
  /** Milliseconds since 1970, with fractions, by a clock that does not jump within a network connection. */
  readonly time: number
  /** Milliseconds since the entry before it; null = it is the first that is kept. */
  readonly delta: number | null
}

export interface RecordedPacket extends RecordedAt {
  readonly kind: 'packet'
  readonly direction: PacketDirection
  readonly version: ProtocolVersion
  /** Bytes of the whole packet. */
  readonly size: number
  /** As many as were kept and asked for, from its first. */
  readonly bytes: Uint8Array
  /** Why all that there is of it may be less than `size`. */
  readonly keptBytes: number
  /** Of its message in the log; null = it brought none, or it is one of ours. */
  readonly sequence: number | null
  readonly mark: HandshakeMark | null
  /** What the session found against it, in one visible line; null = nothing. */
  readonly violation: string | null
}

export interface RecordedStep extends RecordedAt {
  readonly kind: 'step'
  readonly step: ConnectionStep
  /** E.g. an address, or why it ended; never a secret. */
  readonly detail: string
}

export type PacketEntry = RecordedPacket | RecordedStep

/** What is kept of the packets of a connection. */
export interface PacketsStatus {
  readonly isOn: boolean
  /** Number of the first that is kept, and of the last; `last < first` = none. */
  readonly first: number
  readonly last: number
  /** Entries that were dropped for newer ones. */
  readonly dropped: number
  /** Bytes that all of it takes. */
  readonly bytes: number
  /** Goes up when anything changed, e.g. by a clear. */
  readonly revision: number
}

/** Packets that are read at once, and bytes of each that a list needs. */
export const packetPage = 500
export const packetHeadBytes = 512

/** One of the conditions that an entry must meet, all together. */
const packetTestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('type'), type: z.enum(packetTypes) }),
  z.object({ kind: z.literal('step') }),
  z.object({ kind: z.literal('direction'), direction: z.enum(['in', 'out']) }),
  z.object({ kind: z.enum(['id', 'size', 'qos']), low: z.number(), high: z.number() }),
  z.object({ kind: z.enum(['dup', 'retained', 'errors']) }),
  /** A valid topic filter; of SUBSCRIBE and UNSUBSCRIBE, one of their filters is the same. */
  z.object({ kind: z.literal('topic'), filter: z.string().max(65_535) }),
  z.object({ kind: z.literal('below'), topic: z.string().max(65_535) }),
  z.object({ kind: z.enum(['after', 'before']), time: z.number() }),
  /** In its topic, filters, identifiers of the client, reason and payload, any case. */
  z.object({ kind: z.literal('text'), text: z.string().max(10_000) }),
])
export type PacketTest = z.infer<typeof packetTestSchema>

export const packetTermSchema = z.object({ not: z.boolean(), test: packetTestSchema })
export type PacketTerm = z.infer<typeof packetTermSchema>

export interface FoundPackets {
  readonly numbers: readonly number[]
  /** Where the next search goes on; beyond the last = all are searched. */
  readonly next: number
}

/** The packets of one handshake, the first of them first. */
export interface PacketHandshake {
  readonly legs: readonly RecordedPacket[]
  /** The packet that is waited for; null = it is complete. */
  readonly awaited: PacketType | null
}

export interface PingTime {
  readonly number: number
  readonly time: number
  readonly milliseconds: number
}
