import { newClientId, type Profile } from '#shared/model/profile'
import type { PublishReceipt } from '#shared/model/publish'
import type { Qos } from '#shared/model/qos'
import { readSubscriptionIdentifiers } from '#shared/mqtt/publishProperties'
import { flags } from '#shared/model/frame'
import { fail, type Result } from '#shared/result'
import { openMqttTransport } from '../broker/mqttJs/mqttTransport'
import { encodePublish } from '../broker/packets/publishPacket'
import { createOutgoingMessage } from '../broker/publishing/outgoingMessage'
import type { Online } from '../broker/session/onlineState'
import { openShortConnection, type MadeWith, type ShortConnection } from '../broker/session/shortConnection'
import type { FilterReasonCode } from '../broker/transport/transport'

export interface TrialClientParts {
  readonly madeWith: MadeWith
  readonly signal: AbortSignal
  readonly maximumPacketSize: number
  /** The steady time. */
  readonly now: () => number
  readonly debug: ((line: string) => void) | null
}

/** How a client of a trial is other than usual. */
export interface TrialClientWish {
  readonly clientId?: string
  readonly session?: Pick<Profile, 'cleanStart' | 'sessionExpirySeconds'>
}

/** A message that came to a client of a trial. */
interface HeardMessage {
  readonly topic: string
  readonly bytes: number
  readonly qos: Qos
  readonly retain: boolean
  readonly identifiers: readonly number[]
}

/** A connection of its own for trials. */
export interface TrialClient {
  readonly online: Online
  /** Fails with why the server did not take it, or that it did not answer. */
  publish(message: {
    readonly topic: string
    readonly payload: Uint8Array
    readonly qos: Qos
    readonly retain?: boolean
  }): Promise<Result<PublishReceipt>>
  /** Null = the connection ended, or nothing came. */
  subscribe(filter: string, given?: { readonly identifier?: number }): Promise<FilterReasonCode>
  /** The first that meets it, of those that came and those that come soon; null = none. */
  hear(isMeant: (message: HeardMessage) => boolean): Promise<HeardMessage | null>
  isLost(): boolean
  close(): Promise<void>
}

/** A server that answers no trial in this time does not answer it. */
const answerMs = 4_000

export const openTrialClient = async (
  { madeWith, ...parts }: TrialClientParts,
  wish: TrialClientWish = {},
): Promise<Result<TrialClient>> => {
  const heard: HeardMessage[] = []
  const listeners = new Set<() => void>()
  const ended = new AbortController()
  const isVersion5 = madeWith.profile.protocolVersion === '5'
  const opened = await openShortConnection({
    ...madeWith,
    ...parts,
    clientId: wish.clientId ?? newClientId(),
    ...(wish.session && { session: wish.session }),
    openTransport: openMqttTransport,
    onMessage: ({ topic, flags: bits, source, start, payloadStart, end }) => {
      heard.push({
        topic: topic.text,
        bytes: end - payloadStart,
        qos: (bits & flags.qosMask) as Qos,
        retain: (bits & flags.retain) !== 0,
        identifiers: isVersion5 ? readSubscriptionIdentifiers(source, { start, end: payloadStart }) : [],
      })
      for (const listener of listeners) listener()
    },
    onLost: () => ended.abort(),
  })
  return opened.ok ? { ok: true, value: clientOf(opened.value, { heard, listeners, ended, now: parts.now }) } : opened
}

interface ClientParts {
  readonly heard: readonly HeardMessage[]
  readonly listeners: Set<() => void>
  readonly ended: AbortController
  readonly now: () => number
}

const clientOf = (connection: ShortConnection, { heard, listeners, ended, now }: ClientParts): TrialClient => {
  const { online, outgoing, transport } = connection
  const isVersion5 = online.protocolVersion === '5'
  return {
    online,
    publish: ({ topic, payload, qos, retain = false }) => {
      const packet = encodePublish({ topic, payload, qos, retain, properties: {} }, isVersion5)
      const sent = new Promise<Result<PublishReceipt>>((answer) =>
        outgoing.send(
          createOutgoingMessage({
            packet,
            topic,
            qos,
            protocolVersion: online.protocolVersion,
            sequence: 0,
            records: null,
            now,
            deliver: () => undefined,
            answer,
          }),
        ),
      )
      return soonOr(sent, silence)
    },
    subscribe: (filter, { identifier } = {}) => {
      const options = { noLocal: false, retainAsPublished: false, retainHandling: 0 } as const
      return soonOr(transport.subscribe({ filter, qos: 2, options, identifier: identifier ?? null }), null)
    },
    hear: (isMeant) =>
      soonOr(
        new Promise<HeardMessage | null>((resolve) => {
          const look = () => {
            const found = heard.find(isMeant)
            if (!found && !ended.signal.aborted) return
            listeners.delete(look)
            ended.signal.removeEventListener('abort', look)
            resolve(found ?? null)
          }
          listeners.add(look)
          ended.signal.addEventListener('abort', look, { once: true })
          look()
        }),
        null,
      ),
    isLost: () => ended.signal.aborted,
    // One that takes no more bytes is left to itself.
    close: () => soonOr(connection.close(), undefined),
  }
}

const silence: Result<PublishReceipt> = fail('publishInterrupted', 'The server did not answer.')

const soonOr = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const silent = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), answerMs)
  })
  const result = await Promise.race([work, silent])
  clearTimeout(timer)
  return result
}
