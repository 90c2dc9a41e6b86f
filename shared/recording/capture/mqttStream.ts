import { Refusal, type RefusalReason } from '../recordedMessage'
import { createPacketBytes } from './mqttBytes'
import { beginsPacket } from './packetStart'

interface LostBytes {
  readonly bytes: number
  readonly reason: RefusalReason
}

/** The packets in one direction of a connection, also behind bytes that were not captured. */
export interface MqttStream {
  /** The packets that these bytes make whole. They begin where a TCP segment begins. */
  push(bytes: Uint8Array): Generator<Uint8Array>
  /** So many bytes were not captured here. */
  gap(length: number): void
  /** What could not be read, once it is known how much it is: packets follow again. Null = nothing. */
  takeLost(): LostBytes | null
  /** Bytes of what is not whole, or could not be read. */
  readonly waitingBytes: () => number
  /** It is not known where the next packet begins. */
  readonly isOutOfStep: () => boolean
  readonly reason: () => RefusalReason
}

/** `isBeginning`: the first bytes are the first of the connection. */
export const createMqttStream = (isBeginning: boolean): MqttStream => {
  let packets = createPacketBytes()
  /** Whether the next byte begins a packet or goes on with one. */
  let isInStep = isBeginning
  /** Bytes of a packet of which some are missing. */
  let skipping = 0
  let lost = 0
  let reason: RefusalReason = 'cutShort'

  const lose = (length: number) => {
    lost += packets.waitingBytes() + length
    packets = createPacketBytes()
  }
  return {
    *push(bytes) {
      const skipped = Math.min(skipping, bytes.length)
      skipping -= skipped
      lost += skipped
      const rest = bytes.subarray(skipped)
      if (rest.length === 0) return
      if (!isInStep && !beginsPacket(rest)) {
        lost += rest.length
        return
      }
      isInStep = true
      packets.push(rest)
      try {
        for (let packet = packets.next(); packet; packet = packets.next()) yield packet
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        lose(0)
        reason = error.reason
        isInStep = false
      }
    },
    gap: (length) => {
      const inPacket = skipping > 0 ? skipping : packets.missingBytes()
      lose(length)
      reason = 'cutShort'
      // Where the packet says how long it is, the next one is where it ends.
      isInStep = inPacket > 0 && length <= inPacket
      skipping = isInStep ? inPacket - length : 0
    },
    takeLost: () => {
      if (!isInStep || skipping > 0 || lost === 0) return null
      const taken = { bytes: lost, reason }
      lost = 0
      reason = 'cutShort'
      return taken
    },
    waitingBytes: () => lost + packets.waitingBytes(),
    isOutOfStep: () => !isInStep,
    reason: () => reason,
  }
}
