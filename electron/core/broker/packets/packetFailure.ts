import type { AppError, ErrorCode } from '#shared/result'

/** What the server is told when we end an MQTT 5 connection because of what it sent (MQTT 5 §3.14.2.1). */
export const protocolReason = {
  malformedPacket: 0x81,
  protocolError: 0x82,
  topicAliasInvalid: 0x94,
  packetTooLarge: 0x95,
} as const

/** Thrown while packets are read and caught only by the packet stream: the connection ends with `failure`. */
export class PacketFailure extends Error {
  override readonly name = 'PacketFailure'
  constructor(
    readonly failure: AppError,
    /** Reason code for a DISCONNECT of ours; null = just close. */
    readonly answer: number | null,
  ) {
    super(failure.message)
  }
}

const packetNames = [
  'reserved packet',
  'CONNECT',
  'CONNACK',
  'PUBLISH',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBSCRIBE',
  'SUBACK',
  'UNSUBSCRIBE',
  'UNSUBACK',
  'PINGREQ',
  'PINGRESP',
  'DISCONNECT',
  'AUTH',
] as const

/** The specification's name of the packet type in a first byte (MQTT 5 §2.1.2). */
export const packetName = (firstByte: number): string => packetNames[firstByte >> 4] ?? 'packet'

/** MQTT 5 §3.15.1. */
export const authFirstByte = 0xf0

const failure = (code: ErrorCode, message: string, values: Record<string, string | number>): AppError => ({
  code,
  message,
  values,
})

export const malformed = (
  firstByte: number,
  cause: string,
  answer: number = protocolReason.malformedPacket,
): PacketFailure => {
  const detail = `${packetName(firstByte)}: ${cause}`
  return new PacketFailure(failure('malformedPacket', `Malformed ${detail}`, { detail }), answer)
}

/** Marks a failure that a connection with the setting `lenient` tolerates. */
export const forLenient = ({ failure: { values, ...rest }, answer }: PacketFailure): PacketFailure =>
  new PacketFailure({ ...rest, values: { ...values, mend: 'lenient' } }, answer)

/** MQTT 5 [MQTT-3.2.2-4], 3.1.1 [MQTT-3.2.2-1]: who asked for a clean start cannot be given a session. */
export const sessionNotClean = (): PacketFailure =>
  new PacketFailure(
    failure('sessionNotClean', 'Session Present is 1 after a clean start.', { mend: 'lenient' }),
    protocolReason.protocolError,
  )

/** A packet, or a part of one, that the specification allows but that exceeds a limit of ours. Sizes are in bytes. */
export const oversized = (firstByte: number, part: string, limit: number): PacketFailure =>
  malformed(firstByte, `${part}; at most ${limit} bytes are taken`, protocolReason.packetTooLarge)

/** The CONNACK of another protocol version than the requested one; `spoken` is the version it looks like. */
export const otherVersion = (spoken: '3.1.1' | '5'): PacketFailure =>
  new PacketFailure(failure('answeredAsOtherVersion', `CONNACK is that of MQTT ${spoken}.`, { spoken }), null)

/** `size` is in bytes; where only a bound is known, a text such as `> 100`. */
export const tooLarge = (size: number | string, limit: number): PacketFailure =>
  new PacketFailure(
    failure('packetTooLarge', `A packet of ${size} bytes was announced; the limit in the settings is ${limit}.`, {
      size,
      limit,
    }),
    protocolReason.packetTooLarge,
  )

const visible = (bytes: Buffer) => {
  const line =
    bytes
      .subarray(0, 60)
      .toString('latin1')
      .split(/[\r\n]/, 1)[0] ?? ''
  return /^[\x20-\x7e]+$/.test(line) ? `"${line}"` : bytes.subarray(0, 8).toString('hex')
}

// A TLS alert or handshake record begins with 0x15 or 0x16 and the version 0x03 (RFC 8446 §5.1).
export const isTlsRecord = (bytes: Buffer): boolean => (bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 0x03

/** For a first answer that is no CONNACK. */
export const notMqtt = (answer: Buffer): PacketFailure => {
  const detail = isTlsRecord(answer) ? 'TLS' : visible(answer)
  return new PacketFailure(failure('notMqtt', `The first answer is not MQTT: ${detail}`, { detail }), null)
}
