import type { Profile } from '#shared/model/profile'
import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import { flags } from '#shared/model/frame'
import type { SessionState, SessionStatus } from '#shared/model/session'
import { fail, type AppError, type Result } from '#shared/result'
import { isSameSession, keepsSession, type Secrets } from './clientOptions'
import type { ConnectionInbox } from './connectionInbox'
import type { Connack, ControlPacket } from './controlPacket'
import { openConnection, type Connection, type OpenConnectionParts } from './openConnection'
import { createOutgoingMessages } from './outgoingMessages'
import { createPacketIds } from './packetIds'
import { limitProblem, requestProblem } from './publishCheck'
import { encodePublish } from './publishPacket'
import { mayHeal, nextDelayMs } from './reconnectPolicy'
import { clientIdOf, serverLimits } from './serverLimits'
import { createSubscriptionList } from './subscriptionList'
import type { OpenTransport } from './transport'

export interface BrokerSessionOptions {
  readonly profile: Profile
  readonly inbox: ConnectionInbox
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** From 0 up to but not 1. */
  readonly random: () => number
  readonly openTransport: OpenTransport
  readonly onChange: (status: SessionStatus) => void
}

/** A connection that lasted this long was a success: the next failure counts as the first. */
const stableAfterMs = 5_000

type Online = Extract<SessionState, { phase: 'online' }>

/**
 * One connection of the person's list, over all its network connections: connects, tries again while that may help,
 * keeps the subscriptions as the list says and carries messages. Nothing throws; `onChange` tells every new state.
 */
