import { joinedBytes } from '#shared/encoding/joinedBytes'

/** The beginning of a capture (pcapng) of IP packets. */
export const captureHead = (): Uint8Array =>
  joinedBytes([block(sectionHeader, sectionBody), block(interfaceDescription, interfaceBody)])

/** An IP packet in it; the time is in nanoseconds since 1970. */
export const captureBlock = (frame: Uint8Array, time: bigint): Uint8Array =>
  block(enhancedPacket, packetBody(frame, time))

const sectionHeader = 0x0a0d0d0a
const interfaceDescription = 1
const enhancedPacket = 6

const view = (length: number): DataView => new DataView(new ArrayBuffer(length))
const bytesOf = ({ buffer }: DataView): Uint8Array => new Uint8Array(buffer)

const sectionBody = (() => {
  const body = view(16)
  body.setUint32(0, 0x1a2b3c4d, true)
  body.setUint16(4, 1, true)
  // The length of the section is not known beforehand.
  body.setBigInt64(8, -1n, true)
  return bytesOf(body)
})()

const linkRaw = 101
const largestFrame = 65_535

const interfaceBody = (() => {
  const body = view(20)
  body.setUint16(0, linkRaw, true)
  body.setUint32(4, largestFrame, true)
  // if_tsresol: times are nanoseconds.
  body.setUint16(8, 9, true)
  body.setUint16(10, 1, true)
  body.setUint8(12, 9)
  return bytesOf(body)
})()

/** Without a sign: a capture knows no time before 1970, and none after 2554. */
const latest = 2n ** 64n - 1n
const captured = (time: bigint): bigint => (time < 0n ? 0n : time > latest ? latest : time)

const packetBody = (frame: Uint8Array, at: bigint): Uint8Array => {
  const time = captured(at)
  const body = view(20)
  body.setUint32(4, Number(time >> 32n), true)
  body.setUint32(8, Number(time & 0xffffffffn), true)
  body.setUint32(12, frame.length, true)
  body.setUint32(16, frame.length, true)
  return joinedBytes([bytesOf(body), frame])
}

/** Padded to four bytes, its length in front and behind. */
const block = (type: number, body: Uint8Array): Uint8Array => {
  const padding = (4 - (body.length % 4)) % 4
  const length = 12 + body.length + padding
  const whole = view(length)
  whole.setUint32(0, type, true)
  whole.setUint32(4, length, true)
  whole.setUint32(length - 4, length, true)
  const bytes = bytesOf(whole)
  bytes.set(body, 8)
  return bytes
}
