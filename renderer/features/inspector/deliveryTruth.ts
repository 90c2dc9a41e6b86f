import type { Qos } from '#shared/model/qos'
import type { SubscriptionStatus } from '#shared/model/subscription'
import { decodePublishProperties, readSubscriptionIdentifiers } from '#shared/mqtt/publishProperties'
import { filterMatches } from '#shared/mqtt/topicFilter'
import type { MessageLog } from '../../model/messageLog'
import type { MessageView } from '../../model/messageLogChunk'

/** Which subscriptions a message came for, and who says so. */
export interface MessageSource {
  /** `inferred` = the broker names none, so the filters that match are taken. */
  readonly by: 'named' | 'inferred'
  readonly subscriptionIds: readonly string[]
  /** Identifiers the broker named that no current subscription to the topic has, each once. */
  readonly unknown: readonly number[]
  /** Filters that match, but are not named. */
  readonly alsoMatching: readonly string[]
}

export const sourceOf = (message: MessageView, statuses: readonly SubscriptionStatus[]): MessageSource => {
  const { properties, subscriptionIds, topic } = message
  const identifiers = new Set(readSubscriptionIdentifiers(properties, { start: 0, end: properties.length }))
  if (identifiers.size === 0) return { by: 'inferred', subscriptionIds, unknown: [], alsoMatching: [] }
  // A server may still hold a filter of an earlier run under a number that means another one now.
  const named = statuses.filter(
    ({ identifier, subscription }) =>
      identifier !== undefined && identifiers.has(identifier) && filterMatches(subscription.filter, topic),
  )
  const ids = new Set(named.map(({ subscription }) => subscription.id))
  const known = new Set(named.map(({ identifier }) => identifier))
  return {
    by: 'named',
    subscriptionIds: [...ids],
    unknown: [...identifiers].filter((one) => !known.has(one)),
    alsoMatching: subscriptionIds.filter((id) => !ids.has(id)),
  }
}

const togetherMs = 5_000
const mostRows = 5_000
/** A repeat comes at most a second after what it equals; a little more, for clocks that were set. */
const repeatMs = 1_100

const isSameBytes = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, index) => byte === other[index])

/** Before MQTT 5 there are no properties; a server passes correlation data on as it is (§3.3.2.3.6). */
const correlationOf = ({ properties }: MessageView) =>
  (properties.length === 0 ? null : decodePublishProperties(properties))?.correlationData ?? new Uint8Array()

const isWhole = ({ payload, payloadBytes }: MessageView) => payload.length === payloadBytes

const isEcho = (sent: MessageView, message: MessageView) =>
  sent.outgoing &&
  sent.topic === message.topic &&
  isWhole(sent) &&
  isSameBytes(sent.payload, message.payload) &&
  isSameBytes(correlationOf(sent), correlationOf(message))

/** The messages that came before one, newest first, as far as they are kept and lie at most `withinMs` before it. */
function* messagesBefore(log: MessageLog, message: MessageView, withinMs: number): Generator<MessageView> {
  const row = log.rowOfSequence(message.sequence)
  if (row === null) return
  for (let at = row - 1; at >= Math.max(log.firstKeptRow(), row - mostRows); at -= 1) {
    const one = log.rowAt(at)
    if (one?.kind !== 'message') continue
    if (message.time - one.message.time > withinMs) return
    yield one.message
  }
}

/**
 * The QoS we published a message with that came back to us, or null where that is not certain: topic, payload and
 * correlation data are the same, at most five seconds lie between, and whatever we sent like it had one QoS.
 */
export const publishedQosOf = (log: MessageLog, message: MessageView): Qos | null => {
  if (message.outgoing || message.retain || message.payloadBytes === 0 || !isWhole(message)) return null
  const found = new Set<Qos>()
  for (const one of messagesBefore(log, message, togetherMs)) if (isEcho(one, message)) found.add(one.qos)
  const [only] = found
  return found.size === 1 && only !== undefined ? only : null
}

