import { decodeUtf8 } from '#shared/mqtt/utf8'
import type { AvailabilityTopic, Discovery, DiscoveryProblem, DiscoveryReading } from './discovery'

/** What is known of a topic that a discovery message names. */
export interface TopicSight {
  /** The first bytes of the message that the server keeps; null = it keeps none. */
  readonly retained: Uint8Array | null
  /** The last message that came while the connection was subscribed, on the steady clock; null = none. */
  readonly heard: { readonly at: number; readonly first: Uint8Array } | null
  /** Since when every message on the topic would have come; null = it is not subscribed, or messages were skipped. */
  readonly listenedSince: number | null
}

/** What speaks against a retained message of Home Assistant's. It says what was seen, and for how long was listened. */
export type Finding =
  /** Nothing is retained on the topics, and nothing came on any of them while it was listened. */
  | { readonly kind: 'silent'; readonly topics: readonly string[]; readonly since: number }
  /** Nothing is retained on the topics, and the connection does not hear all of them. */
  | { readonly kind: 'unheard'; readonly topics: readonly string[] }
  | { readonly kind: 'offline'; readonly topic: string; readonly payload: string }
  /** No message came since that time, which is longer than `expire_after` says. */
  | { readonly kind: 'expired'; readonly topic: string; readonly seconds: number; readonly since: number }
  /** The Message Expiry Interval of the discovery message is over. */
  | { readonly kind: 'ranOut' }
  | { readonly kind: 'unreadable'; readonly problem: DiscoveryProblem }
  /** No discovery message names the topic. */
  | { readonly kind: 'orphan' }

export interface JudgedAt {
  readonly now: number
  readonly sightOf: (topic: string) => TopicSight
}

/** What speaks against a discovery message; null = nothing that was seen. */
export const findingOf = (reading: DiscoveryReading, at: JudgedAt): Finding | null => {
  if (!reading.ok) return { kind: 'unreadable', problem: reading.problem }
  return offlineOf(reading, at) ?? silenceOf(reading, at) ?? expiryOf(reading, at)
}

const firstOf = ({ heard, retained }: TopicSight): Uint8Array | null => heard?.first ?? retained

/**
 * With `all` one topic that says offline is enough. With `latest` the order counts in which they came, and of retained messages
 * nobody knows it: as with `any`, all have to say so.
 */
const offlineOf = ({ availability, availabilityMode }: Discovery, { sightOf }: JudgedAt): Finding | null => {
  const said = availability.map((one) => ({ ...one, payload: offlineText(one, firstOf(sightOf(one.topic))) }))
  const gone = said.flatMap(({ topic, payload }) => (payload === null ? [] : [{ topic, payload }]))
  const [first] = gone
  const isEnough = availabilityMode === 'all' || gone.length === said.length
  return first && isEnough ? { kind: 'offline', ...first } : null
}

/** The payload where it says that the device is gone: as it is, or as the `state` of an object, as zigbee2mqtt has it. */
const offlineText = ({ offline }: AvailabilityTopic, payload: Uint8Array | null): string | null => {
  if (!payload) return null
  const text = decodeUtf8(payload)
  if (text === offline) return text
  const before = /^\s*\{\s*"state"\s*:\s*/.exec(text)
  return before && text.startsWith(JSON.stringify(offline), before[0].length) ? text : null
}

/** A discovery message that names no topic of the device, or a filter in place of one, is not judged. */
const silenceOf = ({ states, availability }: Discovery, { sightOf }: JudgedAt): Finding | null => {
  const topics = [...new Set([...states, ...availability.map(({ topic }) => topic)])]
  if (topics.length === 0 || topics.some((topic) => /[+#]/.test(topic))) return null
  const sights = topics.map(sightOf)
  if (sights.some(({ retained, heard }) => retained !== null || heard !== null)) return null
  let since = 0
  for (const { listenedSince } of sights) {
    if (listenedSince === null) return { kind: 'unheard', topics }
    since = Math.max(since, listenedSince)
  }
  return { kind: 'silent', topics, since }
}

/** What was published while nobody listened is not known, so the time begins when listening did. */
const expiryOf = ({ expiries }: Discovery, { now, sightOf }: JudgedAt): Finding | null => {
  for (const { topic, seconds } of expiries) {
    const { heard, listenedSince } = sightOf(topic)
    if (listenedSince === null) continue
    const since = Math.max(listenedSince, heard?.at ?? 0)
    if (now - since > seconds * 1_000) return { kind: 'expired', topic, seconds, since }
  }
  return null
}
