import type { ConnackFacts, ConnectionDetails } from '#shared/model/connectionDetails'
import type { DeliveryRecord } from '#shared/model/delivery'
import type { AuthAnswer } from '#shared/model/authentication'
import type { Farewell } from '#shared/model/farewell'
import type { ConnectionFailure } from '#shared/model/failure'
import { clientIdFor, type Profile, type Secrets } from '#shared/model/profile'
import type { SessionStatus } from '#shared/model/session'
import type { AppError } from '#shared/result'
import type { SteadyClock } from '../../steadyClock'
import { isSameSession, keepsSession } from '../connecting/clientOptions'
import { createConnectionSlot, type ConnectionSlot } from '../connecting/connectionSlot'
import { createRetryClock, type RetryClock } from '../connecting/retryClock'
import type { ConnectionInbox } from '../inbox/connectionInbox'
import type { FollowedPayloads } from '../inbox/latestPayloads'
import type { ConnectionFaults } from '../faults/connectionFaults'
import type { PacketRecorder } from '../packetLog/packetRecorder'
import type { Connack } from '../packets/controlPacket'
import type { HeldFilter, OwnFilterWish } from '../subscriptions/ownFilters'
import type { OpenTransport } from '../transport/transport'
import { createChosenSettings, type ChosenSettings, type SettingsChoice } from './chosenSettings'
import { connackFacts, isSessionPresent } from './connackFacts'
import { createChallenges } from './challenges'
import { createConnectionHistory } from './connectionHistory'
import type { ArrivalListener, MessageListener } from './heardMessages'
import { createOnlineSession, type OnlineSession } from './onlineSession'
import { onlineState } from './onlineState'
import { createSessionParts, type SessionParts } from './sessionParts'
import { createSessionStatus, type SessionStatusKeeper } from './sessionStatus'

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
  /**
   * Asked at each try to connect. The server is not told: it would drop a larger message without a word (MQTT 5
   * §3.1.2.11.4).
   */
  readonly maximumPacketBytes: () => number
  /** Gets a line for every control packet; null = that was not asked for. */
  readonly debug: ((line: string) => void) | null
  /** Of all its network connections. */
  readonly recorder: PacketRecorder
  /** Faults on purpose, over all its network connections. */
  readonly faults: ConnectionFaults
  readonly onChange: (status: SessionStatus) => void
  /** Something to tell a person once. */
  readonly onNotice: (notice: AppError) => void
}

/**
 * One connection of the person's list, over all its network connections: connects, tries again while that may help,
 * keeps the subscriptions as the list says and carries messages. Nothing throws; `onChange` tells every new state.
 */
export interface BrokerSession {
  status(): SessionStatus
  details(): ConnectionDetails
  /** The way to everything that needs a connection; null = there is none. */
  online(): OnlineSession | null
  /** Connects, or tries again at once; does nothing while connecting or online. */
  connect(secrets: Secrets): void
  /** Connects once with the change that a remedy of the latest failure names; false where it names no such remedy. */
  tryRemedy(key: string): boolean
  /** Ends the connection, or the wait for one; resolves when it is closed. By default the server does not send the will. */
  disconnect(farewell?: Farewell): Promise<void>
  /** Secrets for the newest settings: the next try uses both. */
  updateSecrets(secrets: Secrets): void
  /**
   * Takes new settings: subscriptions and the rules for trying again now, the rest on the next `connect`, or with the
   * next try after `updateSecrets`.
   */
  updateProfile(next: Profile): void
  /** Keeps the last payload of each topic from now on, until it is stopped. */
  followLatest(): FollowedPayloads
  /** Subscribes beside the subscriptions of the profile, for as long as it is held; over all network connections. */
  holdFilter(filter: string, wish?: OwnFilterWish): HeldFilter
  /** Tells every message that arrives; answers how to end it. */
  listen(listener: MessageListener): () => void
  /** Tells all that arrives, copies and redeliveries too; answers how to end it. */
  listenToAll(listener: ArrivalListener): () => void
  /** Answers what the server wants to know; false where nobody waits for it any more. */
  answerChallenge(number: number, answer: AuthAnswer): boolean
  /** The packets of a message of ours; null = it had none, or they are kept no longer. */
  deliveryOf(sequence: number): DeliveryRecord | null
  /** Gives up a message that is held or to be sent again; false where there is none. */
  dropMessage(sequence: number): boolean
  /** Sends a message that is held, now or when the server is connected again; false where there is none. */
  releaseMessage(sequence: number): boolean
}

