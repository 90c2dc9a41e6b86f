import type { PublishPacket } from 'aedes'

/** The fields of aedes' own packets that its typings leave out. */
export interface HeldPacket extends PublishPacket {
  readonly brokerId?: string
  readonly brokerCounter?: number
  messageId?: number
}

/** A copy that may be kept: it keeps no chunk of the socket in memory. */
export const keptMessage = <Packet extends PublishPacket>(packet: Packet): Packet => {
  const { payload, properties } = packet
  const correlationData = properties?.correlationData
  return {
    ...packet,
    payload: typeof payload === 'string' ? payload : ownBytes(payload),
    ...(properties && {
      properties: { ...properties, ...(correlationData && { correlationData: ownBytes(correlationData) }) },
    }),
  }
}

/** A copy: the parser hands out views, which keep the whole chunk they were read from in memory. */
const ownBytes = (bytes: Uint8Array): Buffer => Buffer.from(bytes)
