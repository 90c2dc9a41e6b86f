import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSentIndex } from '../../../model/topicIndex/topicIndexTesting'
import type { TopicNode } from '../../../model/topicIndex/topicIndexNode'
import { marksOfRange } from './rowMarks'

const everything = { has: () => true }
const nothing = { has: () => false }

describe('a marked range of rows', () => {
  it('is those rows, also when others have come among them, gone, or changed places', () => {
    const topic = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(9)).map(([branch, leaf]) => `${branch}/${leaf}`)
    const topics = fc.array(topic, { minLength: 1, maxLength: 15 })
    const cases = fc.record({ sent: topics, later: topics, from: fc.nat(), to: fc.nat(), closed: fc.boolean() })
    fc.assert(
      fc.property(cases, ({ sent, later, from, to, closed }) => {
        const { index, send } = createSentIndex()
        send(sent)
        const { rows } = index.visibleRows({ expanded: everything, sort: 'name', search: '' })
        const range = { rows, from: from % rows.length, to: to % rows.length }
        const marks = marksOfRange(range)
        const expected = rows
          .slice(Math.min(range.from, range.to), Math.max(range.from, range.to) + 1)
          .map((node) => node.topic)
        const expectMarks = () => {
          const nodesOf = (nodes: readonly TopicNode[]): TopicNode[] =>
            nodes.flatMap((node) => [node, ...nodesOf(node.children)])
          const held = nodesOf(index.firstLevel()).filter((node) => marks.has(node))
          expect(new Set(held.map((node) => node.topic))).toEqual(new Set(expected))
          expect([marks.size, [...marks.topics()]]).toEqual([expected.length, expected])
        }
        expectMarks()
        send(later)
        index.visibleRows({ expanded: closed ? nothing : everything, sort: 'name', reversed: true, search: '' })
        expectMarks()
      }),
    )
  })

  it('grows by a row without a look at the others', () => {
    const { index, send } = createSentIndex()
    send(Array.from({ length: 2_000 }, (_, at) => `a/${at}`))
    const { rows } = index.visibleRows({ expanded: everything, sort: 'name', search: '' })
    let looks = 0
    const watched = new Proxy(rows, {
      get: (target, name) => {
        looks++
        return Reflect.get(target, name) as unknown
      },
    })
    const marks = marksOfRange({ rows: watched, from: 0, to: 1_500 })
    const shown = rows.slice(1_480, 1_520)
    expect(shown.filter((node) => marks.has(node)).length).toBe(21)
    expect(looks).toBeLessThanOrEqual(2 * shown.length)
  })
})
