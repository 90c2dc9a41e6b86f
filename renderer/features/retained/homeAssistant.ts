import { isDiscoveryTopic, type Discovery } from '#shared/homeAssistant/discovery'
import { findingOf, type Finding, type TopicSight } from '#shared/homeAssistant/finding'
import { orphansAmong } from '#shared/homeAssistant/orphans'
import type { RetainedEntry } from '#shared/model/retained'
import type { TopicNode } from '../../model/topicIndex/topicIndexNode'
import type { RetainedAgeParts } from './retainedAge'
import type { Listing } from './useRetainedListing'

/** The listing's filter that all of Home Assistant's topics are under. */
export const everythingFilter = '#'

/** A discovery message that the connection heard and the server does not keep. */
interface LostDiscovery {
  readonly topic: string
  /** On the steady clock. */
  readonly at: number
}

export interface HomeAssistantFindings {
  readonly byPlace: ReadonlyMap<number, Finding>
  readonly lost: readonly LostDiscovery[]
  readonly discoveries: number
}

/** A whole listing as far as Home Assistant goes: what does not change while it is looked at. */
export interface HomeAssistantListing {
  readonly retained: ReadonlyMap<string, RetainedEntry>
  /** Places with discovery messages. */
  readonly discoveries: readonly number[]
  readonly orphans: readonly number[]
  readonly entries: readonly RetainedEntry[]
}

/** Null = it is no listing of everything that has come to its end: what is missing in it may be there. */
export const homeAssistantListing = ({ entries, page, filter }: Listing): HomeAssistantListing | null => {
  if (filter !== everythingFilter || page?.phase !== 'listed') return null
  if (page.cut !== null || page.skipped > 0 || entries.length < page.total) return null
  const discoveries = entries.flatMap(({ discovery }, place) => (discovery ? [place] : []))
  const read: Discovery[] = []
  for (const place of discoveries) {
    const discovery = entries[place]?.discovery
    if (discovery?.ok) read.push(discovery)
  }
  const topics = entries.map(({ topic }) => topic)
  return {
    retained: new Map(entries.map((entry) => [entry.topic, entry])),
    discoveries,
    orphans: orphansAmong(topics, read),
    entries,
  }
}

/** What speaks against the messages as it is known now: ghosts first, then what has expired, cannot be read, and orphans. */
export const homeAssistantFindings = (
  listed: HomeAssistantListing,
  seen: RetainedAgeParts & { readonly now: number },
): HomeAssistantFindings => {
  const sightOf = sightsIn(listed, seen)
  const found: [place: number, finding: Finding][] = []
  for (const place of listed.discoveries) {
    const entry = listed.entries[place]
    if (!entry?.discovery) continue
    const finding = hasRunOut(entry, seen.now)
      ? ({ kind: 'ranOut' } as const)
      : findingOf(entry.discovery, { now: seen.now, sightOf })
    if (finding) found.push([place, finding])
  }
  for (const place of listed.orphans) found.push([place, { kind: 'orphan' }])
  found.sort(([place, { kind }], [other, { kind: otherKind }]) => order[kind] - order[otherKind] || place - other)
  return { byPlace: new Map(found), lost: lostAmong(listed, seen), discoveries: listed.discoveries.length }
}

const order: Readonly<Record<Finding['kind'], number>> = {
  silent: 0,
  offline: 1,
  expired: 2,
  ranOut: 3,
  unreadable: 4,
  orphan: 5,
  unheard: 6,
}

const sightsIn =
  ({ retained }: HomeAssistantListing, { askedSince, heard }: RetainedAgeParts) =>
  (topic: string): TopicSight => {
    const asked = heard.skipped ? null : askedSince(topic)
    const node = heard.find(topic)
    return {
      retained: retained.get(topic)?.preview ?? null,
      heard: node && node.lastAt > 0 ? { at: node.lastAt, first: firstBytes(node) } : null,
      listenedSince: asked === null ? null : Math.max(asked, heard.since),
    }
  }

const firstBytes = ({ preview, previewLength }: TopicNode) => preview.slice(0, previewLength)

const hasRunOut = ({ expirySeconds, receivedAt }: RetainedEntry, now: number) =>
  expirySeconds !== null && receivedAt + expirySeconds * 1_000 <= now

/** What came after the listing began may be retained by now. An empty message removes what was there. */
const lostAmong = ({ retained }: HomeAssistantListing, { heard, listedAt }: RetainedAgeParts): LostDiscovery[] =>
  heard
    .discovery()
    .filter(({ topic, lastAt, payloadBytes }) => {
      const isHeard = lastAt > 0 && lastAt < listedAt && payloadBytes > 0
      return isHeard && isDiscoveryTopic(topic) && !retained.has(topic)
    })
    .map(({ topic, lastAt }) => ({ topic, at: lastAt }))
