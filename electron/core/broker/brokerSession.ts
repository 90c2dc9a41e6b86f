import type { Profile, Secrets } from '#shared/model/profile'
import type { SessionState, SessionStatus } from '#shared/model/session'
import type { AppError } from '#shared/result'
import { isSameSession, keepsSession } from './connecting/clientOptions'
import type { ConnectionInbox } from './inbox/connectionInbox'
import type { Connack } from './packets/controlPacket'
import { createMessagePublisher } from './publishing/messagePublisher'
import { isSessionPresent, onlineState } from './onlineState'
import { openConnection, type Connection } from './connecting/openConnection'
import { createRetryClock } from './connecting/retryClock'
import type { SteadyClock } from '../steadyClock'
import { createSessionParts } from './sessionParts'
import type { OpenTransport } from './transport'

export interface BrokerSessionOptions {
  readonly profile: Profile
  readonly inbox: ConnectionInbox
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly clock: SteadyClock
  /** From 0 up to but not 1. */
  readonly random: () => number
  readonly openTransport: OpenTransport
  /** The subscription identifier of the first filter. */
  readonly firstIdentifier: number
  /** Asked at each try to connect. The server is not told: it would drop a larger message without a word (MQTT 5 §3.1.2.11.4). */
  readonly maximumPacketBytes: () => number
  readonly onChange: (status: SessionStatus) => void
}

interface Chosen {
  readonly profile: Profile
  readonly secrets: Secrets
}

/** The broker inside the application is followed to another port; elsewhere the secrets fit only what was chosen. */
const dialledProfile = (newest: Profile, chosen: Profile) => (newest.kind === 'local' ? newest : chosen)

/**
 * One connection of the person's list, over all its network connections: connects, tries again while that may help,
 * keeps the subscriptions as the list says and carries messages. Nothing throws; `onChange` tells every new state.
 */
export const createBrokerSession = (options: BrokerSessionOptions) => {
  const { inbox, now, clock, random, openTransport, firstIdentifier } = options
  let profile = options.profile
  /** What the current connection, and the server's idea of our session, was made from. */
  let connectedProfile = options.profile
  /** What the person connected with; secrets go where they were given for, and nowhere else. */
  let chosen: Chosen = { profile, secrets: {} }
  let state: SessionState = { phase: 'offline' }
  let connection: Connection | null = null
  /** The person disconnected (and perhaps wants to connect again) while the old connection is still closing. */
  let leaving: 'stay' | 'return' | null = null
  /** The person asked for the connection, which is not one that came back by itself. */
  let isAsked = false
  /** On the steady clock; null = it is not online. */
  let onlineAt: number | null = null

  const status = (): SessionStatus => ({ connectionId: profile.id, state, subscriptions: parts.statuses() })
  const changed = () => options.onChange(status())
  const enter = (next: SessionState) => {
    state = next
    changed()
  }
  const parts = createSessionParts({ inbox, now: clock.now, firstIdentifier, onSubscriptions: changed })
  const online = () => (state.phase === 'online' ? state : null)

  const onOnline = (connack: Connack) => {
    if (!connection?.transport || !connection.opened) return
    const { transport, opened } = connection
    state = onlineState({ connack, opened, profile: connectedProfile, since: now() })
    onlineAt = clock.now()
    if (isAsked && !state.sessionPresent) inbox.beginSession()
    isAsked = false
    parts.begin(transport, state, connectedProfile.subscriptionIdentifiers)
    changed()
  }

  const onPing = (pingMilliseconds: number) => {
    if (state.phase === 'online') enter({ ...state, pingMilliseconds })
  }

  const conclude = (reason: AppError) => {
    const nextTryAt = retry.set(reason, profile, onlineAt)
    onlineAt = null
    if (nextTryAt === null) enter({ phase: 'failed', reason })
    else enter({ phase: 'waiting', attempt: retry.attempt(), nextTryAt, reason })
  }

  const onClose = (reason: AppError | null) => {
    const wantsToReturn = leaving === 'return'
    connection = null
    leaving = null
    parts.end(keepsSession(connectedProfile))
    if (reason) conclude(reason)
    else enter({ phase: 'offline' })
    if (!reason && wantsToReturn) dial()
  }

  const dial = () => {
    retry.cancel()
    const dialled = dialledProfile(profile, chosen.profile)
    if (!isSameSession(dialled, connectedProfile)) parts.forgetServerSession()
    connectedProfile = dialled
    const fromParts = parts.forConnection((connack) => isSessionPresent(connack, connectedProfile))
    const maximumPacketSize = options.maximumPacketBytes()
    const { shiftOf } = clock
    const given = { profile: dialled, secrets: chosen.secrets, maximumPacketSize, openTransport, now, shiftOf }
    connection = openConnection({ ...fromParts, ...given, onOnline, onPing }, onClose)
    enter({ phase: 'connecting', attempt: retry.attempt() })
  }
  const retry = createRetryClock({ now: clock.now, random, onTime: dial })

  parts.setSubscriptions(profile.subscriptions)

  return {
    status,
    publish: createMessagePublisher({ inbox, outgoing: parts.outgoing, now, clock, online }),
    /** How the connection was made that is online; null = it is not. */
    dialled: (): Chosen | null => (online() ? { profile: connectedProfile, secrets: chosen.secrets } : null),
    /** Connects, or tries again at once; does nothing while connecting or online. */
    connect: (given: Secrets): void => {
      chosen = { profile, secrets: given }
      isAsked ||= leaving !== null || state.phase === 'offline' || state.phase === 'failed'
      if (leaving) leaving = 'return'
      if (connection) return
      retry.reset()
      dial()
    },
    /** Ends the connection, or the wait for one; resolves when it is closed. The server does not send the will. */
    disconnect: async (): Promise<void> => {
      retry.cancel()
      if (connection) {
        leaving = 'stay'
        await connection.close()
      } else if (state.phase !== 'offline') enter({ phase: 'offline' })
    },
    /** Sends a filter that is held back, until the connection ends. */
    tryAnyway: parts.tryAnyway,
    /** Secrets for the newest settings: the next try uses both. */
    updateSecrets: (given: Secrets): void => void (chosen = { profile, secrets: given }),
    /**
     * Takes new settings: subscriptions and the rules for trying again now, the rest on the next `connect`, or with the
     * next try after `updateSecrets`.
     */
    updateProfile: (next: Profile): void => {
      profile = next
      parts.setSubscriptions(next.subscriptions)
      changed()
    },
  }
}
export type BrokerSession = ReturnType<typeof createBrokerSession>
