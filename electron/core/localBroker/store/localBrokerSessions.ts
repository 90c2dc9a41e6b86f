import type { Qos } from '#shared/model/qos'
import { createFilterTrie, type FilterTrie } from '#shared/mqtt/filterTrie'
import { bytesOfFilter, type LedgerAccount } from '../localBrokerLedger'
import type { StoreParts } from '../localBrokerLimits'
import { keptMessage, type HeldPacket } from './localBrokerMessage'
import { createQueue, type Queue } from './localBrokerQueue'

/** A subscription as aedes writes it; `rap`, `rh` and `nl` are the options of MQTT 5 §3.8.3.1. */
export interface KeptSubscription {
  readonly topic: string
  readonly qos: Qos
  readonly rh?: number
  readonly rap?: boolean
  readonly nl?: boolean
  readonly subscriptionIdentifier?: number
}

/** A session that a message is for: one copy, whatever number of its filters match (MQTT 5 §3.3.4). */
export interface Taker {
  readonly clientId: string
  readonly qos: Qos
  readonly retainAsPublished: boolean
  readonly identifiers: readonly number[]
  /** One of the filters: aedes asks whether it begins with a wildcard. */
  readonly topic?: string
}

interface Session {
  readonly subscriptions: Map<string, KeptSubscription>
  readonly queue: Queue
  readonly account: LedgerAccount
}

type Match = readonly [clientId: string, subscription: KeptSubscription]

/** The properties with these subscription identifiers and no others. */
export const withIdentifiers = (properties: HeldPacket['properties'], identifiers: readonly number[]) => {
  const { subscriptionIdentifier: _sender, ...others } = properties ?? {}
  if (identifiers.length === 0) return properties && others
  return { ...others, subscriptionIdentifier: [...identifiers] }
}

const copyFor = ({ qos, retainAsPublished, identifiers }: Taker, packet: HeldPacket): HeldPacket => {
  const properties = withIdentifiers(packet.properties, identifiers)
  const { properties: _before, ...others } = packet
  return {
    ...others,
    qos: packet.qos < qos ? packet.qos : qos,
    retain: packet.retain && retainAsPublished,
    ...(properties && { properties }),
  }
}

/** The sessions that outlive their connections: their filters, and the messages that wait for them. */
export const createSessions = ({ ledger, limits, onRefused }: StoreParts) => {
  const sessions = new Map<string, Session>()
  let trie: FilterTrie<Match> | null = null
  const added = new WeakSet<readonly KeptSubscription[]>()

  const opened = (id: string): Session => {
    const known = sessions.get(id)
    if (known) return known
    const account = ledger.open()
    const session: Session = { subscriptions: new Map(), queue: createQueue(account, limits), account }
    sessions.set(id, session)
    return session
  }
  const matching = (topic: string): Taker[] => {
    trie ??= createFilterTrie(
      [...sessions].flatMap(([id, { subscriptions }]) =>
        [...subscriptions.values()].map((subscription) => [subscription.topic, [id, subscription] as Match] as const),
      ),
    )
    return mergedByClient(trie.matching(topic.split('/')).filter(([, { qos }]) => qos > 0))
  }

  return {
    count: () => sessions.size,
    has: (id: string) => sessions.has(id),
    matching,
    add: (id: string, list: readonly KeptSubscription[]): void => {
      // aedes asks once for each filter of the list.
      if (added.has(list)) return
      added.add(list)
      const session = opened(id)
      for (const subscription of list) {
        if (!session.subscriptions.has(subscription.topic)) session.account.note(bytesOfFilter(subscription.topic))
        session.subscriptions.set(subscription.topic, { ...subscription })
      }
      trie = null
    },
    remove: (id: string, filters: readonly string[]): void => {
      const session = sessions.get(id)
      for (const filter of filters) {
        if (session?.subscriptions.delete(filter)) session.account.give(bytesOfFilter(filter))
      }
      trie = null
    },
    subscriptionsOf: (id: string): KeptSubscription[] => [...(sessions.get(id)?.subscriptions.values() ?? [])],
    forget: (id: string): void => {
      sessions.get(id)?.account.close()
      sessions.delete(id)
      trie = null
    },
    enqueue: (takers: readonly Taker[], packet: HeldPacket): void => {
      if (takers.length === 0) return
      const kept = keptMessage(packet)
      for (const taker of takers) {
        if (!opened(taker.clientId).queue.add(copyFor(taker, kept))) onRefused('queue')
      }
    },
    /** What waits for a session, if there is one. */
    queueOf: (id: string): Queue | undefined => sessions.get(id)?.queue,
  }
}

const mergedByClient = (matches: readonly Match[]): Taker[] => {
  const takers = new Map<string, Taker>()
  for (const [clientId, { topic, qos, rap, subscriptionIdentifier }] of matches) {
    const known = takers.get(clientId)
    takers.set(clientId, {
      clientId,
      topic,
      qos: known && known.qos > qos ? known.qos : qos,
      retainAsPublished: rap === true || known?.retainAsPublished === true,
      identifiers: [
        ...(known?.identifiers ?? []),
        ...(subscriptionIdentifier === undefined ? [] : [subscriptionIdentifier]),
      ],
    })
  }
  return [...takers.values()]
}
