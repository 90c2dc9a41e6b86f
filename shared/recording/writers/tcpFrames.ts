/** The two ends of a TCP connection. */
type TcpSide = 'client' | 'server'

/** IPv4 packets of a TCP connection that never was, with right checksums and sequence numbers. */
export interface TcpFrames {
  handshake(): readonly Uint8Array[]
  /** The bytes in as many packets as they take. */
  send(from: TcpSide, bytes: Uint8Array): readonly Uint8Array[]
}

const headers = 40
const mostData = 65_535 - headers
const flag = { syn: 0x02, push: 0x08, ack: 0x10 } as const
const mqttPort = 1883
const firstPort = 49_152
const ports = 65_536 - firstPort
/** 192.0.2.1 and, from 198.51.100.1 on, one for each 16,384 connections (RFC 5737). */
const serverAddress = 0xc0000201
const firstClientAddress = 0xc6336401

/** `index` = how many connections there were before: each has a port of its own. */
export const createTcpFrames = (index: number): TcpFrames => {
  const ends = {
    client: { address: firstClientAddress + Math.floor(index / ports), port: firstPort + (index % ports), next: 1 },
    server: { address: serverAddress, port: mqttPort, next: 1 },
  }
  const frame = (side: TcpSide, flags: number, data = new Uint8Array(0)): Uint8Array => {
    const from = ends[side]
    const to = ends[side === 'client' ? 'server' : 'client']
    const bytes = new Uint8Array(headers + data.length)
    bytes.set(data, headers)
    const view = new DataView(bytes.buffer)
    view.setUint8(0, 0x45)
    view.setUint16(2, bytes.length)
    // Do not fragment.
    view.setUint16(6, 0x4000)
    view.setUint8(8, 64)
    view.setUint8(9, 6)
    view.setUint32(12, from.address)
    view.setUint32(16, to.address)
    view.setUint16(10, checksum(sum(bytes, 0, 20)))
    view.setUint16(20, from.port)
    view.setUint16(22, to.port)
    view.setUint32(24, from.next)
    view.setUint32(28, (flags & flag.ack) === 0 ? 0 : to.next)
    view.setUint8(32, 0x50)
    view.setUint8(33, flags)
    view.setUint16(34, 65_535)
    // RFC 9293 §3.1: the sum goes over addresses, protocol and length, too.
    const pseudo = sum(bytes, 12, 20) + 6 + (bytes.length - 20)
    view.setUint16(36, checksum(pseudo + sum(bytes, 20, bytes.length)))
    from.next = (from.next + data.length + ((flags & flag.syn) === 0 ? 0 : 1)) >>> 0
    return bytes
  }
  return {
    handshake: () => [frame('client', flag.syn), frame('server', flag.syn | flag.ack), frame('client', flag.ack)],
    send: (from, bytes) => {
      const frames: Uint8Array[] = []
      for (let at = 0; at < bytes.length; at += mostData) {
        const isLast = at + mostData >= bytes.length
        frames.push(frame(from, flag.ack | (isLast ? flag.push : 0), bytes.slice(at, at + mostData)))
      }
      return frames
    },
  }
}

/** Of 16-bit words; an odd byte at the end is the high one of the last. */
const sum = (bytes: Uint8Array, start: number, end: number): number => {
  let total = 0
  for (let at = start; at < end; at += 2) total += ((bytes[at] ?? 0) << 8) | (at + 1 < end ? (bytes[at + 1] ?? 0) : 0)
  return total
}

const checksum = (whole: number): number => {
  let total = whole
  while (total > 0xffff) total = (total & 0xffff) + Math.floor(total / 0x10000)
  return ~total & 0xffff
}
