// Why it is so: build/docs/decisions/24-a-close-is-blamed-only-by-evidence.md
import type { ConnectionFailure } from '#shared/model/failure'
import type { ErrorCode } from '#shared/result'
import { brief } from '../brief'
import { blameFor, type SentPacket } from '../connecting/closeBlame'
import { explainFailure } from '../connecting/explainFailure'
import type { OutgoingMessage } from '../publishing/outgoingMessage'
import type { OutgoingMessages } from '../publishing/outgoingMessages'
import type { SubscriptionList } from '../subscriptions/subscriptionList'

type Source =
  | { readonly kind: 'message'; readonly message: OutgoingMessage }
  | { readonly kind: 'filter'; readonly filter: string }
type Sent = SentPacket<Source>

export interface CloseReasonParts {
  readonly outgoing: OutgoingMessages
  readonly subscriptions: SubscriptionList
}

/**
 * Decides whether a server ended the connection because of a packet of ours. A packet that may have been the cause is
 * suspect: it is sent again alone and last. One that was the cause twice is held back until a person sends it.
 */
export interface CloseReason {
  noteRead(): void
  /** A connection begins; answers whether there are suspects. */
  begin(): boolean
  /**
   * The failure with the packet that is to blame for it, if one is. To be called before the other parts learn of the end.
   * `keeps` = the session may be resumed.
   */
  explain(failure: ConnectionFailure, keeps: boolean): ConnectionFailure
}

export const createCloseReason = ({ outgoing, subscriptions }: CloseReasonParts): CloseReason => {
  let lastReadAt = 0
  let isCareful = false

  const isSuspect = ({ source }: Sent) =>
    source.kind === 'message' ? outgoing.isSuspect(source.message) : subscriptions.isSuspect(source.filter)

  const suspect = (sent: readonly Sent[]) => {
    for (const { packet, source } of sent) {
      if (source.kind === 'message') outgoing.suspect([source.message])
      else if (packet === 'SUBSCRIBE') subscriptions.suspect(source.filter)
    }
  }

  const hold = ({ source }: Sent) => {
    if (source.kind === 'message') outgoing.hold(source.message)
    else subscriptions.holdFromNow(source.filter)
  }

  /** Answers whether the packet was blamed the second time: then it is held back. */
  const settle = (blamed: Sent, suspects: readonly Sent[], keeps: boolean): boolean => {
    const mayComeAgain = suspects.includes(blamed) && blamed.packet !== 'UNSUBSCRIBE'
    const isSecond = mayComeAgain && isSuspect(blamed) && (keeps || blamed.source.kind === 'filter')
    suspect(suspects.filter((one) => (keeps || one.source.kind === 'filter') && !(isSecond && one === blamed)))
    if (isSecond) hold(blamed)
    return isSecond
  }

  const evidence = (reason: ConnectionFailure) => {
    const { numbered, last } = outgoing.unanswered()
    const filters = subscriptions
      .unanswered()
      .map(({ packet, filter, qos, size, at }): Sent => ({ packet, qos, size, at, source: { kind: 'filter', filter } }))
    return {
      reason,
      numbered: [...numbered.map(sentMessage), ...filters],
      unnumbered: last && {
        ...sentMessage(last.message),
        count: last.count,
      },
      now: performance.now(),
      lastReadAt,
      isCareful,
    }
  }

  return {
    noteRead: () => {
      lastReadAt = performance.now()
      outgoing.noteRead()
    },
    begin: () => {
      isCareful = outgoing.hasSuspects() || subscriptions.hasSuspects()
      return isCareful
    },
    explain: (failure, keeps) => {
      if (failure.stage !== 'online') return failure
      const found = blameFor(evidence(failure))
      if (!found) return failure
      const { blamed, others, suspects } = found
      const isHeld = settle(blamed, suspects, keeps)
      const { source, packet, qos, size } = blamed
      const name = source.kind === 'message' ? source.message.topic : source.filter
      if (source.kind === 'message' && qos === 0) source.message.closedAfter()
      const isAgain = source.kind === 'message' && keeps && qos !== 0
      const code: ErrorCode = source.kind === 'message' ? 'closedAfterPublish' : 'closedAfterSubscribe'
      const values = {
        packet,
        topic: brief(name),
        qos: qos ?? 0,
        size,
        others,
        how: howOf(failure),
        reason: failure.values?.['reason'] ?? '',
        next: isHeld ? 'held' : isAgain ? 'again' : 'none',
        ...(source.kind === 'message' ? { sequence: source.message.sequence } : { filter: name }),
      }
      const { reasonCode, technical: message, stage, tried } = failure
      return explainFailure({ code, message, values, ...(reasonCode !== undefined && { reasonCode }) }, stage, tried)
    },
  }
}

const sentMessage = (message: OutgoingMessage): Sent => ({
  packet: message.isReceived ? 'PUBREL' : 'PUBLISH',
  qos: message.qos,
  size: message.isReceived ? 4 : message.packet.bytes.length,
  at: message.writtenAt,
  source: { kind: 'message', message },
})

const howOf = ({ code }: ConnectionFailure): string => {
  if (code === 'serverDisconnected') return 'said'
  return code === 'connectionReset' ? 'reset' : 'closed'
}
