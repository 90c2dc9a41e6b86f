import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRoot, ensureNode, findNode, type IndexNode } from './topicIndexNode'
import { createTopicTraffic } from './topicTraffic'
import { flags } from '#shared/model/frame'
import { sumUpTraffic } from './topicTrafficSums'

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
        traffic.add(topics.indexOf(topic), { time: () => now - 500, payloadLength: () => size, flags: () => bits }, 0)
        for (let node = findNode(root, topic); node; node = node.parent) node.subtreeMessages++
      }
      sumUpTraffic(nodes, traffic, now)
      sumUpTraffic(nodes, traffic, now)
      for (const node of nodes) {
        const below = sent.filter(({ topic }) => topic === node.topic || topic.startsWith(`${node.topic}/`))
        expect(node.subtreeRate).toBeCloseTo(below.length, 6)
        expect(node.subtreeLargest).toBe(Math.max(...below.map((one) => one.size)))
        const ofQos = (qos: number) => below.filter(({ bits }) => (bits & flags.qosMask) === qos).length
        expect([node.subtreeQos0, node.subtreeQos1, node.subtreeQos2]).toEqual([0, 1, 2].map(ofQos))
        expect(node.subtreeRetained).toBe(below.filter(({ bits }) => bits & flags.retain).length)
        expect(node.subtreeMeanBytes).toBeCloseTo(below.reduce((sum, one) => sum + one.size, 0) / below.length, 6)
      }
    }),
  )
})
