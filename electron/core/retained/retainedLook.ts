import { setTimeout as delay } from 'node:timers/promises'
import { flags } from '#shared/model/frame'
import { defaultSubscriptionOptions, type SubscriptionOptions } from '#shared/model/subscription'
import { encodePublishProperties, type PublishPropertySet } from '#shared/mqtt/publishProperties'
import { fail, ok, type Result } from '#shared/result'
import type { WireMessage } from '../broker/message/wireMessage'
import { patienceFor, subscribeRefusal } from './retainedScan'
import { propertiesOf, type RetainedMessage } from './retainedStore'
import type { ShortConnection } from '../broker/session/shortConnection'

/** What a topic holds now: the message that was listed, as it came this time, or another one. */
export type Seen = RetainedMessage | 'other'

/**
 * All but `quick` wait until no more messages come, so that a topic without a message probably has none. `last`
 * subscribes without the options that follow later changes.
 */
export type LookManner = 'quick' | 'patient' | 'last'

interface LookRequest {
  readonly messages: readonly RetainedMessage[]
  /** Brings all of them and perhaps more; null = each topic is asked for by itself. */
  readonly filter: string | null
  readonly manner: LookManner
}

/** SUBSCRIBEs under way at a time. */
const mostAsked = 1_024
const checkEveryMs = 25

/** Later ones come with their RETAIN flag, which MQTT 3.1.1 takes off; ours do not come back. */
const following: SubscriptionOptions = { noLocal: true, retainAsPublished: true, retainHandling: 0 }

/**
 * Sees what a broker holds of messages that were listed. It stays subscribed, so with MQTT 5 it also learns of what is
 * retained while the work goes on.
 */
export interface RetainedLook {
  onMessage(message: WireMessage): void
  /** What the topic holds by now; undefined = nothing that came. */
  of(topic: string): Seen | undefined
  /** Asks anew. Fails when a subscription is refused or the connection ends. */
  at(connection: ShortConnection, request: LookRequest): Promise<Result<null>>
}

export const createRetainedLook = (now: () => number): RetainedLook => {
  const listed = new Map<string, RetainedMessage>()
  const seen = new Map<string, Seen>()
  /** Topics that something came for during this look: one that is retained again and again must not prolong it. */
  const heard = new Set<string>()
  let lastArrival = 0

  const noteArrival = (topic: string) => {
    if (heard.has(topic)) return
    heard.add(topic)
    lastArrival = now()
  }
  const onMessage = (message: WireMessage) => {
    if ((message.flags & flags.retain) === 0) return
    const { text } = message.topic
    noteArrival(text)
    const known = listed.get(text)
    if (!known) return
    // §3.3.1.3: an empty one is no message; it says that there is none any more.
    if (message.end === message.payloadStart) seen.delete(text)
    else {
      const properties = propertiesOf(message)
      const same = isListed(known, message, properties)
      seen.set(text, same ? { ...known, properties, receivedAt: message.time } : 'other')
    }
  }

  const ask = async ({ transport, online }: ShortConnection, request: LookRequest): Promise<Result<null>> => {
    const filters = request.filter === null ? request.messages.map(({ topic }) => topic) : [request.filter]
    const options = optionsFor(request.manner)
    for (let at = 0; at < filters.length; at += mostAsked) {
      const some = filters.slice(at, at + mostAsked)
      const requests = some.map((filter) => transport.subscribe({ filter, qos: 0, options, identifier: null }))
      for (const answer of await Promise.all(requests)) {
        if (!answer) return fail('connectionClosed', 'The connection ended before the server answered.')
        const error = subscribeRefusal(answer, online.protocolVersion === '5')
        if (error) return { ok: false, error }
      }
    }
    return ok(null)
  }

  /** Answers how long it took; null = the connection ended. */
  const roundTrip = async ({ transport }: ShortConnection): Promise<number | null> => {
    const startedAt = performance.now()
    const answer = await transport.unsubscribe('topicscope/taken')
    return answer && performance.now() - startedAt
  }

  return {
    onMessage,
    of: (topic) => seen.get(topic),
    at: async (connection, request) => {
      heard.clear()
      for (const message of request.messages) {
        listed.set(message.topic, message)
        seen.delete(message.topic)
      }
      const asked = await ask(connection, request)
      if (!asked.ok) return asked
      lastArrival = now()
      const milliseconds = await roundTrip(connection)
      if (milliseconds === null) return fail('connectionClosed', 'The connection ended before the server answered.')
      if (request.manner === 'quick') return ok(null)
      const patience = patienceFor(milliseconds)
      const isComplete = () => request.messages.every(({ topic }) => seen.has(topic))
      while (now() - lastArrival < patience && !isComplete()) await delay(checkEveryMs)
      return ok(null)
    },
  }
}

/** Some servers apply No Local to what they keep, and the last look is for what we put back. */
const optionsFor = (manner: LookManner) => (manner === 'last' ? defaultSubscriptionOptions : following)

/** Without the Message Expiry Interval, which the server reduces while it keeps the message. */
const lastingBytes = (properties: PublishPropertySet | null) => {
  const { messageExpirySeconds: _left, ...lasting } = properties ?? {}
  return encodePublishProperties(lasting)
}

const isListed = (listed: RetainedMessage, message: WireMessage, properties: PublishPropertySet | null) => {
  const { source, payloadStart, end } = message
  if (source.compare(listed.payload, 0, listed.payload.length, payloadStart, end) !== 0) return false
  if (properties === null && listed.properties === null) return true
  return Buffer.compare(lastingBytes(properties), lastingBytes(listed.properties)) === 0
}
