import { fingerprintBytes, fingerprintOf, type RetainedEntry } from '#shared/model/retained'
import type { AskedSince } from '../../model/askedSince'
import type { TopicNode } from '../../model/topicIndex/topicIndexNode'

/** What a connection has heard of its topics. */
export interface Heard {
  find(topic: string): TopicNode | null
  /** Topics where Home Assistant looks for discovery messages, and others below them. */
  discovery(): TopicNode[]
  /** Since when nothing that came was forgotten, on the steady clock. */
  readonly since: number
  /** Some messages were not looked at: the newest of a topic may be among them. */
  readonly skipped: boolean
}

/**
 * How long ago a message was retained, as far as the connection can tell. No broker says when; but had it been after
 * `before`, the connection would have heard of it. `by` is what happened at that time: the connection was asking from
 * then on, or the topic's newest message came, which had the same bytes, or other ones, or whose bytes are too many to tell (`newest`).
 */
export type RetainedAge =
  | { readonly kind: 'atLeast'; readonly before: number; readonly by: 'asked' | 'same' | 'other' | 'newest' }
  /** Nothing asked for the topic when it was listed, or messages were skipped, or a newer one came after the listing. */
  | { readonly kind: 'unknown'; readonly why: 'notAsked' | 'skipped' | 'newer' }

export interface RetainedAgeParts {
  readonly askedSince: AskedSince
  readonly heard: Heard
  /** When the listing began, on the steady clock. */
  readonly listedAt: number
}

export const retainedAgeOf = (entry: RetainedEntry, { askedSince, heard, listedAt }: RetainedAgeParts): RetainedAge => {
  const asked = askedSince(entry.topic)
  if (asked === null) return { kind: 'unknown', why: 'notAsked' }
  if (heard.skipped) return { kind: 'unknown', why: 'skipped' }
  const from = Math.max(asked, heard.since)
  const node = heard.find(entry.topic)
  const newest = node && node.ownMessages > 0 ? node.lastAt : 0
  if (newest > listedAt) return { kind: 'unknown', why: 'newer' }
  if (from > listedAt) return { kind: 'unknown', why: 'notAsked' }
  if (!node || newest <= from) return { kind: 'atLeast', before: from, by: 'asked' }
  return { kind: 'atLeast', before: newest, by: newestIs(entry, node) }
}

const newestIs = (entry: RetainedEntry, { payloadBytes, preview, previewLength }: TopicNode) => {
  if (payloadBytes !== entry.size) return 'other'
  if (fingerprintOf(preview.subarray(0, previewLength)) !== entry.fingerprint) return 'other'
  return entry.size <= fingerprintBytes ? 'same' : 'newest'
}
