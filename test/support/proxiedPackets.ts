/** A PUBLISH as its bytes, with what a test may choose it by. */
export interface ProxiedPublish {
  readonly bytes: Buffer
  readonly topic: string
  readonly qos: number
  /** 0 with QoS 0. */
  readonly packetId: number
  /** Everything behind topic and packet identifier: properties and payload. */
  readonly rest: string
  withPacketId(packetId: number): Buffer
  withDup(): Buffer
}

/** First bytes (MQTT 5 §2.1.2). */
export const packetTypes = { puback: 0x40, pubrec: 0x50, pubrel: 0x62, pubcomp: 0x70 } as const

/** Without a reason code, which says success in MQTT 5 (§3.4.2.1) and is all there is before it. */
export const ackPacket = (type: keyof typeof packetTypes, packetId: number): Buffer =>
  Buffer.from([packetTypes[type], 2, packetId >> 8, packetId & 0xff])

export const packetIdOf = (packet: Buffer): number => packet.readUInt16BE(bodyStart(packet))

/** Cuts a stream into packets; the end of one may come with the next chunk. */
export const createPacketSplitter = () => {
  let waiting = Buffer.alloc(0)
  return (chunk: Buffer): Buffer[] => {
    waiting = Buffer.concat([waiting, chunk])
    const packets: Buffer[] = []
    for (let end = endOf(waiting); end !== null; end = endOf(waiting)) {
      packets.push(waiting.subarray(0, end))
      waiting = waiting.subarray(end)
    }
    return packets
  }
}

/** Null = it is another packet. */
export const publishOf = (bytes: Buffer): ProxiedPublish | null => {
  const [first = 0] = bytes
  if (first >> 4 !== 3) return null
  const qos = (first >> 1) & 3
  const start = bodyStart(bytes)
  const topicEnd = start + 2 + bytes.readUInt16BE(start)
  const restStart = qos > 0 ? topicEnd + 2 : topicEnd
  const changed = (change: (copy: Buffer) => void): Buffer => {
    const copy = Buffer.from(bytes)
    change(copy)
    return copy
  }
  return {
    bytes,
    topic: bytes.toString('utf8', start + 2, topicEnd),
    qos,
    packetId: qos > 0 ? bytes.readUInt16BE(topicEnd) : 0,
    rest: bytes.toString('latin1', restStart),
    withPacketId: (packetId) => changed((copy) => qos > 0 && copy.writeUInt16BE(packetId, topicEnd)),
    withDup: () => changed((copy) => copy.writeUInt8(first | 0x08, 0)),
  }
}

/** Behind the remaining length (§2.1.4). */
const bodyStart = (packet: Buffer): number => {
  let at = 1
  while ((packet[at] ?? 0) >= 0x80) at += 1
  return at + 1
}

/** Null = it is not all here. */
const endOf = (bytes: Buffer): number | null => {
  let length = 0
  for (let at = 1; at < Math.min(bytes.length, 5); at++) {
    const byte = bytes[at] ?? 0
    length += (byte & 0x7f) * 2 ** (7 * (at - 1))
    if (byte < 0x80) return bytes.length >= at + 1 + length ? at + 1 + length : null
  }
  return null
}
