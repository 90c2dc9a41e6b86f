import type { Profile, Secrets } from '#shared/model/profile'
import type { SessionStatus } from '#shared/model/session'
import type { ConnectionFailure } from '#shared/model/failure'
import type { AppError } from '#shared/result'
import { createChosenSettings, type ChosenSettings } from './chosenSettings'
import { isSameSession, keepsSession } from '../connecting/clientOptions'
import type { ConnectionInbox } from '../inbox/connectionInbox'
import type { Connack } from '../packets/controlPacket'
import { createSessionMessages } from '../publishing/sessionMessages'
import { isSessionPresent } from './connackFacts'
import { createConnectionRecord } from './connectionRecord'
import { onlineState } from './onlineState'
import { createConnectionSlot } from '../connecting/connectionSlot'
import { createRetryClock } from '../connecting/retryClock'
import { createSessionStatus } from './sessionStatus'
import type { SteadyClock } from '../../steadyClock'
import { createSessionParts } from './sessionParts'
import type { OpenTransport } from '../transport/transport'

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
  /** Something to tell a person once. */
  readonly onNotice: (notice: AppError) => void
}

/** Parts go by the steady clock, and tell the window through the session. */
const partsOptions = (options: BrokerSessionOptions, session: ReturnType<typeof createSessionStatus>) => ({
  ...options,
  now: options.clock.now,
  onChange: session.changed,
  onViolation: session.noteViolation,
})

/**
 * One connection of the person's list, over all its network connections: connects, tries again while that may help,
 * keeps the subscriptions as the list says and carries messages. Nothing throws; `onChange` tells every new state.
 */
export const createBrokerSession = (options: BrokerSessionOptions) => {
  const { inbox, now, clock, random, openTransport } = options
  const settings = createChosenSettings(options.profile)
  /** What the current connection, and the server's idea of our session, was made from. */
  let dialled: ChosenSettings = settings.toDial()
  const record = createConnectionRecord(now)
  const session = createSessionStatus(options, () => parts.facts(), record.follow)
  const { enter, online } = session
  const parts = createSessionParts(partsOptions(options, session))

  const onOnline = (connack: Connack) => {
    const { transport, opened } = slot.current() ?? {}
    if (!transport || !opened) return
    const { profile, change } = dialled
    const state = onlineState({ connack, opened, profile, change, since: now(), returned: record.returned() })
    if (session.startsAnew() && !state.sessionPresent) inbox.beginSession()
    record.noteConnack(connack, profile)
    enter(state)
    record.noteResent(parts.begin(transport, state, profile.subscriptionIdentifiers))
    session.changed()
  }

  const conclude = (ended: ConnectionFailure) => {
    const onlineMs = session.onlineMs()
    const { reason, nextTryAt } = retry.conclude(ended, settings.reconnect(onlineMs !== null), onlineMs)
    settings.noteFailure(reason)
    if (nextTryAt === null) enter({ phase: 'failed', reason })
    else enter({ phase: 'waiting', attempt: retry.attempt(), nextTryAt, reason })
  }

  const slot = createConnectionSlot((reason, { wantsToReturn }) => {
    const explained = parts.end(reason, keepsSession(dialled.profile))
    if (explained) conclude(explained)
    else enter({ phase: 'offline' })
    if (!reason && wantsToReturn) dial()
  })

  const dial = () => {
    retry.cancel()
    const chosen = settings.toDial()
    if (!isSameSession(chosen.profile, dialled.profile)) parts.forgetServerSession()
    dialled = chosen
    const { profile, secrets } = chosen
    const fromParts = parts.forConnection((connack) => isSessionPresent(connack, profile))
    const onPing = (pingMilliseconds: number) => session.amend({ pingMilliseconds })
    const given = { profile, secrets, maximumPacketSize: options.maximumPacketBytes(), openTransport, now }
    slot.open({ ...fromParts, ...given, shiftOf: clock.shiftOf, onOnline, onPing })
    enter({ phase: 'connecting', attempt: retry.attempt() })
  }
  const retry = createRetryClock({ now: clock.now, random, onTime: dial })

  parts.setSubscriptions(options.profile.subscriptions)

  return {
    status: session.status,
    details: record.details,
    ...createSessionMessages({ inbox, outgoing: parts.outgoing, records: parts.records, now, clock, online }),
    /** How the connection was made that is online; null = it is not. */
    dialled: (): ChosenSettings | null => (online() ? dialled : null),
    /** Connects, or tries again at once; does nothing while connecting or online. */
    connect: (secrets: Secrets): void => {
      settings.choose(secrets)
      slot.wantReturn()
      if (slot.current()) return
      retry.reset()
      dial()
    },
    /** Connects once with the change that a remedy of the latest failure names; false where it names no such remedy. */
    tryRemedy: (key: string): boolean => {
      if (online() || !settings.chooseRemedy(key)) return false
      retry.reset()
      if (slot.current()) void slot.close('return')
      else dial()
      return true
    },
    /** Ends the connection, or the wait for one; resolves when it is closed. The server does not send the will. */
    disconnect: async (): Promise<void> => {
      retry.cancel()
      if (slot.current()) await slot.close('stay')
      else if (!session.isOffline()) enter({ phase: 'offline' })
    },
    /** Sends a filter that is held back, until the connection ends. */
    tryAnyway: parts.tryAnyway,
    /** Secrets for the newest settings: the next try uses both. */
    updateSecrets: settings.choose,
    /**
     * Takes new settings: subscriptions and the rules for trying again now, the rest on the next `connect`, or with the
     * next try after `updateSecrets`.
     */
    updateProfile: (next: Profile): void => {
      settings.update(next)
      parts.setSubscriptions(next.subscriptions)
      if (online()?.change && !settings.isChanged()) session.amend({ change: null })
      else session.changed()
    },
  }
}
export type BrokerSession = ReturnType<typeof createBrokerSession>
