import { flags } from '#shared/model/frame'
import type { WireMessage } from '../message/wireMessage'

/** The QoS 2 messages of a session that came and are not released yet (MQTT 5 §4.3.3), by their packet identifiers. */
export interface Redeliveries {
  /** Whether a QoS 2 PUBLISH with this identifier came before and is not released; from now on one did. */
  isRedelivery(publish: Pick<WireMessage, 'packetId' | 'flags'>): boolean
  /** PUBREL came: the identifier is free for another message. */
  release(packetId: number): void
  /** The server knows nothing of earlier connections. */
  forget(): void
}

export const createRedeliveries = (): Redeliveries => {
  const unreleased = new Set<number>()
  return {
    isRedelivery: ({ packetId, flags: bits }) => {
      if ((bits & flags.qosMask) !== 2) return false
      if (unreleased.has(packetId)) return true
      unreleased.add(packetId)
      return false
    },
    release: (packetId) => void unreleased.delete(packetId),
    forget: () => unreleased.clear(),
  }
}
