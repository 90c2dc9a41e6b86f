import type { PublishPacket } from 'aedes'
import { bytesOfMessage, type Ledger } from '../localBrokerLedger'
import { keptMessage } from './localBrokerMessage'

export interface Will extends PublishPacket {
  brokerId?: string
  clientId?: string
}

interface HeldWill {
  readonly will: Will
  readonly bytes: number
}

/** The wills of clients. For one that does not fit an exception is thrown, which ends the client's connection. */
export const createWills = (ledger: Ledger) => {
  const wills = new Map<string, HeldWill>()
  const account = ledger.open()
  const remove = (clientId: string): Will | undefined => {
    const held = wills.get(clientId)
    account.give(held?.bytes ?? 0)
    wills.delete(clientId)
    return held?.will
  }
  return {
    find: (clientId: string) => wills.get(clientId)?.will,
    remove,
    keep: (clientId: string, will: Will): void => {
      remove(clientId)
      const bytes = bytesOfMessage(will)
      if (!account.take(bytes)) throw new Error('no room for the will')
      Object.assign(will, keptMessage(will), { clientId })
      wills.set(clientId, { will, bytes })
    },
  }
}
