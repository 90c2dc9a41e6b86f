import { z } from 'zod'
import { whole } from './fieldSchemas'

/** The packets of the QoS handshakes that a client sends (MQTT 5 §3.4 to §3.7). */
export const handshakePackets = ['PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP'] as const
const handshakePacketSchema = z.enum(handshakePackets)
export type HandshakePacket = z.infer<typeof handshakePacketSchema>

export const faultLimits = { milliseconds: 3_600_000, rawBytes: 1_048_576, scenarios: 500, steps: 200 } as const

const milliseconds = whole(1, faultLimits.milliseconds)
/** As seen from the client: `out` = what we send. */
const directionSchema = z.enum(['in', 'out'])
const bytesPerSecond = whole(1, 1_000_000_000)

/** What goes on until it is switched off. */
export const lastingFaultSchema = z.discriminatedUnion('kind', [
  /** The socket is not read: the server's window fills. */
  z.object({ kind: z.literal('stopReading') }),
  /** PINGREQ is not sent (§3.1.2.10). */
  z.object({ kind: z.literal('stopPinging') }),
  /** Packets of the kind are never sent. */
  z.object({ kind: z.literal('withhold'), packet: handshakePacketSchema }),
  /** They are sent so much later; other packets overtake them. */
  z.object({ kind: z.literal('delay'), packet: handshakePacketSchema, milliseconds }),
  /** They have this Reason Code; of MQTT 5 alone. */
  z.object({ kind: z.literal('reasonCode'), packet: handshakePacketSchema, code: whole(0, 255) }),
  /** Of the next packet the first half is sent; the rest of it, and all that is behind it, waits until it is switched off. */
  z.object({ kind: z.literal('halfPacket') }),
  /** Each byte is written alone. */
  z.object({ kind: z.literal('byteWise') }),
  z.object({ kind: z.literal('throttle'), direction: directionSchema, bytesPerSecond }),
  /** Everything takes so much longer, in its order. */
  z.object({ kind: z.literal('latency'), direction: directionSchema, milliseconds }),
])
export type LastingFault = z.infer<typeof lastingFaultSchema>

const hexSchema = z
  .string()
  .max(3 * faultLimits.rawBytes, 'tooLong')
  .refine((text) => hexBytes(text) !== null, 'noHex')

/** What is done once. */
export const momentaryFaultSchema = z.discriminatedUnion('kind', [
  /** The socket is closed without DISCONNECT, by FIN or by RST, so that the server publishes the will (§3.1.2.5). */
  z.object({ kind: z.literal('dropSocket'), how: z.enum(['fin', 'rst']) }),
  /** The PUBLISH of QoS 1 or 2 that was sent last is sent again with DUP (§3.3.1.1). */
  z.object({ kind: z.literal('resendWithDup') }),
  /** It is sent again as a new message, with the Packet Identifier that it had (§2.2.1). */
  z.object({ kind: z.literal('reusePacketId') }),
  /** Another connection with the same client ID (§3.1.4-3); it ends when the fault kit is switched off. */
  z.object({ kind: z.literal('connectTwice') }),
  /** Bytes as they are, in hex; white space counts for nothing. */
  z.object({ kind: z.literal('rawBytes'), hex: hexSchema }),
])
export type MomentaryFault = z.infer<typeof momentaryFaultSchema>

export const faultSchema = z.union([lastingFaultSchema, momentaryFaultSchema])
export type Fault = z.infer<typeof faultSchema>

export const isLasting = (fault: Fault): fault is LastingFault => lastingFaultSchema.safeParse(fault).success

/** Of two faults with one key the later one counts. */
export const faultKey = (fault: Fault): string => {
  if ('packet' in fault) return `${fault.kind} ${fault.packet}`
  return 'direction' in fault ? `${fault.kind} ${fault.direction}` : fault.kind
}

/** The faults with this one in place of one with its key. */
export const withFault = (faults: readonly LastingFault[], fault: LastingFault): readonly LastingFault[] => [
  ...withoutFault(faults, fault),
  fault,
]
export const withoutFault = (faults: readonly LastingFault[], fault: LastingFault): readonly LastingFault[] =>
  faults.filter((one) => faultKey(one) !== faultKey(fault))

/** Bytes that are written in hex; null = it is none, or there are none. */
export const hexBytes = (text: string): Uint8Array | null => {
  const digits = text.replaceAll(/0x|[\s,;:]/gi, '')
  if (digits === '' || digits.length % 2 !== 0 || !/^[\da-f]+$/i.test(digits)) return null
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

const faultStepSchema = z.object({
  /** From the beginning of the scenario. */
  atMs: whole(0, faultLimits.milliseconds),
  fault: faultSchema,
  /** How long a lasting fault stays; null = until the scenario ends. */
  forMs: milliseconds.nullable(),
})

/** Faults with their times. */
export const faultScenarioSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1, 'required').max(200, 'tooLong'),
  steps: z.array(faultStepSchema).min(1, 'required').max(faultLimits.steps, 'tooLong'),
})
export type FaultScenario = z.infer<typeof faultScenarioSchema>

/** When the last of its steps is over, in milliseconds from its beginning. */
export const scenarioMs = ({ steps }: Pick<FaultScenario, 'steps'>): number =>
  Math.max(0, ...steps.map(({ atMs, forMs }) => atMs + (forMs ?? 0)))

/** What the fault kit did; a packet is named as in a line of its summary. */
export interface FaultEvent {
  /** Counted from 1. */
  readonly number: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly what: FaultDeed
  /** The packet, or a detail in plain words; '' = there is nothing more to say. */
  readonly about: string
}

/** What it can have done. */
export type FaultDeed =
  | 'on'
  | 'off'
  | 'withheld'
  | 'delayed'
  | 'changed'
  | 'halfSent'
  | 'restSent'
  | 'dropped'
  | 'sentAgain'
  | 'idUsedAgain'
  | 'secondOnline'
  | 'secondEnded'
  | 'sentRaw'
  | 'nothingToSend'
  | 'notOnline'
  | 'scenarioStarted'
  | 'scenarioEnded'

/** The fault kit of a connection. */
export interface FaultsStatus {
  readonly connectionId: string
  /** Whether its packets pass the fault kit; nothing is on otherwise. */
  readonly isArmed: boolean
  readonly lasting: readonly LastingFault[]
  /** How often each was applied since it was switched on, by `faultKey`. */
  readonly counts: Readonly<Record<string, number>>
  /** The latest of what was done, oldest first. */
  readonly events: readonly FaultEvent[]
  readonly scenario: { readonly name: string; readonly elapsedMs: number; readonly totalMs: number } | null
}
