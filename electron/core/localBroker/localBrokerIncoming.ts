import { bytesOfMessage } from './localBrokerLedger'
import type { HeldPacket, StoreParts } from './localBrokerStore'

/** QoS 2 messages that came and whose PUBREL has not (§4.3.3): only their identifiers matter, so only these are kept. */
export const createIncomingMessages = ({ ledger }: StoreParts) => {
  const idsByClient = new Map<string, Set<number>>()
  const account = ledger.open()
  const bytes = bytesOfMessage({})
  return {
    count: (clientId: string) => idsByClient.get(clientId)?.size ?? 0,
    has: (clientId: string, messageId: number) => idsByClient.get(clientId)?.has(messageId) ?? false,
    keep: (clientId: string, { messageId }: HeldPacket): void => {
      const ids = idsByClient.get(clientId) ?? new Set<number>()
      idsByClient.set(clientId, ids)
      if (messageId === undefined || ids.has(messageId)) return
      ids.add(messageId)
      account.take(bytes)
    },
    remove: (clientId: string, messageId: number | undefined): void => {
      const ids = idsByClient.get(clientId)
      if (messageId !== undefined && ids?.delete(messageId)) account.give(bytes)
      if (ids?.size === 0) idsByClient.delete(clientId)
    },
    forget: (clientId: string): void => {
      account.give(bytes * (idsByClient.get(clientId)?.size ?? 0))
      idsByClient.delete(clientId)
    },
  }
}
