import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flags } from '#shared/model/frame'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import { createOverlapCopies } from './overlapCopies'
import { createTopicTable } from '../message/topicTable'

const topics = createTopicTable()

interface Sent {
  readonly topic?: string
  readonly payload?: string
  readonly identifiers?: readonly number[]
  readonly time?: number
  readonly clockShift?: number
  readonly flags?: number
}

const messageOf = ({ topic = 't', payload = 'p', identifiers = [], time = 0, ...given }: Sent) => {
  const properties = encodePublishProperties({ subscriptionIdentifiers: [...identifiers] })
  const source = Buffer.concat([properties, Buffer.from(payload)])
  const places = { source, start: 0, payloadStart: properties.length, end: source.length }
  return { time, clockShift: 0, flags: 0, ...given, topic: topics.ofText(topic), packetId: 0, ...places }
}

/** Filters that are identified by their places from 1 on, all of them granted long ago. */
const copiesOf = (filters: readonly string[], withNoLocal: readonly string[] = [], isSettled = true) => {
  const copies = createOverlapCopies({
    filterOf: (identifier) => filters[identifier - 1],
    bringsAll: (filter) => !filter.startsWith('$share/') && !withNoLocal.includes(filter),
    isSettled: () => isSettled,
  })
  filters.forEach((_, place) => copies.subscribed(place + 1))
  const isShown = (sent: Sent, matching = filters) => {
    const ours = (sent.identifiers ?? []).filter((identifier) => identifier <= filters.length)
    return !copies.isCopy(messageOf(sent), ours, matching)
  }
  return { ...copies, isShown }
}

const plain = ['t', '#', '+', 't/#']
const shownOf = (sent: readonly Sent[], filters: readonly string[] = plain, withNoLocal: readonly string[] = []) => {
  const { isShown } = copiesOf(filters, withNoLocal)
  return sent.map((one) => isShown(one))
}
const countOf = (shown: readonly boolean[]) => shown.filter(Boolean).length

describe('overlapping subscriptions', () => {
  it('shows a message once that came for three subscriptions', () => {
    expect(shownOf([1, 2, 3].map((identifier) => ({ identifiers: [identifier] })))).toEqual([true, false, false])
  })

  it('shows a message twice that was published twice, in whatever order the copies come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 1, 2, 2, 3, 3], { minLength: 6 }), (order) => {
        expect(countOf(shownOf(order.map((identifier) => ({ identifiers: [identifier] }))))).toBe(2)
      }),
    )
  })

  it('finds copies that were held back behind other messages', () => {
    const payloads = Array.from({ length: 3_000 }, (_, index) => String(index % 1_000))
    const promptly = payloads.map((payload) => ({ payload, identifiers: [1] }))
    const heldBack = payloads.map((payload) => ({ payload, identifiers: [2] }))
    expect(countOf(shownOf([...promptly, ...heldBack]))).toBe(3_000)
    const long = ['a', 'b', 'a', 'b'].map((letter, index) => ({
      payload: letter.repeat(500),
      identifiers: [index < 2 ? 1 : 2],
    }))
    expect(shownOf(long)).toEqual([true, true, false, false])
  })

  it('finds the copies of a flood, behind it by 60,000 messages and half a second', () => {
    const flood = (identifier: number, from: number, payloadOf: (index: number) => string) =>
      Array.from({ length: 60_000 }, (_, index) => ({
        payload: payloadOf(index),
        identifiers: [identifier],
        time: from + Math.floor(index / 120),
      }))
    for (const payloadOf of [String, () => 'same']) {
      const sent = [...flood(1, 1_000, payloadOf), ...flood(2, 1_500, payloadOf)]
      expect(countOf(shownOf(sent))).toBe(60_000)
    }
  })

  it('shows the same payload again when the copies of the first have come, or are late', () => {
    const sent = [{ identifiers: [1] }, { identifiers: [2] }, { identifiers: [2] }, { identifiers: [1] }]
    expect(shownOf(sent)).toEqual([true, false, true, false])
    const later = [{ identifiers: [1] }, { identifiers: [1], time: 4_500 }, { identifiers: [2], time: 5_500 }]
    expect(shownOf([...later, { identifiers: [2], time: 5_500 }])).toEqual([true, true, false, true])
  })

  it('takes nothing for a copy without subscription identifiers, or with ones nobody gave out', () => {
    expect(shownOf([{}, {}, {}])).toEqual([true, true, true])
    expect(shownOf([1, 700, 701].map((identifier) => ({ identifiers: [identifier] })))).toEqual([true, true, true])
  })

  it('takes nothing for a copy that differs in payload or topic, is redelivered, retained or late', () => {
    const first = { identifiers: [1] }
    const others = [{ payload: 'q' }, { topic: 'u' }, { flags: flags.dup }, { flags: flags.retain }, { time: 5_001 }]
    for (const other of others) expect(shownOf([first, { identifiers: [2], ...other }])).toEqual([true, true])
  })

  it('takes nothing for a copy where one filter matches alone, and the copies of one that was just removed', () => {
    const { isShown } = copiesOf(['t', '#'])
    expect([isShown({ identifiers: [1] }), isShown({ identifiers: [2] }, ['t'])]).toEqual([true, false])
    expect(isShown({ identifiers: [1] }, ['t'])).toBe(true)
  })

  it('knows a copy although the clock was set meanwhile', () => {
    const hour = 3_600_000
    const both = ['t', '#']
    const first = { identifiers: [1], time: hour }
    const secondLater = { identifiers: [2], time: 1_000, clockShift: -hour }
    expect(shownOf([first, secondLater], both)).toEqual([true, false])
    expect(shownOf([first, { identifiers: [2], time: hour, clockShift: -hour }], both)).toEqual([true, true])
  })

  it('takes half a million identifiers of one message', () => {
    const identifiers = Array.from({ length: 500_000 }, (_, index) => (index % 130_000) + 2)
    expect(shownOf([{ identifiers }, { identifiers: [1] }])).toEqual([true, false])
  })
})

