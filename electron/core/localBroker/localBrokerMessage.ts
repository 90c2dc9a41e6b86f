import type { PublishPacket } from 'aedes'

/** The fields of aedes' own packets that its typings leave out. */
export interface HeldPacket extends PublishPacket {
  readonly brokerId?: string
  readonly brokerCounter?: number
  messageId?: number
}

/** Bytes of their own: what the parser hands out are views that hold on to everything read with them. */
const ownBytes = (bytes: Uint8Array): Buffer => Buffer.from(bytes)

/** A copy that may be kept: it holds on to nothing but itself. */
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
