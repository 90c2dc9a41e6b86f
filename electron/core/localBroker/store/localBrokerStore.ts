import type { PublishPacket } from 'aedes'
import { Readable } from 'node:stream'
import { createIncomingMessages } from './localBrokerIncoming'
import type { StoreParts } from '../localBrokerLimits'
import type { HeldPacket } from './localBrokerMessage'
import { createRetainedMessages } from './localBrokerRetained'
import { createSessions, type KeptSubscription, type Taker } from './localBrokerSessions'
import { createWills, type Will } from './localBrokerWills'

interface ById {
  readonly id: string
}

/**
 * What aedes keeps, in memory and within limits: it takes the place of aedes-persistence, which has none, keeps a
 * message once for each filter that matched it, and forgets which identifiers these had (MQTT 5 §3.3.4). The methods'
 * names and answers are those of aedes-persistence.
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
    // aedes wants an async function here.
    setup: async (broker: ById) => {
      brokerId = broker.id
      await Promise.resolve()
    },
    storeRetained: (packet: PublishPacket) => promised(() => retained.keep(packet)),
    createRetainedStreamCombi: (filters: readonly string[]) => Readable.from(retained.matching(filters)),

    addSubscriptions: ({ id }: ById, list: readonly KeptSubscription[]) => promised(() => sessions.add(id, list)),
    removeSubscriptions: ({ id }: ById, filters: readonly string[]) => promised(() => sessions.remove(id, filters)),
    subscriptionsByClient: ({ id }: ById) => promised(() => sessions.subscriptionsOf(id)),
    subscriptionsByTopic: (topic: string) => promised(() => sessions.matching(topic)),
    // A clean start, or the end of a session: everything of it goes.
    cleanSubscriptions: ({ id }: ById) => promised(() => forget(id)),

    outgoingEnqueue: ({ clientId }: { clientId: string }, packet: HeldPacket) =>
      promised(() => sessions.enqueue([{ clientId, qos: 2, retainAsPublished: true, identifiers: [] }], packet)),
    outgoingEnqueueCombi: (takers: readonly Taker[], packet: HeldPacket) =>
      promised(() => sessions.enqueue(takers, packet)),
    outgoingUpdate: ({ id }: ById, packet: HeldPacket) =>
      promised(() => found(sessions.queueOf(id)?.update(packet) === true)),
    outgoingClearMessageId: ({ id }: ById, { messageId }: HeldPacket) =>
      promised(() => sessions.queueOf(id)?.settle(messageId)),
    outgoingStream: ({ id }: ById) => Readable.from(sessions.queueOf(id)?.all() ?? []),

    incomingStorePacket: ({ id }: ById, packet: HeldPacket) => promised(() => incoming.keep(id, packet)),
    incomingGetPacket: ({ id }: ById, { messageId }: HeldPacket) =>
      promised(() => found(messageId !== undefined && incoming.has(id, messageId))),
    incomingDelPacket: ({ id }: ById, { messageId }: HeldPacket) => promised(() => incoming.remove(id, messageId)),

    putWill: ({ id }: ById, will: Will) => promised(() => wills.keep(id, Object.assign(will, { brokerId }))),
    getWill: ({ id }: ById) => promised(() => wills.find(id)),
    delWill: ({ id }: ById) => promised(() => wills.remove(id)),
    // Those of other brokers, of which there are none.
    streamWill: () => Readable.from([]),
  }
}

/** Calls `act` at once and answers a promise; an exception rejects it. */
const promised = <T>(act: () => T): Promise<T> => new Promise((resolve) => resolve(act()))

/** aedes expects an exception where a packet is unknown. */
const found = (isKnown: boolean): true => {
  if (!isKnown) throw new Error('no such packet')
  return true
}

export type LocalBrokerStore = ReturnType<typeof createLocalBrokerStore>
