import {
  faultSchema,
  handshakePackets,
  isLasting,
  momentaryFaultSchema,
  type Fault,
  type HandshakePacket,
  type LastingFault,
  type MomentaryFault,
} from '#shared/model/fault'
import type { ReasonPacket } from '#shared/mqtt/reasonCode'
import { isReasonOf, reasonText } from '#shared/mqtt/reasonCode'

export type FaultKind = Fault['kind']

/** What is entered for a fault; fields that its kind does not have are not looked at. */
export interface FaultParameters {
  readonly packet: HandshakePacket
  readonly direction: 'in' | 'out'
  readonly milliseconds: string
  readonly bytesPerSecond: string
  readonly code: string
  readonly how: 'fin' | 'rst'
  readonly hex: string
}

export const firstParameters: FaultParameters = {
  packet: 'PUBACK',
  direction: 'out',
  milliseconds: '1000',
  bytesPerSecond: '1000',
  code: '128',
  how: 'fin',
  hex: '',
}

/** What each kind wants to know. */
export const parametersOf: Readonly<Record<FaultKind, readonly (keyof FaultParameters)[]>> = {
  dropSocket: ['how'],
  stopReading: [],
  stopPinging: [],
  withhold: ['packet'],
  delay: ['packet', 'milliseconds'],
  reasonCode: ['packet', 'code'],
  halfPacket: [],
  byteWise: [],
  throttle: ['direction', 'bytesPerSecond'],
  latency: ['direction', 'milliseconds'],
  resendWithDup: [],
  reusePacketId: [],
  connectTwice: [],
  rawBytes: ['hex'],
}

export const faultKinds = Object.keys(parametersOf) as readonly FaultKind[]

const wholeOf = (typed: string): number => (/^\d+$/.test(typed.trim()) ? Number(typed) : Number.NaN)

/** The fault that is entered; null = a number is out of its range, or there are no bytes. */
export const faultOf = (kind: FaultKind, parameters: FaultParameters): Fault | null => {
  const { packet, direction, how, hex, milliseconds, bytesPerSecond, code } = parameters
  const read = faultSchema.safeParse({
    kind,
    packet,
    direction,
    how,
    hex,
    milliseconds: wholeOf(milliseconds),
    bytesPerSecond: wholeOf(bytesPerSecond),
    code: wholeOf(knownCode(packet, code)),
  })
  return read.success ? read.data : null
}

const momentaryKinds: ReadonlySet<string> = new Set(momentaryFaultSchema.options.map(({ shape }) => shape.kind.value))

/** Whether faults of the kind are done once, and have no end. */
export const isMomentaryKind = (kind: FaultKind): kind is MomentaryFault['kind'] => momentaryKinds.has(kind)

export const lastingOf = (kind: LastingFault['kind'], parameters: FaultParameters): LastingFault | null => {
  const fault = faultOf(kind, parameters)
  return fault && isLasting(fault) ? fault : null
}

/** What was entered for a fault. */
export const parametersFrom = (fault: Fault): FaultParameters => ({
  ...firstParameters,
  ...Object.fromEntries(Object.entries(fault).map(([name, value]) => [name, String(value)])),
})

const allCodes = Array.from({ length: 256 }, (_, code) => code)

/** The Reason Codes that MQTT 5 gives a packet (§3.4.2.1 to §3.7.2.1). */
export const codesOf = (packet: HandshakePacket): readonly { readonly value: string; readonly label: string }[] => {
  const table: ReasonPacket = packet === 'PUBACK' || packet === 'PUBREC' ? 'puback' : 'pubrel'
  return allCodes
    .filter((code) => isReasonOf(table, code))
    .map((code) => ({ value: String(code), label: reasonText(table, code) }))
}

/** The code that is entered, or the last one of a packet that does not have it: what is shown is what is sent. */
export const knownCode = (packet: HandshakePacket, code: string): string => {
  const codes = codesOf(packet)
  return codes.some(({ value }) => value === code) ? code : (codes.at(-1)?.value ?? code)
}

export const packetOptions = handshakePackets.map((packet) => ({ value: packet, label: packet }))
