import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flags } from '#shared/model/frame'
import { encodePublishProperties } from '#shared/mqtt/publishProperties'
import { createOverlapCopies } from './overlapCopies'
import { createTopicTable } from './topicTable'

const topics = createTopicTable()

interface Sent {
  readonly topic?: string
  readonly payload?: string
  readonly identifiers?: readonly number[]
  readonly time?: number
  readonly flags?: number
}

const messageOf = ({ topic = 't', payload = 'p', identifiers = [], time = 0, flags: bits = 0 }: Sent) => {
  const properties = encodePublishProperties({ subscriptionIdentifiers: [...identifiers] })
  const source = Buffer.concat([properties, Buffer.from(payload)])
  const places = { source, start: 0, payloadStart: properties.length, end: source.length }
  return { time, topic: topics.ofText(topic), packetId: 0, flags: bits, ...places }
}

const shownOf = (sent: readonly Sent[]) => {
  const copies = createOverlapCopies()
  return sent.map((one) => !copies.isCopy(messageOf(one)))
}

describe('overlapping subscriptions', () => {
  it('shows a message once that came for three subscriptions', () => {
    expect(shownOf([1, 2, 3].map((identifier) => ({ identifiers: [identifier] })))).toEqual([true, false, false])
  })

  it('shows a message twice that was published twice, in whatever order the copies come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 1, 2, 2, 3, 3], { minLength: 6 }), (order) => {
        const shown = shownOf(order.map((identifier) => ({ identifiers: [identifier] })))
        expect(shown.filter(Boolean)).toHaveLength(2)
      }),
    )
  })

  it('finds copies that were held back behind other messages', () => {
    const payloads = Array.from({ length: 3_000 }, (_, index) => String(index % 1_000))
    const promptly = payloads.map((payload) => ({ payload, identifiers: [1] }))
    const heldBack = payloads.map((payload) => ({ payload, identifiers: [2] }))
    expect(shownOf([...promptly, ...heldBack]).filter(Boolean)).toHaveLength(3_000)
    const long = ['a', 'b', 'a', 'b'].map((letter, index) => ({
      payload: letter.repeat(500),
      identifiers: [index < 2 ? 1 : 2],
    }))
    expect(shownOf(long)).toEqual([true, true, false, false])
  })

  it('shows the same payload again when the copies of the first have come, or are late', () => {
    const sent = [{ identifiers: [1] }, { identifiers: [2] }, { identifiers: [2] }, { identifiers: [1] }]
    expect(shownOf(sent)).toEqual([true, false, true, false])
    const later = [{ identifiers: [1] }, { identifiers: [1], time: 900 }, { identifiers: [2], time: 1_500 }]
    expect(shownOf([...later, { identifiers: [2], time: 1_500 }])).toEqual([true, true, false, true])
  })

  it('takes nothing for a copy without subscription identifiers', () => {
    expect(shownOf([{}, {}, {}])).toEqual([true, true, true])
  })

  it('takes nothing for a copy that differs in payload or topic, is redelivered, retained or late', () => {
    const first = { identifiers: [1] }
    const others = [{ payload: 'q' }, { topic: 'u' }, { flags: flags.dup }, { flags: flags.retain }, { time: 5_000 }]
    for (const other of others) expect(shownOf([first, { identifiers: [2], ...other }])).toEqual([true, true])
  })
})
