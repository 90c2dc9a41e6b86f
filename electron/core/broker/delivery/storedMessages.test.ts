import { describe, expect, it } from 'vitest'
import { flags } from '#shared/model/frame'
import { defaultSubscriptionOptions, type SubscriptionOptions } from '#shared/model/subscription'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import type { WireMessage } from '../message/wireMessage'
import { createTopicTable } from '../message/topicTable'
import { createStoredMessages } from './storedMessages'

const asPublished: Partial<SubscriptionOptions> = { retainAsPublished: true }

interface Came {
  readonly topic?: string
  readonly retain?: boolean
  /** Filters that the message names by identifiers. */
  readonly named?: readonly string[]
  /** Filters that match. */
  readonly matching?: readonly string[]
}

/** A server and its clock, seen from a session. */
const open = () => {
  const filters: string[] = []
  const topics = createTopicTable()
  const stored = createStoredMessages((identifier) => filters[identifier - 1])
  let at = 1_000_000
  const numberOf = (filter: string) => {
    if (!filters.includes(filter)) filters.push(filter)
    return filters.indexOf(filter) + 1
  }
  const ask = (filter: string, options: Partial<SubscriptionOptions> = {}, isNew = true) => {
    numberOf(filter)
    stored.subscribing({ filter, options: { ...defaultSubscriptionOptions, ...options }, isNew, at })
  }
  return {
    pass: (milliseconds: number) => void (at += milliseconds),
    ask,
    grant: (filter: string) => stored.subscribed(filter, at),
    subscribe: (filter: string, options: Partial<SubscriptionOptions> = {}, isNew = true) => {
      ask(filter, options, isNew)
      stored.subscribed(filter, at)
    },
    isStored: ({ topic = 't', retain = true, named = [], matching = ['#'] }: Came = {}) => {
      const identifiers = named.map(numberOf)
      const properties = identifiers.length > 0 ? encodePublishProperties({ subscriptionIdentifiers: identifiers }) : []
      const source = Buffer.from([...properties, 1])
      const message: WireMessage = {
        time: at + 36e5,
        clockShift: 36e5,
        topic: topics.ofText(topic),
        packetId: 0,
        flags: retain ? flags.retain : 0,
        source,
        start: 0,
        payloadStart: properties.length,
        end: source.length,
      }
      return stored.isStored(message, identifiers, matching)
    },
  }
}

describe('a message the server had kept', () => {
  it('has the retain mark, which a server takes off what is published now', () => {
    const { subscribe, isStored, pass } = open()
    subscribe('#')
    expect([isStored(), isStored({ retain: false })]).toEqual([true, false])
    pass(3_600_000)
    expect(isStored()).toBe(true)
  })

  it('is told by the subscription that brought it, where the server names that', () => {
    const { subscribe, isStored, pass } = open()
    subscribe('#')
    subscribe('t', asPublished)
    const matching = ['#', 't']
    expect(isStored({ retain: false, matching })).toBe(false)
    pass(10_000)
    expect([isStored({ named: ['#'], matching }), isStored({ named: ['t'], matching })]).toEqual([true, false])
  })

  describe('with Retain As Published', () => {
    it('comes once for each SUBSCRIBE; what is marked after it was published now', () => {
      const { subscribe, isStored, pass } = open()
      subscribe('#', asPublished)
      expect([isStored(), isStored(), isStored({ topic: 'u' })]).toEqual([true, false, true])
      pass(60_000)
      subscribe('#', asPublished, false)
      expect([isStored(), isStored()]).toEqual([true, false])
    })

    it('comes right behind the grant, or behind another of them, or before the grant', () => {
      const { ask, grant, subscribe, isStored, pass } = open()
      ask('#', asPublished)
      pass(5_000)
      expect(isStored({ topic: 'early' })).toBe(true)
      grant('#')
      for (let index = 0; index < 10; index += 1) {
        pass(900)
        expect(isStored({ topic: `t/${index}` })).toBe(true)
      }
      pass(1_100)
      expect(isStored({ topic: 'late' })).toBe(false)
      subscribe('#', asPublished, false)
      pass(1_100)
      expect(isStored({ topic: 'late' })).toBe(false)
    })

    it('does not come after what was published since', () => {
      const { subscribe, isStored } = open()
      subscribe('#', asPublished)
      expect([isStored({ retain: false }), isStored()]).toEqual([false, false])
    })

    it.each([
      [{ retainHandling: 2 as const }, true, false],
      [{ retainHandling: 1 as const }, false, false],
      [{ retainHandling: 1 as const }, true, true],
      [{ retainHandling: 0 as const }, false, true],
    ])('does not come where the SUBSCRIBE does not ask for it: %o, new: %s', (options, isNew, expected) => {
      const { subscribe, isStored } = open()
      subscribe('#', { ...asPublished, ...options }, isNew)
      expect(isStored()).toBe(expected)
    })

    it('comes for each of several such subscriptions, in their order', () => {
      const { subscribe, isStored } = open()
      subscribe('#', asPublished)
      subscribe('t', asPublished)
      const matching = ['#', 't']
      expect(['#', 't', '#', 't'].map((filter) => isStored({ named: [filter], matching }))).toEqual([
        true,
        true,
        false,
        false,
      ])
    })
  })

  it('is one where no subscription of ours is known to have brought it', () => {
    const { isStored } = open()
    expect(isStored({ matching: [] })).toBe(true)
  })
})
