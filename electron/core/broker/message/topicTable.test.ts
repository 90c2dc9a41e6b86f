import { describe, expect, it } from 'vitest'
import { createDistinctCount } from './distinctCount'
import { createTopicTable } from './topicTable'

const idsOf = (table: ReturnType<typeof createTopicTable>, ...topics: readonly string[]) =>
  topics.map((topic) => table.ofText(topic).id)

describe('the topics of a connection', () => {
  it('get numbers in the order of first sight', () => {
    const table = createTopicTable()
    expect(idsOf(table, 'a', 'b', 'a')).toEqual([0, 1, 0])
    expect(table.names()).toEqual({ firstId: 0, texts: ['a', 'b'] })
  })

  it('get new numbers after they were forgotten: none means two topics', () => {
    const table = createTopicTable()
    idsOf(table, 'a', 'b')
    const before = table.names()
    table.forget()
    expect(idsOf(table, 'b', 'c')).toEqual([2, 3])
    expect(table.names()).toEqual({ firstId: 2, texts: ['b', 'c'] })
    // Who held on to the names still has them.
    expect(before).toEqual({ firstId: 0, texts: ['a', 'b'] })
    expect(table.size).toBe(4)
  })

  it('have a limit: further ones are not remembered, and counted', () => {
    let limit = 2
    const table = createTopicTable(() => limit)
    expect(idsOf(table, 'a', 'b', 'c', 'c', 'd', 'a')).toEqual([0, 1, -1, -1, -1, 0])
    expect(table.unkept()).toEqual({ topics: 2, isExact: true, messages: 3 })
    expect(table.ofText('c')).toMatchObject({ id: -1, text: 'c' })
    const found = table.find(Buffer.from('xplant/線'), 1, Buffer.byteLength('xplant/線'))
    expect(found).toMatchObject({ id: -1, text: 'plant/線' })
    limit = 3
    expect(idsOf(table, 'c', 'd')).toEqual([2, -1])
    table.forget()
    expect(table.unkept()).toEqual({ topics: 0, isExact: true, messages: 0 })
    expect(idsOf(table, 'd')).toEqual([3])
  })
})

describe('a count of different texts', () => {
  const countOf = (different: number, times = 1) => {
    const count = createDistinctCount()
    for (let time = 0; time < times; time += 1)
      for (let index = 0; index < different; index += 1) count.add(`plant/line${index % 7}/sensor${index}`)
    return count
  }

  it('is exact while they are few', () => {
    for (const different of [0, 1, 2, 1_000, 1_024]) {
      const count = countOf(different, 2)
      expect([count.count(), count.isExact()]).toEqual([different, true])
    }
  })

  it('is about right when they are many, and says that it is no exact one', () => {
    for (const different of [1_025, 5_000, 40_000, 300_000]) {
      const count = countOf(different)
      expect(count.isExact()).toBe(false)
      expect(Math.abs(count.count() - different) / different).toBeLessThan(0.04)
    }
  })
})