export const createBrokerSession = (options: BrokerSessionOptions) => {
  const { inbox, now, random, openTransport } = options
  let profile = options.profile
  /** What the current connection, and the server's idea of our session, was made from. */
  let connectedProfile = options.profile
  let secrets: Secrets = {}
  let state: SessionState = { phase: 'offline' }
  let connection: Connection | null = null
  let retry: NodeJS.Timeout | null = null
  let failures = 0
  /** The person disconnected (and perhaps wants to connect again) while the old connection is still closing. */
  let leaving: 'stay' | 'return' | null = null

  const packetIds = createPacketIds()
  const unreleased = new Set<number>()
  const outgoing = createOutgoingMessages({ packetIds, now, deliver: inbox.deliver })
  const status = (): SessionStatus => ({ connectionId: profile.id, state, subscriptions: subscriptions.statuses() })
  const changed = () => options.onChange(status())
  const subscriptions = createSubscriptionList({ onChange: changed })
  const enter = (next: SessionState) => {
    state = next
    changed()
  }

  const sessionPresentIn = (connack: Connack) =>
    // MQTT 3.1 has no such flag; there a session that was not to be clean is there.
    connectedProfile.protocolVersion === '3.1' ? !connectedProfile.cleanStart : connack.sessionPresent

  const onControl = (packet: ControlPacket) => {
    if (packet.type === 'connack' && !sessionPresentIn(packet)) unreleased.clear()
    if (packet.type === 'puback' || packet.type === 'pubrec' || packet.type === 'pubcomp') outgoing.onAcknowledgement(packet)
  }

  const onOnline = ({ transport, opened }: Connection, connack: Connack) => {
    if (!transport || !opened) return
    const limits = serverLimits(connack)
    const { address, encrypted, verified } = opened
    const { protocolVersion, clientId, keepaliveSeconds } = connectedProfile
    const sessionPresent = sessionPresentIn(connack)
    state = {
      phase: 'online',
      since: now(),
      sessionPresent,
      address,
      clientId: clientIdOf(connack, clientId),
      protocolVersion,
      // MQTT 5 §3.2.2.3.14: the server's word counts.
      keepaliveSeconds: limits.serverKeepaliveSeconds ?? keepaliveSeconds,
      limits,
      pingMilliseconds: null,
      encrypted,
      verified,
    }
    outgoing.begin(transport, { receiveMaximum: limits.receiveMaximum, sessionPresent })
    subscriptions.begin(transport, { sessionPresent, limits, isVersion5: protocolVersion === '5' })
    changed()
  }

  const onPing = (pingMilliseconds: number) => {
    if (state.phase === 'online') enter({ ...state, pingMilliseconds })
  }

  const conclude = (reason: AppError) => {
    if (state.phase === 'online' && now() - state.since >= stableAfterMs) failures = 0
    failures += 1
    const delay = mayHeal(reason) ? nextDelayMs(profile.reconnect, failures, random) : null
    if (delay === null) return enter({ phase: 'failed', reason })
    retry = setTimeout(dial, delay)
    enter({ phase: 'waiting', attempt: failures + 1, nextTryAt: now() + delay, reason })
  }

  const onClose = (closed: Connection, reason: AppError | null) => {
    if (connection !== closed) return
    connection = null
    outgoing.end(keepsSession(connectedProfile))
    subscriptions.end()
    const wantsToReturn = leaving === 'return'
    leaving = null
    if (reason) return conclude(reason)
    enter({ phase: 'offline' })
    if (wantsToReturn) dial()
  }

  const connectionParts = (): OpenConnectionParts => ({
    profile,
    secrets,
    openTransport,
    topics: inbox.topics,
    unreleased,
    packetIds,
    now,
    onMessage: inbox.add,
    onBytes: inbox.countBytes,
    onControl,
    onOnline: (connack) => connection && onOnline(connection, connack),
    onPing,
  })

  const forgetServerSession = () => {
    outgoing.end(false)
    unreleased.clear()
    packetIds.clear()
  }

  const dial = () => {
    retry = null
    if (!isSameSession(profile, connectedProfile)) forgetServerSession()
    connectedProfile = profile
    const dialled = openConnection(connectionParts(), (reason) => onClose(dialled, reason))
    connection = dialled
    enter({ phase: 'connecting', attempt: failures + 1 })
  }

  const stopRetrying = () => {
    if (retry) clearTimeout(retry)
    retry = null
  }

  const publish = (request: PublishRequest): Promise<Result<PublishReceipt>> => {
    const online: Online | null = state.phase === 'online' ? state : null
    if (!online) return Promise.resolve(fail('notConnected', 'Connect before publishing.'))
    const invalid = requestProblem(request, online.protocolVersion)
    if (invalid) return Promise.resolve({ ok: false, error: invalid })
    const packet = encodePublish(request, online.protocolVersion === '5')
    const tooMuch = limitProblem(request, packet.bytes.length, online.limits)
    if (tooMuch) return Promise.resolve({ ok: false, error: tooMuch })
    const sequence = inbox.add({
      time: now(),
      topic: inbox.topics.ofText(request.topic),
      packetId: 0,
      flags: request.qos | (request.retain ? flags.retain : 0) | flags.outgoing,
      source: packet.bytes,
      start: packet.start,
      payloadStart: packet.payloadStart,
      end: packet.bytes.length,
    })
    return outgoing.send(packet, sequence, request.qos)
  }

  inbox.setSubscriptions(profile.subscriptions)
  subscriptions.apply(profile.subscriptions)

  return {
    status,
    publish,
    /** Connects, or tries again at once; does nothing while connecting or online. */
    connect: (given: Secrets) => {
      secrets = given
      if (leaving) leaving = 'return'
      if (connection) return
      stopRetrying()
      failures = 0
      dial()
    },
    /** Ends the connection, or the wait for one; resolves when it is closed. The server does not send the will. */
    disconnect: async (): Promise<void> => {
      stopRetrying()
      if (connection) {
        leaving = 'stay'
        await connection.close()
      } else if (state.phase !== 'offline') enter({ phase: 'offline' })
    },
    /** Takes new settings: subscriptions now, the rest on the next connect. */
    updateProfile: (next: Profile) => {
      profile = next
      inbox.setSubscriptions(next.subscriptions)
      subscriptions.apply(next.subscriptions)
      changed()
    },
  }
}
export type BrokerSession = ReturnType<typeof createBrokerSession>
