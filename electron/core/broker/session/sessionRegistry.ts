import type { EventMessage } from '#shared/contract'
import type { AuthAnswer } from '#shared/model/authentication'
import type { ConnectionDetails } from '#shared/model/connectionDetails'
import type { Farewell } from '#shared/model/farewell'
import type { DeliveryRecord } from '#shared/model/delivery'
import type { PacketSource } from '#shared/model/packets'
import type { Profile, ProfileId, Secrets } from '#shared/model/profile'
import type { PublishReceipt, PublishRequest } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import { isSignInRefused, type SessionStatus } from '#shared/model/session'
import { largestPacketBytes } from '#shared/model/settings'
import { fail, ok, type Result } from '#shared/result'
import { createSteadyClock, type SteadyClock } from '../../steadyClock'
import { createBrokerSession, type BrokerSession } from './brokerSession'
import { randomFirstIdentifier } from '../subscriptions/subscriptionIdentifiers'
import type { MessageInbox } from '../inbox/messageInbox'
import { openMqttTransport } from '../mqttJs/mqttTransport'
import { createFaultRegistry } from '../faults/faultRegistry'
import type { OpenSecond } from '../faults/momentaryFaults'
import { openSecondConnection } from '../faults/secondConnection'
import type { PacketRecorder } from '../packetLog/packetRecorder'
import { createPacketRecorders } from '../packetLog/packetRecorders'
import type { OpenTransport } from '../transport/transport'

/** Where sessions note what happened; neither secrets nor payloads go there. */
interface Log {
  info(message: string): void
  warn(message: string): void
  debug?: ((message: string) => void) | null
}

export interface SessionRegistryOptions {
  readonly inbox: MessageInbox
  readonly onEvent: (
    event: Extract<EventMessage, { name: 'session.changed' | 'session.removed' | 'notice.raised' | 'faults.changed' }>,
  ) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Default: one that follows `now`. */
  readonly clock?: SteadyClock
  readonly log?: Log
  readonly random?: () => number
  readonly openTransport?: OpenTransport
  /** The first Subscription Identifier of each session; default: a random one for each run of the application. */
  readonly firstIdentifier?: number
  /** The largest packet a server may send, asked at each try to connect; default: what the protocol allows. */
  readonly maximumPacketBytes?: () => number
  /** Whether packets are recorded of a connection for which nobody said otherwise, and in how many bytes of each; default: not. */
  readonly packets?: { readonly isOn: () => boolean; readonly budget: () => number }
}

export type SessionRegistry = ReturnType<typeof createSessionRegistry>

/** A diagnosis sends few packets. */
const diagnosisBytes = 2 ** 22

