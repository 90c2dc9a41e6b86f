import { createPieceBytes, type PieceBytes } from './pieceBytes'

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
export function* framesOf(pieces: Iterable<Uint8Array>): Generator<CapturedFrame, { readonly isCut: boolean }> {
  const bytes = createPieceBytes(pieces)
  const head = bytes.peek(24)
  const magic = head && pcapMagics.get(first32(head))
  return magic ? yield* pcapFrames(bytes, magic) : yield* pcapngFrames(bytes)
}

/** No tool writes a larger frame: a length that is larger is none. */
const largestFrame = 2 ** 28

function* pcapFrames(
  bytes: PieceBytes,
  { isLittle, perTick }: { readonly isLittle: boolean; readonly perTick: bigint },
): Generator<CapturedFrame, { readonly isCut: boolean }> {
  const file = bytes.take(24)
  const link = file ? viewOf(file).getUint32(20, isLittle) & 0xffff : 0
  for (let number = 1; ; number++) {
    const head = bytes.take(16)
    if (!head) return { isCut: !bytes.isAtEnd() }
    const view = viewOf(head)
    const seconds = BigInt(view.getUint32(0, isLittle))
    const time = seconds * 1_000_000_000n + BigInt(view.getUint32(4, isLittle)) * perTick
    const length = view.getUint32(8, isLittle)
    const data = length > largestFrame ? null : bytes.take(length)
    if (!data) return { isCut: true }
    yield { number, time, link, data }
  }
}

interface Interface {
  readonly link: number
  /** Nanoseconds: `ticks * numerator / denominator + offset`. */
  readonly numerator: bigint
  readonly denominator: bigint
  readonly offset: bigint
}

function* pcapngFrames(bytes: PieceBytes): Generator<CapturedFrame, { readonly isCut: boolean }> {
  let isLittle = true
  let interfaces: Interface[] = []
  let number = 0
  for (;;) {
    const head = bytes.peek(12)
    if (!head) return { isCut: !bytes.isAtEnd() }
    const view = viewOf(head)
    const isSection = view.getUint32(0) === sectionHeader
    if (isSection) {
      isLittle = view.getUint32(8) === 0x4d3c2b1a
      interfaces = []
    }
    const type = view.getUint32(0, isLittle)
    const length = view.getUint32(4, isLittle)
    const block = length < 12 || length > largestFrame ? null : bytes.take(length)
    if (!block) return { isCut: true }
    const body = new DataView(block.buffer, block.byteOffset + 8, length - 12)
    if (!isSection && type === 1 && body.byteLength >= 8) interfaces.push(interfaceOf(body, isLittle))
    const packet = isSection ? null : packetOf(type, body, isLittle)
    if (packet) {
      number += 1
      const through = interfaces[packet.interface]
      const ticks = packet.ticks
      const data = block.subarray(8 + packet.start, 8 + packet.start + packet.length)
      const time =
        ticks === null || !through ? null : (ticks * through.numerator) / through.denominator + through.offset
      if (through) yield { number, time, link: through.link, data }
    }
  }
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
/** Seconds (draft-ietf-opsawg-pcapng §4.2, if_tsoffset). */
const timeOffset = 14

const interfaceOf = (body: DataView, isLittle: boolean): Interface => {
  let read: Interface = { link: body.getUint16(0, isLittle), numerator: 1_000n, denominator: 1n, offset: 0n }
  for (let at = 8; at + 4 <= body.byteLength;) {
    const code = body.getUint16(at, isLittle)
    const length = body.getUint16(at + 2, isLittle)
    if (code === 0) break
    if (code === timeResolution && length >= 1 && at + 4 < body.byteLength)
      read = { ...read, ...resolution(body.getUint8(at + 4)) }
    if (code === timeOffset && length === 8 && at + 12 <= body.byteLength)
      read = { ...read, offset: body.getBigInt64(at + 4, isLittle) * 1_000_000_000n }
    at += 4 + length + ((4 - (length % 4)) % 4)
  }
  return read
}

/** Of a tick: a power of ten, or of two where the highest bit is set. */
const resolution = (code: number): Pick<Interface, 'numerator' | 'denominator'> => ({
  numerator: 1_000_000_000n,
  denominator: code < 0x80 ? 10n ** BigInt(code) : 2n ** BigInt(code & 0x7f),
})

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
