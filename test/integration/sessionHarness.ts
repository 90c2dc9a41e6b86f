import { afterEach } from 'vitest'
import type {
  DeliveryUpdate,
  SessionTotals,
  SkippedMessage,
  SubscriptionTotals,
  UnkeptTopics,
} from '../../shared/model/frame'
import type { ConnectionFailure } from '../../shared/model/failure'
import { isFrameSound, readRecord } from '../../shared/model/frameReader'
import { newProfile, type Profile, type Secrets } from '../../shared/model/profile'
import type { PublishRequest } from '../../shared/model/publish'
import type { SessionPhase, SessionStatus } from '../../shared/model/session'
import type { Subscription } from '../../shared/model/subscription'
import { decodePublishProperties, type PublishPropertySet } from '../../shared/mqtt/publishProperties'
import type { AppError } from '../../shared/result'
import { createLargePayloads } from '../../electron/core/broker/inbox/largePayloads'
import { createMessageInbox } from '../../electron/core/broker/inbox/messageInbox'
import { largestPacketBytes } from '#shared/model/settings'
import { createSessionRegistry } from '../../electron/core/broker/session/sessionRegistry'
import { silentLog } from '../../electron/core/log'
import { createSteadyClock } from '../../electron/core/steadyClock'
import { startMosquitto, type Mosquitto, type MosquittoOptions } from '../support/mosquitto'
import { wordsOf } from '../support/sentence'
import { waitFor } from '../support/waitFor'

export interface SeenMessage {
  readonly connectionId: string
  readonly sequence: number
  readonly topic: string
  readonly payload: Buffer
  /** What the frame carried of it: of a large one the head. */
  readonly carried: Buffer
  readonly payloadBytes: number
  readonly qos: number
  readonly retain: boolean
  readonly dup: boolean
  readonly outgoing: boolean
  readonly repeat: boolean
  readonly copy: boolean
  /** The server had kept it. */
  readonly stored: boolean
  /** Milliseconds since 1970, and the same moment on the steady clock. */
  readonly time: number
  readonly arrivedAt: number
  /** Of its frame: goes up with each session the person began. */
  readonly session: number
  readonly matches: readonly string[]
  readonly properties: PublishPropertySet | null
}

let lastId = 0
/** A profile for a broker on this computer; reconnects within milliseconds, so that tests need not wait. */
export const testProfile = (given: Partial<Profile> = {}): Profile => {
  lastId += 1
  return newProfile({
    id: `connection-${lastId}`,
    name: 'test',
    host: '127.0.0.1',
    clientId: `session-test-${process.pid}-${lastId}`,
    reconnect: { enabled: false, initialSeconds: 0.05, maximumSeconds: 0.2, maximumAttempts: 0 },
    ...given,
  })
}
export const withReconnect = { enabled: true, initialSeconds: 0.05, maximumSeconds: 0.2, maximumAttempts: 0 }

export const subscribed = (filter: string, given: Partial<Subscription> = {}): Subscription => ({
  id: filter,
  filter,
  qos: 2,
  colour: 'blue',
  alias: '',
  enabled: true,
  muted: false,
  ...given,
})

export const publishTo = (profile: Profile, given: Partial<PublishRequest> = {}): PublishRequest => ({
  connectionId: profile.id,
  topic: 'test',
  payload: Buffer.from('payload'),
  qos: 0,
  retain: false,
  properties: {},
  ...given,
})

