/** A frame of a capture, as it was on its link. */
export interface CapturedFrame {
  /** Counted from 1, as other tools count them. */
  readonly number: number
  /** Nanoseconds since 1970 in UTC; null = the capture has none. */
  readonly time: bigint | null
  /** LINKTYPE_ number of what `data` begins with. */
  readonly link: number
  readonly data: Uint8Array
}

const pcapMagics: ReadonlyMap<number, { readonly isLittle: boolean; readonly perTick: bigint }> = new Map([
  [0xd4c3b2a1, { isLittle: true, perTick: 1_000n }],
  [0xa1b2c3d4, { isLittle: false, perTick: 1_000n }],
  [0x4d3cb2a1, { isLittle: true, perTick: 1n }],
  [0xa1b23c4d, { isLittle: false, perTick: 1n }],
])
const sectionHeader = 0x0a0d0d0a

const first32 = (bytes: Uint8Array): number => (bytes.length < 24 ? 0 : viewOf(bytes).getUint32(0))

export const isCapture = (bytes: Uint8Array): boolean =>
  first32(bytes) === sectionHeader || pcapMagics.has(first32(bytes))

/**
 * The frames of a pcap or pcapng file, in its order. What is cut off at the end is left away: a capture ends wherever its tool was
 * ended. Answers at the end whether it was cut.
 */
export function* framesOf(bytes: Uint8Array): Generator<CapturedFrame, { readonly isCut: boolean }> {
  const magic = pcapMagics.get(first32(bytes))
  return magic ? yield* pcapFrames(bytes, magic) : yield* pcapngFrames(bytes)
}

function* pcapFrames(
  bytes: Uint8Array,
  { isLittle, perTick }: { readonly isLittle: boolean; readonly perTick: bigint },
): Generator<CapturedFrame, { readonly isCut: boolean }> {
  const view = viewOf(bytes)
  const link = view.getUint32(20, isLittle) & 0xffff
  let at = 24
  for (let number = 1; at + 16 <= bytes.length; number++) {
    const seconds = BigInt(view.getUint32(at, isLittle))
    const time = seconds * 1_000_000_000n + BigInt(view.getUint32(at + 4, isLittle)) * perTick
    const length = view.getUint32(at + 8, isLittle)
    const end = at + 16 + length
    if (end > bytes.length) return { isCut: true }
    yield { number, time, link, data: bytes.subarray(at + 16, end) }
    at = end
  }
  return { isCut: at < bytes.length }
}

interface Interface {
  readonly link: number
  /** Nanoseconds: `ticks * numerator / denominator`. */
  readonly numerator: bigint
  readonly denominator: bigint
}

function* pcapngFrames(bytes: Uint8Array): Generator<CapturedFrame, { readonly isCut: boolean }> {
  const view = viewOf(bytes)
  let isLittle = true
  let interfaces: Interface[] = []
  let number = 0
  let at = 0
  while (at + 12 <= bytes.length) {
    const isSection = view.getUint32(at) === sectionHeader
    if (isSection) {
      isLittle = view.getUint32(at + 8) === 0x4d3c2b1a
      interfaces = []
    }
    const type = view.getUint32(at, isLittle)
    const length = view.getUint32(at + 4, isLittle)
    const end = at + length
    if (length < 12 || end > bytes.length) return { isCut: true }
    const body = new DataView(bytes.buffer, bytes.byteOffset + at + 8, length - 12)
    if (!isSection && type === 1 && body.byteLength >= 8) interfaces.push(interfaceOf(body, isLittle))
    const packet = isSection ? null : packetOf(type, body, isLittle)
    if (packet) {
      number += 1
      const through = interfaces[packet.interface]
      const ticks = packet.ticks
      const data = bytes.subarray(at + 8 + packet.start, at + 8 + packet.start + packet.length)
      const time = ticks === null || !through ? null : (ticks * through.numerator) / through.denominator
      if (through) yield { number, time, link: through.link, data }
    }
    at = end
  }
  return { isCut: at < bytes.length }
}

interface Packet {
  readonly interface: number
  readonly ticks: bigint | null
  /** In the body of its block. */
  readonly start: number
  readonly length: number
}

const enhancedPacket = 6
const simplePacket = 3
const oldPacket = 2

const packetOf = (type: number, body: DataView, isLittle: boolean): Packet | null => {
  if (type === simplePacket && body.byteLength >= 4) {
    const length = Math.min(body.getUint32(0, isLittle), body.byteLength - 4)
    return { interface: 0, ticks: null, start: 4, length }
  }
  if ((type !== enhancedPacket && type !== oldPacket) || body.byteLength < 20) return null
  const ticks = (BigInt(body.getUint32(4, isLittle)) << 32n) | BigInt(body.getUint32(8, isLittle))
  const through = type === oldPacket ? body.getUint16(0, isLittle) : body.getUint32(0, isLittle)
  return { interface: through, ticks, start: 20, length: Math.min(body.getUint32(12, isLittle), body.byteLength - 20) }
}

const timeResolution = 9

const interfaceOf = (body: DataView, isLittle: boolean): Interface => {
  const link = body.getUint16(0, isLittle)
  for (let at = 8; at + 4 <= body.byteLength;) {
    const code = body.getUint16(at, isLittle)
    const length = body.getUint16(at + 2, isLittle)
    if (code === 0) break
    if (code === timeResolution && length >= 1 && at + 4 < body.byteLength)
      return { link, ...resolution(body.getUint8(at + 4)) }
    at += 4 + length + ((4 - (length % 4)) % 4)
  }
  return { link, numerator: 1_000n, denominator: 1n }
}

/** Of a tick: a power of ten, or of two where the highest bit is set. */
const resolution = (code: number): Pick<Interface, 'numerator' | 'denominator'> => ({
  numerator: 1_000_000_000n,
  denominator: code < 0x80 ? 10n ** BigInt(code) : 2n ** BigInt(code & 0x7f),
})

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
