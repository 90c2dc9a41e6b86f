import { randomBytes } from 'node:crypto'
import type { ConnectionDetails } from '#shared/model/connectionDetails'
import type { ProfileId } from '#shared/model/profile'
import type { MadeMessage } from '#shared/model/publish'
import type { ExchangesChange, RequestToSend } from '#shared/model/request'
import type { SessionStatus } from '#shared/model/session'
import { fail, ok, type Result } from '#shared/result'
import type { PayloadFiles } from '../payloads/payloadFiles'
import { computerClock, type SenderClock } from '../senders/schedule/senderClock'
import { openMaker } from '../senders/source/messageMaker'
import type { DraftCounts } from '../templates/draftCounts'
import type { TemplateEnvironment } from '../templates/templateEnvironment'
import { commonValues, type TemplateValues } from '../templates/templateValues'
import {
  createConnectionRequests,
  type ConnectionRequests,
  type PreparedRequest,
  type RequestSession,
} from './connectionRequests'
import { ownResponseTopic, pairedTopic, type OnlinePhase } from './responseTopic'

export interface RequestRegistryParts {
  readonly sessions: {
    readonly get: (
      id: ProfileId,
    ) => (RequestSession & { status(): SessionStatus; details(): ConnectionDetails }) | undefined
  }
  readonly payloadFiles: Pick<PayloadFiles, 'read'>
  readonly environmentOf: (id: ProfileId) => TemplateEnvironment
  readonly counts: DraftCounts
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Called with what became of requests, some times a second. */
  readonly onChange: (change: ExchangesChange) => void
  /** Default: the computer's steady clock. */
  readonly clock?: SenderClock
}

/** The requests of all connections. */
export interface RequestRegistry {
  /**
   * Sends one when its response topic is subscribed to. Fails with `notConnected`, `responseTopicIsTopic`, `topicInvalid`, and as
   * reading its file and rendering its templates do; then nothing is sent.
   */
  send(request: RequestToSend): Promise<Result<null>>
  /** Forgets those of a connection that are over. */
  clear(id: ProfileId): void
  statuses(): ExchangesChange[]
  sessionRemoved(id: ProfileId): void
  close(): void
}

export const createRequestRegistry = (parts: RequestRegistryParts): RequestRegistry => {
  const { sessions, now, onChange, clock = computerClock } = parts
  const all = new Map<ProfileId, ConnectionRequests>()

  const requestsOf = (connectionId: ProfileId, session: RequestSession): ConnectionRequests => {
    const known = all.get(connectionId)
    if (known) return known
    const made = createConnectionRequests({ connectionId, session, clock, now, onChange })
    all.set(connectionId, made)
    return made
  }
  return {
    send: async (request) => {
      const made = await makeMessage(request, parts)
      if (!made.ok) return made
      const session = sessions.get(request.connectionId)
      const state = session?.status().state
      if (!session || state?.phase !== 'online') return fail('notConnected', 'Connect before publishing.')
      const information = session.details().connack?.said.responseInformation
      const own = ownResponseTopic(state.clientId, information)
      const prepared = await prepare(request, made.value, { state, own })
      if (!prepared.ok) return prepared
      if (prepared.value.responseTopic === prepared.value.message.topic)
        return fail('responseTopicIsTopic', 'The request would be its own answer.', { field: 'responseTopic' })
      requestsOf(request.connectionId, session).send(prepared.value)
      return ok(null)
    },
    clear: (id) => all.get(id)?.clear(),
    statuses: () => [...all.values()].map((requests) => requests.status()),
    sessionRemoved: (id) => {
      all.get(id)?.close()
      all.delete(id)
    },
    close: () => {
      for (const requests of all.values()) requests.close()
      all.clear()
    },
  }
}

interface Made {
  readonly message: MadeMessage
  readonly values: TemplateValues
}

const makeMessage = async (
  { connectionId, draftId, message, fileToken, latest }: RequestToSend,
  { payloadFiles, environmentOf, counts, now }: RequestRegistryParts,
): Promise<Result<Made>> => {
  return counts.make({ draftId, message }, async (count) => {
    const maker = await openMaker({ message, fileToken }, payloadFiles)
    if (!maker.ok) return maker
    const common = commonValues({
      startedAt: count.startedAt,
      environment: environmentOf(connectionId),
      latest: (topic) => (Object.hasOwn(latest, topic) ? latest[topic] : undefined),
    })
    const values = { ...common, now: now(), device: 1, message: count.made + 1, row: {} }
    const made = maker.value.make(values, count.memory)
    return made.ok ? ok({ message: made.value, values }) : made
  })
}

/** Gives a request what its answer is known by: in MQTT 5 its properties, else a topic. */
const prepare = async (
  { responsePattern, timeoutMs }: RequestToSend,
  { message, values }: Made,
  { state, own }: { readonly state: OnlinePhase; readonly own: string },
): Promise<Result<PreparedRequest>> => {
  if (state.protocolVersion !== '5') {
    const paired = await pairedTopic(responsePattern, message.topic, values)
    return paired.ok ? ok({ message, responseTopic: paired.value, correlationData: null, timeoutMs }) : paired
  }
  const { responseTopic = own, correlationData = new Uint8Array(randomBytes(16)) } = message.properties
  const properties = { ...message.properties, responseTopic, correlationData }
  return ok({ message: { ...message, properties }, responseTopic, correlationData, timeoutMs })
}
