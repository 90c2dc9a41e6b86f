import type { PublishPacket } from 'aedes'
import { Readable } from 'node:stream'
import type { Ledger } from './localBrokerLedger'
import { createIncomingMessages } from './localBrokerIncoming'
import type { LocalBrokerLimits } from './localBrokerLimits'
import { createRetainedMessages } from './localBrokerRetained'
import { createSessions, type KeptSubscription, type Taker } from './localBrokerSessions'
import { createWills, type Will } from './localBrokerWills'

/** The fields of aedes' own packets that its typings leave out. */
export interface HeldPacket extends PublishPacket {
  readonly brokerId?: string
  readonly brokerCounter?: number
  messageId?: number
}

interface ById {
  readonly id: string
}

export interface StoreParts {
  readonly ledger: Ledger
  readonly limits: LocalBrokerLimits
  /** Called when something is not kept because there is no room for it. */
  readonly onRefused: (kind: 'retained' | 'queue') => void
}

/**
 * What aedes keeps, in memory and within limits: it takes the place of aedes-persistence, which has none, keeps a message
 * once for each filter that matched it, and forgets which identifiers these had (MQTT 5 §3.3.4). The methods' names and
 * answers are those of aedes-persistence.
 */
export const createLocalBrokerStore = (parts: StoreParts) => {
  const retained = createRetainedMessages(parts)
  const sessions = createSessions(parts)
  const incoming = createIncomingMessages(parts)
  const wills = createWills(parts.ledger)
  let brokerId = ''
  const forget = (id: string) => {
    sessions.forget(id)
    incoming.forget(id)
  }
  return {
    retained,
    sessions,
    incoming,
    forget,
    setup: async (broker: ById) => {
      brokerId = broker.id
    },
    storeRetained: async (packet: PublishPacket) => retained.keep(packet),
    createRetainedStreamCombi: (filters: readonly string[]) => Readable.from(retained.matching(filters)),

    addSubscriptions: async ({ id }: ById, list: readonly KeptSubscription[]) => sessions.add(id, list),
    removeSubscriptions: async ({ id }: ById, filters: readonly string[]) => sessions.remove(id, filters),
    subscriptionsByClient: async ({ id }: ById) => sessions.subscriptionsOf(id),
    subscriptionsByTopic: async (topic: string) => sessions.matching(topic),
    // A clean start, or the end of a session: everything of it goes.
    cleanSubscriptions: async ({ id }: ById) => forget(id),

    outgoingEnqueue: async ({ clientId }: { clientId: string }, packet: HeldPacket) =>
      sessions.enqueue([{ clientId, qos: 2, retainAsPublished: true, identifiers: [] }], packet),
    outgoingEnqueueCombi: async (takers: readonly Taker[], packet: HeldPacket) => sessions.enqueue(takers, packet),
    outgoingUpdate: async ({ id }: ById, packet: HeldPacket) => {
      if (!sessions.update(id, packet)) throw new Error('no such packet')
    },
    outgoingClearMessageId: async ({ id }: ById, { messageId }: HeldPacket) => sessions.settle(id, messageId),
    outgoingStream: ({ id }: ById) => Readable.from(sessions.queued(id)),

    incomingStorePacket: async ({ id }: ById, packet: HeldPacket) => incoming.keep(id, packet),
    incomingGetPacket: async ({ id }: ById, { messageId }: HeldPacket) => {
      if (messageId === undefined || !incoming.has(id, messageId)) throw new Error('no such packet')
      return { messageId }
    },
    incomingDelPacket: async ({ id }: ById, { messageId }: HeldPacket) => incoming.remove(id, messageId),

    putWill: async ({ id }: ById, will: Will) => {
      will.brokerId = brokerId
      wills.keep(id, will)
    },
    getWill: async ({ id }: ById) => wills.find(id),
    delWill: async ({ id }: ById) => wills.remove(id),
    // Those of other brokers, of which there are none.
    streamWill: () => Readable.from([]),
  }
}
export type LocalBrokerStore = ReturnType<typeof createLocalBrokerStore>