export const createBrokerSession = (options: BrokerSessionOptions): BrokerSession => {
  const { inbox, now, clock, random, openTransport } = options
  const beside = { debug: options.debug, recorder: options.recorder, faults: options.faults }
  const settings = createChosenSettings(options.profile)
  /** What the current or latest connection was made with: the session on the server belongs to these settings. */
  let connected: ChosenSettings = settings.toConnectWith()
  let online: OnlineSession | null = null
  const messageClock = { wall: now, shiftOf: clock.shiftOf }
  const record = createConnectionRecord(now)
  const session = createSessionStatus(
    options,
    () => ({ ...parts.facts(), challenge: challenges.current() }),
    record.follow,
  )
  const challenges = createChallenges(session.changed)
  const { enter } = session
  const parts = createSessionParts({
    inbox,
    now: clock.now,
    firstIdentifier: options.firstIdentifier,
    onNotice: options.onNotice,
    onChange: session.changed,
    ...beside,
    onViolation: (error) => {
      options.recorder.violated(error.message)
      session.noteViolation(error)
    },
  })
  const { outgoing, records, packetIds, sendHeldBack } = parts

  const onOnline = (connack: Connack) => {
    const { transport, opened } = slot.current() ?? {}
    if (!transport || !opened) return
    const { profile, change } = connected
    challenges.end()
    const state = onlineState({ connack, opened, profile, change, since: now(), returned: record.returned() })
    if (session.startsAnew() && !state.sessionPresent) inbox.beginSession()
    record.noteConnack(connack, profile)
    enter(state)
    record.noteResent(parts.begin(transport, state, profile.subscriptionIdentifiers))
    const ofSession = { inbox, outgoing, records, sendHeldBack, clock: messageClock }
    const { reauthenticate } = transport
    online = createOnlineSession({ ...ofSession, server: state, settings: connected, reauthenticate })
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
    online = null
    challenges.end()
    const explained = parts.end(reason, keepsSession(connected.profile))
    if (explained) conclude(explained)
    else enter({ phase: 'offline' })
    if (!reason && wantsToReturn) open()
  })

  const open = () => {
    retry.cancel()
    const chosen = withClientId(settings.toConnectWith())
    if (!isSameSession(chosen.profile, connected.profile)) parts.forgetServerSession()
    connected = chosen
    const { profile, secrets } = chosen
    slot.open({
      profile,
      secrets,
      openTransport,
      packetIds,
      onOnline,
      ask: challenges.ask,
      ...beside,
      maximumPacketSize: options.maximumPacketBytes(),
      receiver: parts.receiver((connack) => isSessionPresent(connack, profile)),
      clock: messageClock,
      onPing: (pingMilliseconds) => session.amend({ pingMilliseconds }),
    })
    enter({ phase: 'connecting', attempt: retry.attempt() })
  }
  const retry = createRetryClock({ now: clock.now, random, onTime: open })

  parts.setSubscriptions(options.profile.subscriptions)

  return {
    status: session.status,
    details: record.details,
    online: () => online,
    ...createConnectVerbs({ settings, slot, retry, session, open }),
    updateSecrets: settings.choose,
    updateProfile: (next) => {
      settings.update(next)
      parts.setSubscriptions(next.subscriptions)
      if (online?.settings.change && !settings.isChanged()) session.amend({ change: null })
      else session.changed()
    },
    answerChallenge: challenges.answer,
    ...createPartVerbs(parts),
  }
}

/** What a part does alone, whether there is a connection or not. */
const createPartVerbs = ({ latest, ownFilters, heard, records, outgoing }: SessionParts) => ({
  followLatest: latest.follow,
  holdFilter: ownFilters.hold,
  listen: heard.listen,
  listenToAll: heard.listenToAll,
  deliveryOf: records.find,
  dropMessage: outgoing.drop,
  releaseMessage: outgoing.releaseAsIs,
})

/** A connection may have a client ID that no other has had. */
const withClientId = (chosen: ChosenSettings): ChosenSettings => ({
  ...chosen,
  profile: { ...chosen.profile, clientId: clientIdFor(chosen.profile) },
})

interface ConnectVerbsParts {
  readonly settings: SettingsChoice
  readonly slot: ConnectionSlot
  readonly retry: RetryClock
  readonly session: SessionStatusKeeper
  readonly open: () => void
}

/** What a person does with the connection itself. */
const createConnectVerbs = ({
  settings,
  slot,
  retry,
  session,
  open,
}: ConnectVerbsParts): Pick<BrokerSession, 'connect' | 'tryRemedy' | 'disconnect'> => ({
  connect: (secrets) => {
    settings.choose(secrets)
    slot.wantReturn()
    if (slot.current()) return
    retry.reset()
    open()
  },
  tryRemedy: (key) => {
    if (session.online() || !settings.chooseRemedy(key)) return false
    retry.reset()
    if (slot.current()) void slot.close('return')
    else open()
    return true
  },
  disconnect: async (farewell) => {
    retry.cancel()
    if (slot.current()) await slot.close('stay', farewell)
    else if (!session.isOffline()) session.enter({ phase: 'offline' })
  },
})

/** The latest CONNACK and the history of a session's connections. `now` is in milliseconds since 1970. */
const createConnectionRecord = (now: () => number) => {
  const { entries, forgotten, ...history } = createConnectionHistory({ now, monotonic: () => performance.now() })
  let connack: ConnackFacts | null = null
  return {
    ...history,
    noteConnack: (packet: Connack, profile: Profile): void => void (connack = connackFacts(packet, profile)),
    details: (): ConnectionDetails => ({ connack, history: entries(), forgotten: forgotten() }),
  }
}
