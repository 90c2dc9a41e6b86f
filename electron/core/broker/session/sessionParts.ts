import { flags } from '#shared/model/frame'
import type { Subscription } from '#shared/model/subscription'
import type { ConnectionInbox } from '../inbox/connectionInbox'
import type { InboxMessage } from '../inbox/frameWriter'
import type { Acknowledgement, Connack, ControlPacket } from '../packets/controlPacket'
import type { OpenConnectionParts } from '../connecting/openConnection'
import type { ConnectionFailure } from '#shared/model/failure'
import type { AppError } from '#shared/result'
import { createCloseReason, type CloseReason } from './closeReason'
import { createDeliveryRecords } from '../publishing/deliveryRecords'
import { createOutgoingMessages } from '../publishing/outgoingMessages'
import { createOverlapCopies } from '../delivery/overlapCopies'
import { createStoredMessages, type StoredMessages } from '../delivery/storedMessages'
import { createPacketIds } from '../transport/packetIds'
import type { Online } from './onlineState'
import { createSubscriptionList, type SubscriptionList } from '../subscriptions/subscriptionList'
import type { Transport } from '../transport/transport'

export interface SessionPartsOptions {
  readonly inbox: ConnectionInbox
  /** The steady time. */
  readonly now: () => number
  readonly firstIdentifier: number
  /** Subscriptions or held messages are other ones. */
  readonly onChange: () => void
  readonly onViolation: (error: AppError) => void
  readonly onNotice: (notice: AppError) => void
}

/** Every message that arrives, in wire order. */
const takeMessage =
  (inbox: ConnectionInbox, copies: ReturnType<typeof createOverlapCopies>, stored: StoredMessages) =>
  (message: InboxMessage): void => {
    const filters = inbox.filtersFor(message.topic)
    if (copies.isCopy(message, filters)) inbox.addCopy(message)
    else inbox.add(message, stored.isStored(message, filters) ? flags.stored : 0)
  }

/** What a connection reads is a sign that the server took what was sent before. */
const countBytes =
  (inbox: ConnectionInbox, closeReason: CloseReason) =>
  (bytesIn: number, bytesOut: number): void => {
    if (bytesIn > 0) closeReason.noteRead()
    inbox.countBytes(bytesIn, bytesOut)
  }

/** Tells the inbox which filters messages count for. */
const createFilterCounting = (inbox: ConnectionInbox, subscriptions: SubscriptionList) => {
  let told = ''
  const tellInbox = () =>
    inbox.setSubscriptions(subscriptions.counted(), {
      refused: subscriptions.refused(),
      filterOf: subscriptions.filterOf,
    })
  return {
    tellInbox,
    /** What another filter brings must not count for one the server refused; what it did not take back still counts. */
    countWithoutRefused: () => {
      const found = JSON.stringify([subscriptions.refused(), subscriptions.leftovers()])
      if (found === told) return
      told = found
      tellInbox()
    },
  }
}

/** Whether it tells of a message of ours. */
const isOfOurs = (packet: ControlPacket): packet is Acknowledgement =>
  packet.type === 'puback' || packet.type === 'pubrec' || packet.type === 'pubcomp'

/** What a session keeps from one network connection to the next (MQTT 5 §4.1), and how a connection uses it. */
export const createSessionParts = (options: SessionPartsOptions) => {
  const { inbox, onChange, onViolation } = options
  const packetIds = createPacketIds()
  const unreleased = new Set<number>()
  const records = createDeliveryRecords()
  const outgoing = createOutgoingMessages({ packetIds, onViolation, onHeld: onChange })
  const subscriptions = createSubscriptionList({
    ...options,
    onChange: () => {
      countWithoutRefused()
      onChange()
    },
    onSubscribe: (asked) => stored.ask(asked),
    onSubscribed: (filter, at) => stored.grant(filter, at),
    onAsked: (identifier) => copies.expect(identifier),
    onGranted: (identifier) => copies.begin(identifier),
    onLeft: (filter) => copies.leave(filter),
  })
  const closeReason = createCloseReason({ outgoing, subscriptions })
  const copies = createOverlapCopies(subscriptions)
  const stored = createStoredMessages(subscriptions.filterOf)
  const { tellInbox, countWithoutRefused } = createFilterCounting(inbox, subscriptions)

  const onControl = (packet: ControlPacket, isSessionPresent: (connack: Connack) => boolean) => {
    if (packet.type === 'connack' && !isSessionPresent(packet)) unreleased.clear()
    if (isOfOurs(packet)) outgoing.onAcknowledgement(packet)
    if (packet.type === 'suback' || packet.type === 'unsuback') subscriptions.noteAnswer(packet.type)
  }

  return {
    outgoing,
    records,
    facts: () => ({ subscriptions: subscriptions.statuses(), heldMessages: outgoing.heldMessages() }),
    setSubscriptions: (wanted: readonly Subscription[]): void => {
      subscriptions.apply(wanted)
      tellInbox()
    },
    tryAnyway: (subscriptionId: string): void => {
      const found = subscriptions.statuses().find(({ subscription }) => subscription.id === subscriptionId)
      if (!found) return
      subscriptions.insist(found.subscription.filter)
      countWithoutRefused()
      onChange()
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
        onBytes: countBytes(inbox, closeReason),
        onControl: (packet) => onControl(packet, isSessionPresent),
      } satisfies Partial<OpenConnectionParts>
    },
    /** The server accepted: what is owed is sent again, and the filters are. Answers how many messages are owed. */
    begin: (transport: Transport, online: Online, wantsIdentifiers: boolean): number => {
      const { sessionPresent, limits, protocolVersion } = online
      const isCareful = closeReason.begin()
      const owed = outgoing.begin(transport, { receiveMaximum: limits.receiveMaximum, sessionPresent, protocolVersion })
      subscriptions.begin(transport, { sessionPresent, limits, isVersion5: protocolVersion === '5', wantsIdentifiers })
      countWithoutRefused()
      // Filters first: they are what a message that is closed on must not stand in the way of.
      if (isCareful) void subscriptions.settled().then(() => outgoing.proceed(transport))
      return owed
    },
    /**
     * The connection ended; `keeps` = the session may be taken up again. Answers why, with what we sent that it may be the
     * answer to; null = it was closed from here.
     */
    end: (failure: ConnectionFailure | null, keeps: boolean): ConnectionFailure | null => {
      const explained = failure && closeReason.explain(failure, keeps)
      outgoing.end(keeps)
      subscriptions.end()
      return explained
    },
    /** Another server or client id: nothing of the old session holds there. */
    forgetServerSession: (): void => {
      outgoing.end(false)
      subscriptions.forgetDoubts()
      unreleased.clear()
      packetIds.clear()
    },
  }
}
