import type { Qos } from '#shared/model/qos'
import { isOwnSubscription, type SubscriptionStatus } from '#shared/model/subscription'
import { readSubscriptionIdentifiers } from '#shared/mqtt/publishProperties'
import { filterMatches } from '#shared/mqtt/topicFilter'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'

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
  const unlisted = [...identifiers].filter((one) => !known.has(one))
  // Filters of our own have identifiers, which no list tells.
  const own = subscriptionIds.filter(isOwnSubscription).slice(0, unlisted.length)
  for (const id of own) ids.add(id)
  return {
    by: 'named',
    subscriptionIds: [...ids],
    unknown: unlisted.slice(own.length),
    alsoMatching: subscriptionIds.filter((id) => !ids.has(id)),
  }
}

/** A message, where the subscriptions stand, and which of them it came for. */
export interface Arrival {
  readonly message: MessageView
  readonly statuses: readonly SubscriptionStatus[]
  readonly source: MessageSource
}

interface Grant {
  readonly granted: Qos
  readonly grantedId: string
  /** On the steady clock. */
  readonly since: number
}

export interface QosStory extends Grant {
  readonly kind: 'publishedLower' | 'grantedLower' | 'asPublished' | 'severalGrants' | 'atGrant' | 'whole'
  readonly published: Qos | null
  /** How many others were granted the same and may have brought it, where the broker names none. */
  readonly others: number
}

/** What the subscriptions a message came for were granted when it came, lowest first; null where one is not known. */
const grantsOf = ({ message, statuses, source }: Arrival): readonly Grant[] | null => {
  const byId = new Map(statuses.map((status) => [status.subscription.id, status.state]))
  const grants: Grant[] = []
  for (const grantedId of source.subscriptionIds) {
    const state = byId.get(grantedId)
    // A newer grant says nothing of the one the message came under.
    if (state?.phase !== 'granted' || state.since > message.arrivedAt) return null
    grants.push({ granted: state.qos, grantedId, since: state.since })
  }
  return source.unknown.length > 0 ? null : grants.sort((one, other) => one.granted - other.granted)
}

/** When the latest grant of those a message came under was given, on the steady clock; null = not known. */
export const grantedSince = (arrival: Arrival): number | null => {
  const times = grantsOf(arrival)?.map(({ since }) => since) ?? []
  return times.length === 0 ? null : Math.max(...times)
}

const equalsOf = ({ granted }: Grant, others: readonly Grant[]) =>
  others.filter((one) => one.granted === granted).length

const storyOfGrants = (delivered: Qos, able: readonly [Grant, ...Grant[]]): QosStory => {
  const [lowest, ...others] = able
  const told = { ...lowest, published: null, others: equalsOf(lowest, others) }
  if (delivered < lowest.granted) return { kind: 'publishedLower', ...told }
  if (able.some(({ granted }) => granted > delivered)) return { kind: 'severalGrants', ...told }
  return { kind: delivered === 2 ? 'whole' : 'atGrant', ...told }
}

/**
 * Why a message was delivered with its QoS; null where the grants are not known, or do not fit what came. Which of
 * several subscriptions it came for is known only where the broker names them; then the highest grant holds (MQTT 5
 * §3.3.4). Otherwise it may be a copy for any that was granted as much.
 */
export const qosStoryOf = (arrival: Arrival, published: Qos | null): QosStory | null => {
  const { message, source } = arrival
  const grants = message.outgoing ? null : grantsOf(arrival)
  const [lowest, ...others] = (grants?.slice(source.by === 'named' ? -1 : 0) ?? []).filter(
    ({ granted }) => granted >= message.qos,
  )
  if (!lowest) return null
  if (published === null) return storyOfGrants(message.qos, [lowest, ...others])
  if (Math.min(published, lowest.granted) !== message.qos) return null
  const kind = message.qos < published ? 'grantedLower' : 'asPublished'
  return { kind, ...lowest, published, others: equalsOf(lowest, others) }
}
