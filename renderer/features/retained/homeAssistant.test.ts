import { expect, it } from 'vitest'
import { readDiscovery } from '#shared/homeAssistant/discovery'
import type { RetainedEntry, RetainedPage } from '#shared/model/retained'
import type { TopicNode } from '../../model/topicIndex/topicIndexNode'
import { homeAssistantFindings, homeAssistantListing } from './homeAssistant'
import type { Heard } from './retainedAge'
import type { Listing } from './useRetainedListing'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const entryOf = (topic: string, payload: string, expirySeconds: number | null = null): RetainedEntry => ({
  topic,
  qos: 0,
  expirySeconds,
  receivedAt: 1_000,
  size: payload.length,
  fingerprint: 0,
  preview: bytesOf(payload),
  discovery: readDiscovery(topic, bytesOf(payload)),
})
const nodeOf = (topic: string, lastAt: number, payload: string) => {
  const preview = bytesOf(payload)
  return { topic, lastAt, payloadBytes: preview.length, preview, previewLength: preview.length } as TopicNode
}
const listingOf = (entries: readonly RetainedEntry[], page: Partial<RetainedPage> = {}): Listing => ({
  entries,
  fates: new Map(),
  error: null,
  listedAt: 1_000,
  filter: '#',
  page: { phase: 'listed', cut: null, skipped: 0, total: entries.length, ...page } as RetainedPage,
})
const config = 'homeassistant/sensor/x/config'
const ghost = entryOf(config, '{"stat_t":"x/state"}')

const found = (entries: readonly RetainedEntry[], nodes: readonly TopicNode[] = [], more: Partial<Heard> = {}) => {
  const listed = homeAssistantListing(listingOf(entries))
  if (!listed) throw new Error('That is a whole listing.')
  const byTopic = new Map(nodes.map((node) => [node.topic, node]))
  const find = (topic: string) => byTopic.get(topic) ?? null
  const heard: Heard = { find, discovery: () => [...nodes], since: 0, skipped: false, ...more }
  return homeAssistantFindings(listed, { askedSince: () => 100, heard, listedAt: 1_000, now: 60_000 })
}

it('says since when nothing was heard of a device, and no more than that where messages were skipped', () => {
  expect(found([ghost]).byPlace.get(0)).toEqual({ kind: 'silent', topics: ['x/state'], since: 100 })
  expect(found([ghost], [], { since: 500 }).byPlace.get(0)).toMatchObject({ kind: 'silent', since: 500 })
  expect(found([ghost], [], { skipped: true }).byPlace.get(0)).toMatchObject({ kind: 'unheard' })
  expect(found([ghost], [nodeOf('x/state', 2_000, '1')]).byPlace.size).toBe(0)
})

it('tells discovery messages that the server does not keep', () => {
  const lost = nodeOf('homeassistant/switch/lost/config', 500, '{}')
  const later = nodeOf('homeassistant/switch/later/config', 5_000, '{}')
  const removed = nodeOf('homeassistant/switch/removed/config', 500, '')
  const status = nodeOf('homeassistant/status', 500, 'online')
  const nodes = [lost, later, removed, status, nodeOf(config, 500, '{}')]
  expect(found([ghost], nodes).lost).toEqual([{ topic: lost.topic, at: 500 }])
})

it('puts ghosts before what has run out, and that before orphans', () => {
  const entries = [entryOf('x/old', '1'), entryOf('homeassistant/sensor/y/config', '{}', 5), ghost]
  expect(Array.from(found(entries).byPlace, ([place, { kind }]) => [place, kind])).toEqual([
    [2, 'silent'],
    [1, 'ranOut'],
    [0, 'orphan'],
  ])
})

it('judges nothing by a list that is not whole', () => {
  const parts: Partial<RetainedPage>[] = [{ phase: 'cancelled' }, { cut: 'entries' }, { skipped: 1 }, { total: 2 }]
  for (const page of parts) expect(homeAssistantListing(listingOf([ghost], page))).toBeNull()
  expect(homeAssistantListing({ ...listingOf([ghost]), filter: 'homeassistant/#' })).toBeNull()
})
