import {
  fingerprintOf,
  retainedListLimits,
  retainedPageLimits,
  retainedPreviewBytes,
  type RetainedEntry,
} from '#shared/model/retained'
import { isDiscoveryTopic, readDiscovery } from '#shared/homeAssistant/discovery'
import type { Qos } from '#shared/model/qos'
import { flags } from '#shared/model/frame'
import { decodePublishProperties, type PublishPropertySet } from '#shared/mqtt/publishProperties'
import type { WireMessage } from '../broker/message/wireMessage'

/** One retained message as it came: enough to put it back. */
export interface RetainedMessage {
  readonly topic: string
  readonly payload: Uint8Array
  /** Null where there are none; identifiers of subscriptions are not the message's own. */
  readonly properties: PublishPropertySet | null
  readonly receivedAt: number
  /** What it takes of memory, roughly. */
  readonly keptBytes: number
  /** How often it came, and the highest QoS it came with. */
  arrivals: number
  qos: Qos
}

/** An entry of the list and of the index, objects around text and bytes. */
const overheadBytes = 320

export const propertiesOf = ({ source, start, payloadStart }: WireMessage): PublishPropertySet | null => {
  if (payloadStart === start) return null
  const set = decodePublishProperties(source.subarray(start, payloadStart))
  delete set?.subscriptionIdentifiers
  delete set?.topicAlias
  return set
}

/**
 * It was asked for twice, with QoS 0 and with QoS 2: a message comes with the lower of that and its own (§3.8.4), so
 * one that came twice and never with more than 0 has QoS 0; null = not known. A broker may hold back what exceeds its
 * queue.
 */
export const storedQosOf = ({ arrivals, qos }: RetainedMessage): Qos | null => (qos > 0 || arrivals > 1 ? qos : null)

const entryOf = (stored: RetainedMessage): RetainedEntry => ({
  topic: stored.topic,
  size: stored.payload.length,
  qos: storedQosOf(stored),
  expirySeconds: stored.properties?.messageExpirySeconds ?? null,
  receivedAt: stored.receivedAt,
  fingerprint: fingerprintOf(stored.payload),
  // Of its own: what crosses to the window takes all memory it is a part of along.
  preview: stored.payload.slice(0, retainedPreviewBytes),
  discovery: readDiscovery(stored.topic, stored.payload),
})

/** What an entry takes of a page, in characters: what is read of discovery is as long as its payload at most. */
const charactersOf = ({ topic, payload }: RetainedMessage) =>
  topic.length + (isDiscoveryTopic(topic) ? payload.length : 0)

/** The retained messages of a listing, in the order of their arrival, within `retainedListLimits`. */
export interface RetainedStore {
  /** Which limit it does not fit within; null = taken. */
  add(message: WireMessage): 'entries' | 'bytes' | null
  /** How often a topic's message came; 0 = it is not in the list. */
  arrivalsOf(topic: string): number
  at(place: number): RetainedMessage | undefined
  /** From a place on: at least one if there is one, and no more than crosses to the window in one go. */
  entries(from: number): RetainedEntry[]
  readonly size: number
  readonly bytes: number
}

export const createRetainedStore = (
  limits: { readonly entries: number; readonly bytes: number } = retainedListLimits,
): RetainedStore => {
  const list: RetainedMessage[] = []
  const byTopic = new Map<string, RetainedMessage>()
  let bytes = 0
  let keptBytes = 0

  return {
    add: (message) => {
      const { topic, source, payloadStart, end, time } = message
      const qos = (message.flags & flags.qosMask) as Qos
      const known = byTopic.get(topic.text)
      if (known) {
        known.arrivals += 1
        if (qos > known.qos) known.qos = qos
        return null
      }
      if (list.length >= limits.entries) return 'entries'
      const weight = keptBytesOf(message)
      if (keptBytes + weight > limits.bytes) return 'bytes'
      const payload = new Uint8Array(source.subarray(payloadStart, end))
      const stored = {
        topic: topic.text,
        payload,
        properties: propertiesOf(message),
        receivedAt: time,
        keptBytes: weight,
        arrivals: 1,
        qos,
      }
      list.push(stored)
      byTopic.set(stored.topic, stored)
      bytes += payload.length
      keptBytes += weight
      return null
    },
    arrivalsOf: (topic) => byTopic.get(topic)?.arrivals ?? 0,
    at: (place) => list[place],
    entries: (from) => {
      const page: RetainedEntry[] = []
      let characters = 0
      for (let place = from; page.length < retainedPageLimits.entries; place += 1) {
        const stored = list[place]
        if (!stored) break
        characters += charactersOf(stored)
        if (page.length > 0 && characters > retainedPageLimits.characters) break
        page.push(entryOf(stored))
      }
      return page
    },
    get size() {
      return list.length
    },
    get bytes() {
      return bytes
    },
  }
}

/** Text may take two bytes a character, and a property of a few bytes is an object of its own. */
const keptBytesOf = ({ topic, start, payloadStart, end }: WireMessage) =>
  overheadBytes + 2 * topic.text.length + 8 * (payloadStart - start) + (end - payloadStart)
