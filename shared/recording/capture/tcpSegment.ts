import type { CapturedFrame } from './captureFrames'

/** One end of a conversation. */
export interface TcpEnd {
  readonly address: string
  readonly port: number
}

export interface TcpSegment {
  readonly from: TcpEnd
  readonly to: TcpEnd
  readonly sequence: number
  readonly isStart: boolean
  readonly isEnd: boolean
  /** The number of the next byte that it expects; null = it says none. */
  readonly acknowledged: number | null
  readonly data: Uint8Array
  /** Bytes that the segment had and the capture has not. */
  readonly missing: number
}

/** LINKTYPE_ numbers: bytes in front, and where in them the protocol of what follows stands; -1 = it says it itself. */
const links: ReadonlyMap<number, { readonly length: number; readonly protocolAt: number }> = new Map([
  [1, { length: 14, protocolAt: 12 }],
  [0, { length: 4, protocolAt: -1 }],
  [108, { length: 4, protocolAt: -1 }],
  [12, { length: 0, protocolAt: -1 }],
  [14, { length: 0, protocolAt: -1 }],
  [101, { length: 0, protocolAt: -1 }],
  [228, { length: 0, protocolAt: -1 }],
  [229, { length: 0, protocolAt: -1 }],
  [113, { length: 16, protocolAt: 14 }],
  [276, { length: 20, protocolAt: 0 }],
])

const pppProtocols: ReadonlyMap<number, number> = new Map([
  [0x0021, 0x0800],
  [0x0057, 0x86dd],
])

export const isKnownLink = (link: number): boolean => links.has(link)

/** The TCP segment in a frame; null = it holds none that can be read. */
export const segmentOf = ({ link, data }: CapturedFrame): TcpSegment | null => {
  const known = links.get(link)
  if (!known) return null
  let start = known.length
  if (known.protocolAt >= 0) {
    let protocol = short(data, known.protocolAt)
    // IEEE 802.1Q: a tag, and what the protocol is behind it.
    while (protocol === 0x8100 || protocol === 0x88a8 || protocol === 0x9100) {
      protocol = short(data, start + 2)
      start += 4
    }
    // PPPoE (RFC 2516 §4): six bytes, and the protocol as PPP counts it.
    if (protocol === 0x8864) {
      protocol = pppProtocols.get(short(data, start + 6)) ?? 0
      start += 8
    }
    if (protocol !== 0x0800 && protocol !== 0x86dd) return null
  }
  const version = byte(data, start) >> 4
  if (version === 4) return overIpv4(data.subarray(start))
  return version === 6 ? overIpv6(data.subarray(start)) : null
}

const tcp = 6

const overIpv4 = (packet: Uint8Array): TcpSegment | null => {
  const headerLength = (byte(packet, 0) & 15) * 4
  // A later fragment has no ports (RFC 791 §3.2).
  if (byte(packet, 9) !== tcp || (short(packet, 6) & 0x1fff) !== 0 || headerLength < 20) return null
  // 0 = the network card was to fill it in.
  const total = short(packet, 2) || packet.length
  const from = [...packet.subarray(12, 16)].join('.')
  const to = [...packet.subarray(16, 20)].join('.')
  return inTcp(packet, { start: headerLength, end: total, from, to })
}

const extensions = new Set([0, 43, 60])

const overIpv6 = (packet: Uint8Array): TcpSegment | null => {
  const total = 40 + (short(packet, 4) || packet.length - 40)
  let next = byte(packet, 6)
  let start = 40
  while (extensions.has(next)) {
    next = byte(packet, start)
    start += (byte(packet, start + 1) + 1) * 8
  }
  if (next !== tcp || start >= packet.length) return null
  return inTcp(packet, { start, end: total, from: ipv6(packet, 8), to: ipv6(packet, 24) })
}

interface Carried {
  readonly start: number
  readonly end: number
  readonly from: string
  readonly to: string
}

const inTcp = (packet: Uint8Array, { start, end, from, to }: Carried): TcpSegment | null => {
  if (start + 20 > packet.length) return null
  const dataAt = start + (byte(packet, start + 12) >> 4) * 4
  const flags = byte(packet, start + 13)
  if (dataAt < start + 20 || dataAt > end) return null
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength)
  const data = packet.subarray(Math.min(dataAt, packet.length), Math.min(end, packet.length))
  return {
    from: { address: from, port: short(packet, start) },
    to: { address: to, port: short(packet, start + 2) },
    sequence: view.getUint32(start + 4),
    isStart: (flags & 2) !== 0,
    isEnd: (flags & 5) !== 0,
    acknowledged: (flags & 0x10) === 0 ? null : view.getUint32(start + 8),
    data,
    missing: end - dataAt - data.length,
  }
}

const byte = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0
const short = (bytes: Uint8Array, at: number): number => (byte(bytes, at) << 8) | byte(bytes, at + 1)
const ipv6 = (bytes: Uint8Array, at: number): string =>
  `[${Array.from({ length: 8 }, (_, index) => short(bytes, at + 2 * index).toString(16)).join(':')}]`