/** The registry with a window that takes everything at once, and everything it was told. */
export const createHarness = (
  options: {
    readonly maximumPacketBytes?: number
    readonly showsCopies?: boolean
    readonly firstIdentifier?: number
    /** Milliseconds since 1970; may jump. */
    readonly now?: () => number
    /** Milliseconds from any start, by which the steady clock goes; default: the process's. */
    readonly monotonic?: (() => number) | undefined
    readonly topicLimit?: number
    /** Gets a line for every control packet. */
    readonly debug?: (line: string) => void
    readonly recordsPackets?: boolean
  } = {},
) => {
  const payloads = createLargePayloads(2 ** 28)
  const { now = Date.now, topicLimit = Infinity } = options
  const clock = createSteadyClock({ wall: now, ...(options.monotonic && { monotonic: options.monotonic }) })
  const inbox = createMessageInbox({ topics: () => topicLimit }, payloads, () => options.showsCopies === true)
  const history: SessionStatus[] = []
  const notices: AppError[] = []
  const messages: SeenMessage[] = []
  const deliveries: (DeliveryUpdate & { connectionId: string })[] = []
  const dropped: number[] = []
  const skipped: SkippedMessage[] = []
  const totals = new Map<string, SessionTotals>()
  const messagesOf = new Map<string, Readonly<Record<string, number>>>()
  const unkept = new Map<string, UnkeptTopics>()
  const subscriptionTotals = new Map<string, readonly SubscriptionTotals[]>()
  const tables = new Map<string, { topics: string[]; sets: (readonly string[])[] }>()
  let isRunning = true
  const registry = createSessionRegistry({
    inbox,
    now,
    clock,
    firstIdentifier: options.firstIdentifier ?? 1,
    maximumPacketBytes: () => options.maximumPacketBytes ?? largestPacketBytes,
    packets: { isOn: () => options.recordsPackets === true, budget: () => 2 ** 26 },
    log: { ...silentLog, debug: options.debug ?? null },
    onEvent: (event) => {
      if (event.name === 'session.changed') history.push(event.payload)
      if (event.name === 'notice.raised') notices.push(event.payload)
    },
  })

  const takeAll = async () => {
    for (let fresh = true; isRunning; fresh = false) {
      const batch = await inbox.take({ fresh })
      for (const frame of batch.frames) {
        if (!isFrameSound(frame)) throw new Error('A frame is not sound.')
        const table = tables.get(frame.connectionId) ?? { topics: [], sets: [] }
        tables.set(frame.connectionId, table)
        table.topics.push(...frame.newTopics)
        table.sets.push(...frame.newMatchSets)
        dropped.push(frame.droppedBefore)
        skipped.push(...(frame.skippedBefore ?? []))
        for (let index = 0; index < frame.count; index += 1) {
          const record = readRecord(frame, index)
          if (!record) throw new Error('A record is missing.')
          messages.push({
            connectionId: frame.connectionId,
            sequence: record.sequence,
            topic: record.unnumberedTopic ?? table.topics[record.topicId] ?? '?',
            payload: Buffer.from(
              payloads.find({ connectionId: frame.connectionId, sequence: record.sequence }) ?? record.payload,
            ),
            carried: Buffer.from(record.payload),
            payloadBytes: record.payloadBytes,
            qos: record.qos,
            retain: record.retain,
            dup: record.dup,
            outgoing: record.outgoing,
            repeat: record.repeat,
            copy: record.copy,
            stored: record.stored,
            time: record.time,
            arrivedAt: record.time - frame.clockShift,
            session: frame.serverSession,
            matches: table.sets[record.matchSetId] ?? ['?'],
            properties: decodePublishProperties(record.properties),
          })
        }
      }
      for (const { connectionId, deliveries: updates, ...change } of batch.connections) {
        deliveries.push(...updates.map((update) => ({ ...update, connectionId })))
        totals.set(connectionId, change.totals)
        unkept.set(connectionId, change.unkept)
        subscriptionTotals.set(connectionId, change.subscriptions)
        const counts = change.subscriptions.map(
          ({ subscriptionId, messages: count }) => [subscriptionId, count] as const,
        )
        messagesOf.set(connectionId, Object.fromEntries(counts))
      }
    }
  }
  const taking = takeAll()

  const stateOf = ({ id }: Profile): SessionPhase => registry.get(id)?.status().state ?? { phase: 'offline' }
  const reach = async <Phase extends SessionPhase['phase']>(profile: Profile, phase: Phase) => {
    const found = await waitFor(`${profile.id} to be ${phase} (it is ${JSON.stringify(stateOf(profile))})`, () => {
      const state = stateOf(profile)
      return state.phase === phase ? state : null
    })
    return found as Extract<SessionPhase, { phase: Phase }>
  }

  return {
    registry,
    payloads,
    history,
    notices,
    messages,
    deliveries,
    dropped,
    skipped,
    clock,
    forgetTopics: ({ id }: Profile) => inbox.forgetTopics(id),
    totalsOf: ({ id }: Profile) => totals.get(id),
    unkeptOf: ({ id }: Profile) => unkept.get(id),
    subscriptionTotalsOf: ({ id }: Profile) => subscriptionTotals.get(id) ?? [],
    /** How many messages each subscription has had, by id. */
    subscriptionCountsOf: ({ id }: Profile) => messagesOf.get(id),
    stateOf,
    reach,
    connect: (profile: Profile, secrets: Secrets = {}) => {
      registry.connect(profile, secrets)
      return reach(profile, 'online')
    },
    /** Why connecting failed for good; every language has words for it. */
    failureOf: async (profile: Profile, secrets: Secrets = {}): Promise<ConnectionFailure> => {
      registry.connect(profile, secrets)
      const { reason } = await reach(profile, 'failed')
      wordsOf(reason)
      return reason
    },
    granted: (profile: Profile) =>
      waitFor(`the subscriptions of ${profile.id} to be granted`, () =>
        registry
          .get(profile.id)
          ?.status()
          .subscriptions.every(({ subscription, state }) => !subscription.enabled || state.phase === 'granted'),
      ),
    incoming: (profile: Profile) => messages.filter((one) => one.connectionId === profile.id && !one.outgoing),
    received: async (profile: Profile, count: number) => {
      const incoming = () => messages.filter((one) => one.connectionId === profile.id && !one.outgoing)
      await waitFor(`${count} messages (there are ${incoming().length})`, () => incoming().length >= count)
      return incoming()
    },
    dispose: async () => {
      await registry.disposeAll()
      isRunning = false
      inbox.close()
      await taking
    },
  }
}

/**
 * Starts what a test file needs and ends it after each of its tests, last first. `onStop` adds anything else that has to
 * end.
 */
export const createStarter = () => {
  const stops: (() => Promise<void>)[] = []
  const onStop = (stop: () => Promise<void>) => void stops.push(stop)
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
  })
  const startedBroker = async (options: MosquittoOptions = {}): Promise<Mosquitto> => {
    const broker = await startMosquitto(options)
    onStop(broker.stop)
    return broker
  }
  const startedHarness = (options: Parameters<typeof createHarness>[0] = {}) => {
    const harness = createHarness(options)
    onStop(harness.dispose)
    return harness
  }
  return { onStop, startedBroker, startedHarness }
}
