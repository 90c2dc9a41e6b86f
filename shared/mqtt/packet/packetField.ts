import type { ProtocolVersion } from '#shared/model/qos'
import type { FieldTerm } from './fieldTerms'
import type { PacketType } from './packetType'
import type { PacketRule } from './packetRules'

/** What of a packet is against the standard. */
export interface PacketProblem {
  readonly rule: PacketRule
  /** Where the version in use says so: `[MQTT-3.1.2-3]`, or a section where no statement has a number. */
  readonly clause: string
  /** What the rule does not say itself, e.g. the name of a property. */
  readonly detail: string
}

/** A part of a packet and the bytes it stands in. */
export interface PacketField {
  /** As Wireshark names it. Bytes that are no field are `_ws.malformed`. */
  readonly field: string
  /** What it is: its name in the standard, its meaning in the words on screen. */
  readonly term: FieldTerm
  /** Bits of a flag byte are numbers, bytes that are no text are hex digits; null = a group that has no value of its own. */
  readonly value: string | number | null
  /** The value as a person reads it, with its name in the standard. */
  readonly text: string
  readonly offset: number
  readonly length: number
  /** Where the version in use says what it is. */
  readonly clause: string
  readonly children: readonly PacketField[]
  readonly problems: readonly PacketProblem[]
}

export interface DecodedPacket {
  readonly type: PacketType
  /** That of the connection; of a CONNECT, the one it asks for. */
  readonly version: ProtocolVersion
  /** Bytes of the whole packet as its fixed header has it; of one that has none, those that are there. */
  readonly size: number
  readonly fields: readonly PacketField[]
  /** Of all fields, in their order. */
  readonly problems: readonly PacketProblem[]
}