/** The sessions by the ids of their profiles. Each is made on first use and independent of the others. */
export const createSessionRegistry = (options: SessionRegistryOptions) => {
  const { inbox, onEvent, now, log, random = Math.random, openTransport = openMqttTransport } = options
  const { clock = createSteadyClock({ wall: now }), packets = noPackets } = options
  const { maximumPacketBytes = () => largestPacketBytes, firstIdentifier = randomFirstIdentifier(random) } = options
  const debug = log?.debug ?? null
  const sessions = new Map<ProfileId, BrokerSession>()
  const recorders = createPacketRecorders({ ...packets, now })
  const faults = createFaults(options, (id) => recorders.of(id).recorder)
  const ofDiagnoses = createPacketRecorders({ isOn: () => true, budget: () => diagnosisBytes, now })
  const phases = new Map<ProfileId, string>()

  const note = ({ connectionId, state }: SessionStatus) => {
    if (phases.get(connectionId) === state.phase) return
    phases.set(connectionId, state.phase)
    if (state.phase === 'failed' || state.phase === 'waiting')
      log?.warn(`Connection ${connectionId}: ${state.phase}, ${state.reason.code}: ${state.reason.message}`)
    else log?.info(`Connection ${connectionId}: ${state.phase}`)
  }

  const create = (profile: Profile): BrokerSession => {
    const { id } = profile
    const session = createBrokerSession({
      profile,
      inbox: inbox.connection(id),
      now,
      clock,
      random,
      openTransport,
      firstIdentifier,
      maximumPacketBytes,
      recorder: recorders.of(id).recorder,
      faults: faults.of(id),
      debug: debug && ((line) => debug(`Connection ${id}: ${line}`)),
      onChange: (status) => {
        if (sessions.get(id) !== session) return
        note(status)
        onEvent({ name: 'session.changed', payload: status })
      },
      onNotice: (payload) => onEvent({ name: 'notice.raised', payload }),
    })
    const second = () => ({ openTransport, maximumPacketSize: maximumPacketBytes(), now, debug })
    faults.of(id).onConnectTwice(connectTwice(session, second))
    sessions.set(id, session)
    return session
  }

  const ensure = (profile: Profile): BrokerSession => sessions.get(profile.id) ?? create(profile)

  return {
    get: (id: ProfileId): BrokerSession | undefined => sessions.get(id),
    /** The packets of a connection, also of one that was never connected. */
    packetsOf: (id: ProfileId, of: PacketSource = 'session') => (of === 'doctor' ? ofDiagnoses : recorders).of(id).log,
    /** Records the packets of diagnoses of a connection. */
    diagnosisRecorder: (id: ProfileId): PacketRecorder => ofDiagnoses.of(id).recorder,
    faultsOf: faults.of,
    faultStatuses: faults.statuses,
    ensure,
    /** Answers at once; the session's state says what comes of it. */
    connect: (profile: Profile, secrets: Secrets): void => {
      const session = ensure(profile)
      session.updateProfile(profile)
      session.connect(secrets)
    },
    /** A connection that was not made in this run has nothing to tell. */
    details: (id: ProfileId): ConnectionDetails =>
      sessions.get(id)?.details() ?? { connack: null, history: [], forgotten: 0 },
    disconnect: async (id: ProfileId, farewell?: Farewell): Promise<void> => sessions.get(id)?.disconnect(farewell),
    /** Ends the session and forgets what waits of it. */
    remove: async (id: ProfileId): Promise<void> => {
      const session = sessions.get(id)
      if (!session) return
      sessions.delete(id)
      phases.delete(id)
      faults.forget(id)
      recorders.forget(id)
      ofDiagnoses.forget(id)
      const disconnected = session.disconnect()
      inbox.remove(id)
      onEvent({ name: 'session.removed', payload: { connectionId: id } })
      await disconnected
    },
    /** Applies subscriptions now and connection settings on the next connect; does nothing without a session. */
    updateProfile: (profile: Profile): void => sessions.get(profile.id)?.updateProfile(profile),
    /** Secrets for the settings of the last `updateProfile`: a session that tries again uses both from then on. */
    updateSecrets: (id: ProfileId, secrets: Secrets): void => sessions.get(id)?.updateSecrets(secrets),
    isSignInRefused: (id: ProfileId): boolean => {
      const state = sessions.get(id)?.status().state
      return state?.phase === 'failed' && isSignInRefused(state.reason)
    },
    statuses: (): SessionStatus[] => [...sessions.values()].map((session) => session.status()),
    /** Connects once as a remedy of the latest failure says; fails with `notFound` where it is not offered any more. */
    tryRemedy: (id: ProfileId, key: string): Result<null> =>
      sessions.get(id)?.tryRemedy(key) === true ? ok(null) : fail('notFound', 'This is not offered any more.'),
    answerChallenge: (id: ProfileId, number: number, answer: AuthAnswer): Result<null> =>
      sessions.get(id)?.answerChallenge(number, answer) === true
        ? ok(null)
        : fail('notFound', 'The server does not wait for this any more.'),
    /** Proves again who we are. */
    reauthenticate: (id: ProfileId): Promise<Result<null>> =>
      sessions.get(id)?.online()?.reauthenticate() ?? Promise.resolve(notConnected('authenticating')),
    /** Sends a filter that is held back. */
    sendHeldBack: (id: ProfileId, subscriptionId: string): Result<null> => {
      const online = sessions.get(id)?.online()
      if (!online) return notConnected('subscribing')
      online.sendHeldBack(subscriptionId)
      return ok(null)
    },
    ...createMessageVerbs(sessions),
    disposeAll: async (): Promise<void> => {
      await Promise.all([...sessions.values()].map((session) => session.disconnect()))
      sessions.clear()
    },
  }
}

const noPackets = { isOn: () => false, budget: () => 2 ** 26 }

/** The second connection is made as the session's is. */
const connectTwice =
  (session: BrokerSession, parts: () => Parameters<typeof openSecondConnection>[1]): OpenSecond =>
  (told) => {
    const made = session.online()?.settings
    return made ? openSecondConnection(made, parts(), told) : null
  }

/** The fault kits, which tell the window and the timeline of packets what they do. */
const createFaults = ({ now, onEvent }: SessionRegistryOptions, recorderOf: (id: ProfileId) => PacketRecorder) =>
  createFaultRegistry({
    now,
    onChange: (payload) => onEvent({ name: 'faults.changed', payload }),
    onStep: (id, text) => recorderOf(id).step('fault', text),
  })

/** What is done with single messages of the sessions. */
const createMessageVerbs = (sessions: ReadonlyMap<ProfileId, BrokerSession>) => ({
  publish: (request: PublishRequest): Promise<Result<PublishReceipt>> =>
    sessions.get(request.connectionId)?.online()?.publish(request) ?? Promise.resolve(notConnected('publishing')),
  /** The packets of a message of ours; null = it had none, or they are kept no longer. */
  deliveryOf: (id: ProfileId, sequence: number): DeliveryRecord | null =>
    sessions.get(id)?.deliveryOf(sequence) ?? null,
  /** Gives up a message that is held or to be sent again; fails with `notFound`. */
  dropMessage: (id: ProfileId, sequence: number): Result<null> => heldOnly(sessions.get(id)?.dropMessage(sequence)),
  /** Sends a message that is held; fails with `notConnected`, as another QoS needs a connection, and with `notFound`. */
  releaseMessage: (id: ProfileId, sequence: number, qos: Qos | null): Result<null> => {
    const session = sessions.get(id)
    if (qos === null) return heldOnly(session?.releaseMessage(sequence))
    const online = session?.online()
    return online ? heldOnly(online.releaseAs(sequence, qos)) : notConnected('publishing')
  },
})

const notConnected = (wanted: string): Result<never> => fail('notConnected', `Connect before ${wanted}.`)
const heldOnly = (isFound: boolean | undefined): Result<null> =>
  isFound === true ? ok(null) : fail('notFound', 'This message is not held.')