describe('shared subscriptions', () => {
  const groups = ['$share/g/t', '$share/h/+']

  it('make no copies by themselves: each delivery may be another message', () => {
    const given = fc.array(fc.constantFrom(1, 2), { maxLength: 30 })
    fc.assert(
      fc.property(given, (order) => {
        const shown = shownOf(
          order.map((identifier) => ({ identifiers: [identifier] })),
          groups,
        )
        expect(countOf(shown)).toBe(order.length)
      }),
    )
  })

  it('make none either beside a subscription without our own messages', () => {
    const sent = [1, 2, 3].map((identifier) => ({ identifiers: [identifier] }))
    expect(countOf(shownOf(sent, [...groups, '#'], ['#']))).toBe(3)
  })

  it('make copies beside a filter that brings every message, whatever the groups gave us and in whatever order', () => {
    // Each message goes to the plain filter, and to the groups as they choose.
    const messages = fc.array(fc.subarray([1, 2]), { minLength: 1, maxLength: 12 })
    const orders = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 36, maxLength: 36 })
    fc.assert(
      fc.property(messages, orders, (chosen, order) => {
        const sent = chosen.flatMap((given) => [3, ...given])
        const shuffled = sent
          .map((identifier, index) => ({ identifiers: [identifier], at: order[index] ?? 0 }))
          .sort((left, right) => left.at - right.at)
        expect(countOf(shownOf(shuffled, [...groups, '#']))).toBe(chosen.length)
      }),
    )
  })
})

describe('a list of subscriptions that changes', () => {
  const four = [1, 1, 1, 1].map((identifier) => ({ identifiers: [identifier] }))

  it('hides no message of a filter that was added, or taken back and added again', () => {
    const { isShown, subscribing, subscribed } = copiesOf(['t', '#'])
    for (const isGranted of [true, false]) {
      expect(four.map((one) => isShown(one))).toEqual([true, true, true, true])
      subscribing(2)
      if (isGranted) subscribed(2)
      // What it brings was published after the four, and the other filter is gone.
      expect(isShown({ identifiers: [2] })).toBe(true)
      expect(isShown({ identifiers: [2] })).toBe(true)
      expect(isShown({ identifiers: [1] })).toBe(false)
      subscribing(1)
      subscribed(1)
    }
  })

  it('shows each message once while a filter replaces another, but for the first of the new one', () => {
    const { isShown, subscribing } = copiesOf(['a/#', 'a/+'], [], false)
    subscribing(2)
    const shown = [1, 2, 3, 4].map((payload) =>
      [1, 2].map((identifier) => isShown({ payload: String(payload), identifiers: [identifier] }, ['a/+'])),
    )
    expect(shown).toEqual([[true, true], ...[2, 3, 4].map(() => [true, false])])
  })

  it('hides no message behind our own that only a removed filter brought', () => {
    const filters = ['#', 't', '+']
    const { isShown, unsubscribed } = copiesOf(filters, ['t', '+'])
    const own = { identifiers: [1] }
    expect([isShown(own), isShown(own)]).toEqual([true, true])
    unsubscribed('#')
    const others = [2, 3, 2, 3].map((identifier) => isShown({ identifiers: [identifier] }, ['t', '+']))
    expect(others).toEqual([true, false, true, false])
  })

  it('knows the copies of filters that bring all, and of the one that was removed', () => {
    const filters = ['t', '#', '+', 'old/#']
    const { isShown, unsubscribed } = copiesOf(filters)
    expect(isShown({ identifiers: [1] })).toBe(true)
    unsubscribed('+')
    expect([2, 3].map((identifier) => isShown({ identifiers: [identifier] }, ['t', '#']))).toEqual([false, false])
  })

  it('shows each message once in either order while both filters bring it', () => {
    const { isShown, subscribing, subscribed } = copiesOf(['t', '#'])
    subscribing(2)
    four.forEach((one) => isShown(one))
    subscribed(2)
    const order = [1, 2, 2, 1, 1, 2]
    expect(order.map((identifier) => isShown({ identifiers: [identifier] }))).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
    ])
  })
})
