// Why it is so: build/docs/decisions/41-retained-messages-have-a-connection-of-their-own.md
import { newClientId, type Profile, type Secrets } from '#shared/model/profile'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { WireMessage } from '../broker/message/wireMessage'
import type { SkippedPublish } from '../broker/packets/publishSkipper'
import { onlineState, type Online } from '../broker/session/onlineState'
import { createRedeliveries } from '../broker/delivery/redeliveries'
import { openConnection } from '../broker/connecting/openConnection'
import { createOutgoingMessages, type OutgoingMessages } from '../broker/publishing/outgoingMessages'
import { createPacketIds } from '../broker/transport/packetIds'
import { createTopicTable } from '../broker/message/topicTable'
import type { OpenTransport, Receiver, Transport } from '../broker/transport/transport'

/** How a session that is online was made; its secrets stay in the main process. */
export interface MadeWith {
  readonly profile: Profile
  readonly secrets: Secrets
}

export interface ShortConnectionParts extends MadeWith {
  readonly openTransport: OpenTransport
  readonly maximumPacketSize: number
  /** The steady time: nothing here is told as wall time. */
  readonly now: () => number
  /** Gets a line for every control packet; null = that was not asked for. */
  readonly debug: ((line: string) => void) | null
  /** The object is filled anew for each message. */
  readonly onMessage: (message: WireMessage) => void
  /** A message that is too large to be taken. */
  readonly onSkipped?: (skipped: SkippedPublish) => void
  /** Once, when it ended without being asked to. */
  readonly onLost: (reason: AppError) => void
}

export interface ShortConnection {
  readonly transport: Transport
  readonly online: Online
  readonly outgoing: OutgoingMessages
  close(): Promise<void>
}

/** The profile for a second connection without effects: another client id, a clean session, no will. */
const shortProfile = (profile: Profile): Profile => ({
  ...profile,
  clientId: newClientId(),
  cleanStart: true,
  sessionExpirySeconds: 0,
  will: { ...profile.will, enabled: false },
  subscriptions: [],
})

/** A connection beside the session's, which it cannot disturb. Fails with why connecting did. */
export const openShortConnection = (parts: ShortConnectionParts): Promise<Result<ShortConnection>> => {
  const { secrets, openTransport, maximumPacketSize, now, debug } = parts
  const profile = shortProfile(parts.profile)
  const packetIds = createPacketIds()
  const outgoing = createOutgoingMessages({ packetIds, onViolation: () => undefined, onHeld: () => undefined })
  let isOpen = false
  return new Promise((resolve) => {
    const connection = openConnection(
      {
        profile,
        secrets,
        openTransport,
        maximumPacketSize,
        packetIds,
        debug,
        receiver: receiverFor(parts, outgoing),
        clock: {
          wall: now,
          shiftOf: () => 0,
        },
        onPing: () => undefined,
        onOnline: (connack) => {
          const { opened, transport } = connection
          if (!opened || !transport) return
          isOpen = true
          const online = onlineState({
            connack,
            opened,
            profile,
            since: now(),
          })
          const { protocolVersion, limits } = online
          outgoing.begin(transport, {
            receiveMaximum: limits.receiveMaximum,
            sessionPresent: false,
            protocolVersion,
          })
          resolve(
            ok({
              transport,
              online,
              outgoing,
              close: () => connection.close(),
            }),
          )
        },
      },
      (reason) => {
        if (!isOpen) resolve(reason ? { ok: false, error: reason } : fail('cancelled', 'It was ended.'))
        else if (reason) parts.onLost(reason)
        // After `onLost`: whoever is told of a lost message then knows already that the connection has ended.
        outgoing.end(false)
      },
    )
  })
}

const receiverFor = ({ onMessage, onSkipped }: ShortConnectionParts, outgoing: OutgoingMessages): Receiver => {
  const redeliveries = createRedeliveries()
  return {
    topics: createTopicTable(),
    receive: (message) => {
      if (!redeliveries.isRedelivery(message)) onMessage(message)
    },
    skip: (skipped) => {
      if (!redeliveries.isRedelivery(skipped)) onSkipped?.(skipped)
    },
    control: (packet) => {
      if (packet.type === 'puback' || packet.type === 'pubrec' || packet.type === 'pubcomp')
        outgoing.onAcknowledgement(packet)
      if (packet.type === 'pubrel') redeliveries.release(packet.packetId)
    },
    countBytes: () => undefined,
  }
}
