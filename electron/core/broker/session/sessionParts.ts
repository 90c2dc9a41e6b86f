import type { ConnectionFailure } from '#shared/model/failure'
import type { Subscription } from '#shared/model/subscription'
import type { AppError } from '#shared/result'
import { createDelivery } from '../delivery/delivery'
import type { ConnectionInbox } from '../inbox/connectionInbox'
import { createLatestPayloads, type LatestPayloads } from '../inbox/latestPayloads'
import type { ConnectionFaults } from '../faults/connectionFaults'
import type { PacketRecorder } from '../packetLog/packetRecorder'
import type { Connack } from '../packets/controlPacket'
import { createDeliveryRecords, type DeliveryRecords } from '../publishing/deliveryRecords'
import { createOutgoingMessages, type OutgoingMessages } from '../publishing/outgoingMessages'
import { createSubscriptionIdentifiers } from '../subscriptions/subscriptionIdentifiers'
import { createOwnFilters, type OwnFilters } from '../subscriptions/ownFilters'
import { createSubscriptionList, type SubscriptionList } from '../subscriptions/subscriptionList'
import { createPacketIds, type PacketIds } from '../transport/packetIds'
import type { Receiver, Transport } from '../transport/transport'
import { createCloseReason } from './closeReason'
import { createHeardMessages, type HeardMessages } from './heardMessages'
import type { Online } from './onlineState'
import { createSessionReceiver } from './sessionReceiver'
import type { SessionFacts } from './sessionStatus'

export interface SessionPartsOptions {
  readonly inbox: ConnectionInbox
  /** The steady time. */
  readonly now: () => number
  readonly firstIdentifier: number
  readonly recorder: PacketRecorder
  readonly faults: ConnectionFaults
  /** Called when subscriptions or held messages changed. */
  readonly onChange: () => void
  readonly onViolation: (error: AppError) => void
  readonly onNotice: (notice: AppError) => void
}

/** What a session keeps from one network connection to the next (MQTT 5 §4.1), and how a connection uses it. */
export interface SessionParts {
  readonly outgoing: OutgoingMessages
  readonly records: DeliveryRecords
  readonly latest: LatestPayloads
  readonly packetIds: PacketIds
  readonly heard: HeardMessages
  readonly ownFilters: OwnFilters
  facts(): Omit<SessionFacts, 'challenge'>
  setSubscriptions(wanted: readonly Subscription[]): void
  /** Sends a filter that is held back, or another UNSUBSCRIBE for one that the server did not remove. */
  sendHeldBack(subscriptionId: string): void
  /** For the next connection. */
  receiver(isSessionPresent: (connack: Connack) => boolean): Receiver
  /** The server accepted: unacknowledged messages and all filters are sent. Answers how many messages are sent again. */
  begin(transport: Transport, online: Online, wantsIdentifiers: boolean): number
  /**
   * The connection ended; `keeps` = the session may be resumed. Answers the failure, with the packet of ours that is to
   * blame for it, if one is; null = we closed it.
   */
  end(failure: ConnectionFailure | null, keeps: boolean): ConnectionFailure | null
  /** Another server or client id: the state of the old session does not apply there. */
  forgetServerSession(): void
}

export const createSessionParts = (options: SessionPartsOptions): SessionParts => {
  const { inbox, now, onChange, onViolation, onNotice } = options
  const packetIds = createPacketIds()
  const latest = createLatestPayloads()
  const records = createDeliveryRecords()
  const outgoing = createOutgoingMessages({ packetIds, onViolation, onHeld: onChange })
  const identifiers = createSubscriptionIdentifiers(options.firstIdentifier)
  const delivery = createDelivery({
    matching: inbox.matching,
    filterOf: identifiers.filterOf,
    bringsAll: (filter) => subscriptions.bringsAll(filter),
    isSettled: () => subscriptions.isSettled(),
  })
  const { copies, stored } = delivery
  const tellFilters = oncePerTurn(onChange)
  const onFilters = () => {
    counting.countWithoutRefused()
    ownFilters.check()
    tellFilters()
  }
  const subscriptions = createSubscriptionList({ now, identifiers, copies, stored, onChange: onFilters, onNotice })
  const counting = createFilterCounting(inbox, subscriptions)
  const ownFilters = createOwnFilters({
    stateOf: subscriptions.stateOf,
    onChange: () => {
      subscriptions.applyOwn(ownFilters.list())
      counting.tellInbox()
    },
  })
  const heard = createHeardMessages(inbox.matching.filtersFor)
  const closeReason = createCloseReason({ outgoing, subscriptions })

  return {
    outgoing,
    records,
    latest,
    packetIds,
    heard,
    ownFilters,
    facts: () => ({ subscriptions: subscriptions.statuses(), heldMessages: outgoing.heldMessages() }),
    setSubscriptions: (wanted) => {
      subscriptions.apply(wanted)
      counting.tellInbox()
    },
    sendHeldBack: (subscriptionId) => {
      const found = subscriptions.statuses().find(({ subscription }) => subscription.id === subscriptionId)
      if (!found) return
      subscriptions.sendHeldBack(found.subscription.filter)
      onFilters()
    },
    receiver: (isSessionPresent) => {
      copies.reset()
      const { recorder, faults } = options
      const told = { inbox, latest, heard, delivery, outgoing, subscriptions, closeReason, recorder, faults }
      return createSessionReceiver({ ...told, isSessionPresent })
    },
    begin: (transport, { sessionPresent, limits, protocolVersion }, wantsIdentifiers) => {
      const isCareful = closeReason.begin()
      const owed = outgoing.begin(transport, { receiveMaximum: limits.receiveMaximum, sessionPresent, protocolVersion })
      subscriptions.begin(transport, { sessionPresent, limits, isVersion5: protocolVersion === '5', wantsIdentifiers })
      counting.countWithoutRefused()
      // Filters first: a message on which the server closes must not keep them from being sent.
      if (isCareful) void subscriptions.settled().then(() => outgoing.proceed(transport))
      return owed
    },
    end: (failure, keeps) => {
      const explained = failure && closeReason.explain(failure, keeps)
      outgoing.end(keeps)
      subscriptions.end()
      ownFilters.end()
      return explained
    },
    forgetServerSession: () => {
      outgoing.end(false)
      subscriptions.forgetSuspects()
      delivery.redeliveries.forget()
      packetIds.freeAllButKept()
    },
  }
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
    /**
     * Tells the inbox when filters were refused or not removed: a refused filter counts no messages, and one that the
     * server still has does.
     */
    countWithoutRefused: () => {
      const found = JSON.stringify([subscriptions.refused(), subscriptions.leftovers()])
      if (found === told) return
      told = found
      tellInbox()
    },
  }
}

/** With hundreds of filters as many SUBACKs come in one piece, and what the window is told names every filter. */
const oncePerTurn = (act: () => void): (() => void) => {
  let isComing = false
  return () => {
    if (isComing) return
    isComing = true
    setImmediate(() => {
      isComing = false
      act()
    })
  }
}
