// Why it is so: build/docs/decisions/41-retained-messages-have-a-connection-of-their-own.md
import type { ConnectionFailure } from '#shared/model/failure'
import { newClientId, type Profile, type Secrets } from '#shared/model/profile'
import { fail, ok, type Result } from '#shared/result'
import type { WireMessage } from '../message/wireMessage'
import type { SkippedPublish } from '../packets/publishSkipper'
import { onlineState, type Online } from './onlineState'
import { createRedeliveries } from '../delivery/redeliveries'
import type { ConnectOptions } from '../connecting/clientOptions'
import { openConnection } from '../connecting/openConnection'
import type { OpenedStream } from '../connecting/openStream'
import type { PacketRecorder } from '../packetLog/packetRecorder'
import { createOutgoingMessages, type OutgoingMessages } from '../publishing/outgoingMessages'
import { createPacketIds } from '../transport/packetIds'
import { createTopicTable } from '../message/topicTable'
import type { OpenTransport, Receiver, Transport } from '../transport/transport'

/** How a session that is online was made; its secrets stay in the main process. */
export interface MadeWith {
  readonly profile: Profile
  readonly secrets: Secrets
}

export interface ShortConnectionParts extends MadeWith {
  /** Default: one that nobody else has. */
  readonly clientId?: string
  /** Which session of the server it has; default: a clean one that ends with it. */
  readonly session?: Pick<Profile, 'cleanStart' | 'sessionExpirySeconds'>
  /** What the server publishes when it ends without DISCONNECT; default: nothing. */
  readonly will?: ConnectOptions['will'] | undefined
  /** Ends it, whatever it is doing. */
  readonly signal?: AbortSignal
  readonly openTransport: OpenTransport
  readonly maximumPacketSize: number
  /** The steady time: nothing here is told as wall time. */
  readonly now: () => number
  /** Gets a line for every control packet; null = that was not asked for. */
  readonly debug: ((line: string) => void) | null
  /** Gets every packet, and the steps around them; default: nobody looks at them. */
  readonly recorder?: PacketRecorder | undefined
  /** What was opened of a connection that was not accepted, before the failure is told; null = nothing was. */
  readonly onNotAccepted?: (opened: OpenedStream | null) => void
  /** The object is filled anew for each message. */
  readonly onMessage: (message: WireMessage) => void
  /** A message that is too large to be taken. */
  readonly onSkipped?: (skipped: SkippedPublish) => void
  /** Once, when it ended without being asked to. */
  readonly onLost: (reason: ConnectionFailure) => void
}

export interface ShortConnection {
  readonly transport: Transport
  readonly online: Online
  readonly outgoing: OutgoingMessages
  /** Round trip of a PINGREQ in milliseconds; null = the connection ended first. */
  ping(): Promise<number | null>
  close(): Promise<void>
  /** Ends it without DISCONNECT, as a failure would; `onLost` is called. */
  cut(): void
}

/** A connection beside the session's, which it cannot disturb. Fails with why connecting did. */
export const openShortConnection = (parts: ShortConnectionParts): Promise<Result<ShortConnection>> => {
  const { secrets, openTransport, maximumPacketSize, now, debug } = parts
  const profile = shortProfile(parts)
  const packetIds = createPacketIds()
  const outgoing = createOutgoingMessages({ packetIds, onViolation: () => undefined, onHeld: () => undefined })
  const pings = createPings()
  let isOpen = false
  return new Promise((resolve) => {
    const onAbort = () => void connection.close()
    const connection = openConnection(
      {
        profile,
        secrets,
        ...(parts.will && { will: parts.will }),
        openTransport,
        maximumPacketSize,
        packetIds,
        debug,
        ...(parts.recorder && { recorder: parts.recorder }),
        receiver: receiverFor(parts, { outgoing, pings }),
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
              ping: () => pings.send(transport),
              close: () => connection.close(),
              cut: () => transport.fail(wasCut),
            }),
          )
        },
      },
      (reason) => {
        parts.signal?.removeEventListener('abort', onAbort)
        if (!isOpen) parts.onNotAccepted?.(connection.opened)
        if (!isOpen) resolve(reason ? { ok: false, error: reason } : fail('cancelled', 'It was ended.'))
        else if (reason) parts.onLost(reason)
        // After `onLost`: whoever is told of a lost message then knows already that the connection has ended.
        outgoing.end(false)
        pings.end()
      },
    )
    parts.signal?.addEventListener('abort', onAbort, { once: true })
  })
}

const wasCut = fail('connectionClosed', 'The connection was cut on purpose.').error

const cleanSession = { cleanStart: true, sessionExpirySeconds: 0 }

/** The profile for a second connection without effects: a client id of its own, by default a clean session, no will. */
const shortProfile = ({
  profile,
  clientId = newClientId(),
  session = cleanSession,
}: ShortConnectionParts): Profile => ({
  ...profile,
  clientId,
  freshClientId: false,
  ...session,
  will: { ...profile.will, enabled: false },
  subscriptions: [],
})

interface Answered {
  readonly outgoing: OutgoingMessages
  readonly pings: Pings
}

const receiverFor = ({ onMessage, onSkipped }: ShortConnectionParts, { outgoing, pings }: Answered): Receiver => {
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
      if (packet.type === 'pingresp') pings.answered()
    },
    countBytes: () => undefined,
  }
}

/** PINGREQs that wait for their answers, which come in order (MQTT 5 §3.12.4). */
interface Pings {
  send(transport: Transport): Promise<number | null>
  answered(): void
  /** No more answers come. */
  end(): void
}

/** MQTT 5 §3.12.1. */
const pingreq = Buffer.from([0xc0, 0])

const createPings = (): Pings => {
  const waiting: ((milliseconds: number | null) => void)[] = []
  return {
    send: (transport) =>
      new Promise((resolve) => {
        const sentAt = performance.now()
        waiting.push((milliseconds) => resolve(milliseconds === null ? null : milliseconds - sentAt))
        transport.write(pingreq, () => undefined)
      }),
    answered: () => waiting.shift()?.(performance.now()),
    end: () => {
      for (const resolve of waiting.splice(0)) resolve(null)
    },
  }
}
