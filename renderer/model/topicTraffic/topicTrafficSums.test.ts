import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRoot, ensureNode, findNode, type IndexNode } from '../topicIndex/topicIndexNode'
import { createTopicTraffic } from './topicTraffic'
import { flags } from '#shared/model/frame'
import { createTrafficSums } from './topicTrafficSums'

const now = 1_750_000_009_000

const levelArbitrary = fc.constantFrom('a', 'b', 'c')
const topicArbitrary = fc.array(levelArbitrary, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'))
const sentArbitrary = fc.record({
  topic: topicArbitrary,
  size: fc.integer({ min: 0, max: 5_000 }),
  bits: fc.constantFrom(0, 1, 2, 1 | flags.retain),
})

it('sums rates and bytes up and takes the largest of everything below, again and again', () => {
  fc.assert(
    fc.property(fc.array(sentArbitrary, { minLength: 1, maxLength: 30 }), (sent) => {
      const traffic = createTopicTraffic()
      const root = createRoot()
      const nodes: IndexNode[] = []
      const topics = [...new Set(sent.map((one) => one.topic))]
      topics.forEach((topic, id) => (ensureNode(root, topic, (node) => nodes.push(node)).topicId = id))
      for (const { topic, size, bits } of sent) {
        traffic.add(
          topics.indexOf(topic),
          { arrivedAt: () => now - 500, payloadLength: () => size, flags: () => bits },
          0,
        )
        const node = findNode(root, topic)
        if (node) node.ownMessages++
      }
      const sums = createTrafficSums(nodes, traffic)
      // The second sums take the first one's memory after the third.
      for (const at of [now - 1, now - 2, now]) expect(sums.advance(at, () => false)).toBe(false)
      for (const node of nodes) {
        const found = sums.sumsOf(node)
        const below = sent.filter(({ topic }) => topic === node.topic || topic.startsWith(`${node.topic}/`))
        expect(found.rate).toBeCloseTo(below.length, 6)
        expect(found.largestBytes).toBe(Math.max(...below.map((one) => one.size)))
        const ofQos = (qos: number) => below.filter(({ bits }) => (bits & flags.qosMask) === qos).length
        expect(found.qos).toEqual([0, 1, 2].map(ofQos))
        expect(found.retained).toBe(below.filter(({ bits }) => bits & flags.retain).length)
        expect(found.meanBytes).toBeCloseTo(below.reduce((sum, one) => sum + one.size, 0) / below.length, 6)
      }
    }),
  )
})

it('keeps what was summed up last until the next sums are complete, a slice of the work per call', () => {
  const traffic = createTopicTraffic()
  const root = createRoot()
  const nodes: IndexNode[] = []
  const topics = Array.from({ length: 2_000 }, (_, id) => `a/${id}`)
  const send = (topic: string, id: number) => {
    const node = ensureNode(root, topic, (made) => nodes.push(made))
    node.topicId = id
    node.ownMessages++
    traffic.add(id, { arrivedAt: () => now, payloadLength: () => 3, flags: () => 0 }, 0)
  }
  topics.forEach(send)
  const sums = createTrafficSums(nodes, traffic)
  const branch = nodes[0] as IndexNode
  let calls = 1
  while (sums.advance(now, () => true)) calls++
  expect(calls).toBeGreaterThan(2)
  expect(sums.sumsOf(branch).qos).toEqual([2_000, 0, 0])
  topics.forEach(send)
  send('a/new', 2_000)
  expect(sums.advance(now + 1_000, () => true)).toBe(true)
  expect(sums.summedUpAt()).toBe(now)
  expect(sums.sumsOf(branch).qos).toEqual([2_000, 0, 0])
  expect(sums.sumsOf(nodes.at(-1) as IndexNode).qos).toEqual([0, 0, 0])
  expect(sums.advance(now + 1_000, () => false)).toBe(false)
  expect(sums.sumsOf(branch)).toMatchObject({ qos: [4_001, 0, 0], meanBytes: 3, largestBytes: 3 })
})
