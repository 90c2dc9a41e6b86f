import { bytesOfMessage } from '../localBrokerLedger'
import type { StoreParts } from '../localBrokerLimits'
import type { HeldPacket } from './localBrokerMessage'

/**
 * QoS 2 messages that came and whose PUBREL has not (§4.3.3): only their identifiers matter, so only these are kept.
 */
export const createIncomingMessages = ({ ledger }: StoreParts) => {
  const idsByClient = new Map<string, Set<number>>()
  /** Accepted and not processed by aedes yet, which handles several packets at a time. */
  const expectedByClient = new Map<string, Set<number>>()
  const account = ledger.open()
  const bytes = bytesOfMessage({})
  return {
    count: (clientId: string) => (idsByClient.get(clientId)?.size ?? 0) + (expectedByClient.get(clientId)?.size ?? 0),
    expect: (clientId: string, messageId: number): void => {
      const expected = expectedByClient.get(clientId) ?? new Set<number>()
      expectedByClient.set(clientId, expected.add(messageId))
    },
    /** The connection ended, and with it the packets that aedes had not processed. */
    expectNothing: (clientId: string): void => void expectedByClient.delete(clientId),
    has: (clientId: string, messageId: number) => idsByClient.get(clientId)?.has(messageId) ?? false,
    keep: (clientId: string, { messageId }: HeldPacket): void => {
      const ids = idsByClient.get(clientId) ?? new Set<number>()
      idsByClient.set(clientId, ids)
      if (messageId === undefined || ids.has(messageId)) return
      expectedByClient.get(clientId)?.delete(messageId)
      ids.add(messageId)
      account.note(bytes)
    },
    remove: (clientId: string, messageId: number | undefined): void => {
      const ids = idsByClient.get(clientId)
      if (messageId !== undefined && ids?.delete(messageId)) account.give(bytes)
      if (ids?.size === 0) idsByClient.delete(clientId)
    },
    forget: (clientId: string): void => {
      account.give(bytes * (idsByClient.get(clientId)?.size ?? 0))
      idsByClient.delete(clientId)
      expectedByClient.delete(clientId)
    },
  }
}
