import { flags } from '#shared/model/frame'
import type { Subscription } from '#shared/model/subscription'
import type { ConnectionInbox } from './inbox/connectionInbox'
import type { InboxMessage } from './inbox/frameWriter'
import type { Connack, ControlPacket } from './packets/controlPacket'
import type { OpenConnectionParts } from './connecting/openConnection'
import { createOutgoingMessages } from './publishing/outgoingMessages'
import { createOverlapCopies } from './delivery/overlapCopies'
import { createStoredMessages, type StoredMessages } from './delivery/storedMessages'
import { createPacketIds } from './publishing/packetIds'
import type { Online } from './onlineState'
import { createSubscriptionList } from './subscriptionList'
import type { Transport } from './transport'

export interface SessionPartsOptions {
  readonly inbox: ConnectionInbox
  /** The steady time. */
  readonly now: () => number
  readonly firstIdentifier: number
  readonly onSubscriptions: () => void
}

type Acknowledgement = Extract<ControlPacket, { type: 'puback' | 'pubrec' | 'pubcomp' }>

const isAcknowledgement = (packet: ControlPacket): packet is Acknowledgement =>
  packet.type === 'puback' || packet.type === 'pubrec' || packet.type === 'pubcomp'

/** Every message that arrives, in wire order. */
const takeMessage =
  (inbox: ConnectionInbox, copies: ReturnType<typeof createOverlapCopies>, stored: StoredMessages) =>
  (message: InboxMessage): void => {
    const filters = inbox.filtersFor(message.topic)
    if (copies.isCopy(message, filters)) inbox.addCopy(message)
    else inbox.add(message, stored.isStored(message, filters) ? flags.stored : 0)
  }

/** What a session keeps from one network connection to the next (MQTT 5 §4.1), and how a connection uses it. */
export const createSessionParts = ({ inbox, now, firstIdentifier, onSubscriptions }: SessionPartsOptions) => {
  const packetIds = createPacketIds()
  const unreleased = new Set<number>()
  const outgoing = createOutgoingMessages(packetIds)
  const subscriptions = createSubscriptionList({
    now,
    firstIdentifier,
    onChange: () => {
      countWithoutRefused()
      onSubscriptions()
    },
    onSubscribe: (asked) => stored.ask(asked),
    onSubscribed: (filter, at) => stored.grant(filter, at),
    onAsked: (identifier) => copies.expect(identifier),
    onGranted: (identifier) => copies.begin(identifier),
    onLeft: (filter) => copies.leave(filter),
  })
  const copies = createOverlapCopies(subscriptions)
  const stored = createStoredMessages(subscriptions.filterOf)
  let list: readonly Subscription[] = []
  let refused: readonly string[] = []

  const tellInbox = () => inbox.setSubscriptions(list, { refused, filterOf: subscriptions.filterOf })
  /** What another filter brings must not count for one the server refused. */
  const countWithoutRefused = () => {
    const found = subscriptions.refused()
    if (found.length === refused.length && found.every((filter, index) => filter === refused[index])) return
    refused = found
    tellInbox()
  }

  return {
    outgoing,
    statuses: subscriptions.statuses,
    setSubscriptions: (wanted: readonly Subscription[]): void => {
      list = wanted
      tellInbox()
      subscriptions.apply(list)
      countWithoutRefused()
    },
    tryAnyway: (subscriptionId: string): void => {
      const found = list.find(({ id }) => id === subscriptionId)
      if (!found) return
      subscriptions.insist(found.filter)
      countWithoutRefused()
      onSubscriptions()
    },
    forConnection: (isSessionPresent: (connack: Connack) => boolean) => {
      copies.reset()
      return {
        topics: inbox.topics,
        unreleased,
        packetIds,
        onMessage: takeMessage(inbox, copies, stored),
        onRepetition: inbox.countRepetition,
        onSkipped: inbox.skip,
        onBytes: inbox.countBytes,
        onControl: (packet) => {
          if (packet.type === 'connack' && !isSessionPresent(packet)) unreleased.clear()
          if (isAcknowledgement(packet)) outgoing.onAcknowledgement(packet)
        },
      } satisfies Partial<OpenConnectionParts>
    },
    /** The server accepted: what is owed is sent again, and the filters are. Answers how many messages are owed. */
    begin: (transport: Transport, online: Online, wantsIdentifiers: boolean): number => {
      const { sessionPresent, limits, protocolVersion } = online
      const owed = outgoing.begin(transport, { receiveMaximum: limits.receiveMaximum, sessionPresent })
      subscriptions.begin(transport, { sessionPresent, limits, isVersion5: protocolVersion === '5', wantsIdentifiers })
      countWithoutRefused()
      return owed
    },
    /** The connection ended; `keeps` = the session may be taken up again. */
    end: (keeps: boolean): void => {
      outgoing.end(keeps)
      subscriptions.end()
    },
    /** Another server or client id: nothing of the old session holds there. */
    forgetServerSession: (): void => {
      outgoing.end(false)
      unreleased.clear()
      packetIds.clear()
    },
  }
}