/** What can be said about a message that equals the one before it on its topic. */
export interface RepeatStory {
  readonly kind: 'deliveredTwice' | 'perhapsCopy' | 'unknown' | 'gone'
  /** Of the message it equals. */
  readonly sequence: number
  readonly milliseconds: number
  /** How often we published it, and how often it has come, this time included. */
  readonly sent: number
  readonly received: number
  /** How many subscriptions match. */
  readonly matching: number
}

const isEqualDelivery = (one: MessageView, message: MessageView) =>
  !one.outgoing &&
  !one.copy &&
  !one.dup &&
  !one.retain &&
  one.topic === message.topic &&
  one.qos === message.qos &&
  isSameBytes(one.payload, message.payload) &&
  isSameBytes(one.properties, message.properties)

/** Why a message may have come again; null where it is no repeat. `gone` = what it equals is not in the log any more. */
export const repeatStoryOf = (log: MessageLog, message: MessageView, source: MessageSource): RepeatStory | null => {
  if (!message.repeat) return null
  let before: MessageView | null = null
  let sent = 0
  let received = 1
  for (const one of messagesBefore(log, message, togetherMs)) {
    if (isEcho(one, message)) sent += 1
    if (!isEqualDelivery(one, message)) continue
    received += 1
    if (message.time - one.time <= repeatMs) before ??= one
  }
  const matching = source.subscriptionIds.length
  const counts = { sent, received, matching }
  if (!before) return { kind: 'gone', sequence: 0, milliseconds: 0, ...counts }
  const place = { sequence: before.sequence, milliseconds: Math.max(0, Math.round(message.time - before.time)) }
  if (source.by === 'inferred' && matching > 1) return { kind: 'perhapsCopy', ...place, ...counts }
  return { kind: sent > 0 && received > sent ? 'deliveredTwice' : 'unknown', ...place, ...counts }
}

export interface QosStory {
  readonly kind: 'publishedLower' | 'grantedLower' | 'asPublished' | 'severalGrants' | 'atGrant' | 'whole'
  readonly granted: Qos
  readonly grantedId: string
  readonly published: Qos | null
}

interface Grant {
  readonly granted: Qos
  readonly grantedId: string
}

/** What the subscriptions a message came for were granted when it came, lowest first; null where one is not known. */
const grantsOf = (
  source: MessageSource,
  statuses: readonly SubscriptionStatus[],
  time: number,
): readonly Grant[] | null => {
  const byId = new Map(statuses.map((status) => [status.subscription.id, status.state]))
  const grants: Grant[] = []
  for (const grantedId of source.subscriptionIds) {
    const state = byId.get(grantedId)
    // A newer grant says nothing of the one the message came under.
    if (state?.phase !== 'granted' || state.since > time) return null
    grants.push({ granted: state.qos, grantedId })
  }
  return source.unknown.length > 0 ? null : grants.sort((one, other) => one.granted - other.granted)
}

const storyOfGrants = (delivered: Qos, able: readonly [Grant, ...Grant[]]): QosStory => {
  const [lowest] = able
  const told = { ...lowest, published: null }
  if (delivered < lowest.granted) return { kind: 'publishedLower', ...told }
  if (able.some(({ granted }) => granted > delivered)) return { kind: 'severalGrants', ...told }
  return { kind: delivered === 2 ? 'whole' : 'atGrant', ...told }
}

/**
 * Why a message was delivered with its QoS; null where the grants are not known, or do not fit what came. Which of
 * several subscriptions it came for is known only where the broker names them; then the highest grant holds (MQTT 5
 * §3.3.4). Otherwise it may be a copy for any that was granted as much.
 */
export const qosStoryOf = (
  message: MessageView,
  statuses: readonly SubscriptionStatus[],
  published: Qos | null,
): QosStory | null => {
  const source = sourceOf(message, statuses)
  const grants = message.outgoing ? null : grantsOf(source, statuses, message.time)
  const [lowest, ...others] = (grants?.slice(source.by === 'named' ? -1 : 0) ?? []).filter(
    ({ granted }) => granted >= message.qos,
  )
  if (!lowest) return null
  if (published === null) return storyOfGrants(message.qos, [lowest, ...others])
  if (Math.min(published, lowest.granted) !== message.qos) return null
  return { kind: message.qos < published ? 'grantedLower' : 'asPublished', ...lowest, published }
}
