import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { createRoot, ensureNode, findNode } from '../topicIndex/topicIndexNode'
import { createTopicTraffic, sparkSeconds } from './topicTraffic'
import { createBranchSeconds, topicsPerLook } from './topicTrafficBranches'

const start = 1_750_000_000_000
const topics = ['a', 'a/b', 'a/b/c', 'a/b/d', 'a/e/f/g', 'a/e/f/h', 'h/i']
const branches = ['a', 'a/b', 'a/e', 'a/e/f', 'h']

const plant = (given: readonly string[] = topics) => {
  const traffic = createTopicTraffic()
  const root = createRoot()
  const numbers = new Map(given.map((topic, id) => [topic, id]))
  for (const [topic, id] of numbers) {
    const made = ensureNode(root, topic, () => undefined)
    made.topicId = id
    for (let node: typeof made | null = made; node; node = node.parent) node.subtreeTopics += 1
  }
  const addSeconds = vi.fn(traffic.addSeconds)
  const seconds = createBranchSeconds({ addSeconds })
  const add = (topic: string, time: number) => {
    traffic.add(numbers.get(topic)!, { arrivedAt: () => time, payloadLength: () => 1, flags: () => 0 }, 0)
    for (let node = findNode(root, topic); node; node = node.parent)
      node.subtreeLastAt = Math.max(time, node.subtreeLastAt)
  }
  const nodeOf = (topic: string) => findNode(root, topic)!
  const look = (branch: string, now: number) => seconds.perSecond(nodeOf(branch), now)
  return { add, look, nodeOf, addSeconds }
}

it('counts the seconds of everything below a branch, whenever and in whatever order branches are looked at', () => {
  const step = fc.record({
    passed: fc.oneof(fc.integer({ min: 1, max: 2_500 }), fc.integer({ min: 1, max: 70_000 })),
    sent: fc.array(fc.tuple(fc.constantFrom(...topics), fc.integer({ min: 0, max: 3_000 })), { maxLength: 6 }),
    looks: fc.array(fc.constantFrom(...branches), { maxLength: 4 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const { add, look } = plant()
      const arrived: { topic: string; second: number }[] = []
      let now = start
      let last = start
      for (const { passed, sent, looks } of steps) {
        now += passed
        // Up to three seconds late, as after a window that was held up; on the wire they are in order.
        for (const [topic, late] of sent) {
          last = Math.max(last, now - late)
          add(topic, last)
          arrived.push({ topic, second: Math.floor(last / 1_000) })
        }
        for (const branch of looks) {
          const expected = Array.from({ length: sparkSeconds }, (_, at) => {
            const second = Math.floor(now / 1_000) - sparkSeconds + 1 + at
            const isBelow = (topic: string) => topic === branch || topic.startsWith(`${branch}/`)
            return arrived.filter((one) => one.second === second && isBelow(one.topic)).length
          })
          expect(look(branch, now)).toEqual(expected)
        }
      }
    }),
  )
})

it('reads each topic once a look, however many branches above it are looked at', () => {
  const { add, look, addSeconds } = plant()
  topics.forEach((topic) => add(topic, start))
  branches.forEach((branch) => look(branch, start))
  addSeconds.mockClear()
  branches.forEach((branch) => look(branch, start + 1_000))
  branches.forEach((branch) => look(branch, start + 1_000))
  const read = addSeconds.mock.calls.map(([topicId]) => topicId).filter((topicId) => topicId >= 0)
  expect(read.toSorted()).toEqual(topics.map((_, id) => id))
  expect(Math.max(...addSeconds.mock.calls.map(([, , counts]) => counts.length))).toBeLessThan(sparkSeconds / 4)
})

it('leaves out what is too many for one look, and the rest is there', () => {
  const { add, look, nodeOf } = plant()
  add('a/b/c', start)
  nodeOf('a').subtreeTopics = topicsPerLook + 1
  nodeOf('a/b').subtreeTopics = 2
  expect(look('a', start)).toBeNull()
  expect(look('a/b', start)?.at(-1)).toBe(1)
})

it('shows every branch within one that is not too large, in either order, and reads no topic for each level above', () => {
  const nested = ['plant', 'plant/hall', 'plant/hall/line', 'plant/hall/line/cell']
  const many = Array.from({ length: topicsPerLook / 2 }, (_, at) => `plant/hall/line/cell/s${at}`)
  for (const order of [nested, nested.toReversed()]) {
    const { add, look, addSeconds } = plant(many)
    many.forEach((topic) => add(topic, start))
    for (const now of [start, start + 1_000]) {
      addSeconds.mockClear()
      expect(order.map((branch) => look(branch, now)?.includes(many.length))).toEqual(nested.map(() => true))
      expect(addSeconds.mock.calls.length).toBeLessThanOrEqual(many.length + nested.length)
    }
  }
})

it('still stops at branches that stand beside each other and are too many together', () => {
  const beside = ['a', 'b', 'c']
  const { look } = plant(
    beside.flatMap((branch) => Array.from({ length: topicsPerLook / 2 }, (_, at) => `${branch}/x/${at}`)),
  )
  expect(beside.map((branch) => look(branch, start) !== null)).toEqual([true, true, false])
  expect(['a/x', 'b/x', 'c/x'].map((branch) => look(branch, start) !== null)).toEqual([true, true, false])
})
