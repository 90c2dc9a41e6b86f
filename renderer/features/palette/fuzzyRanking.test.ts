import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNameCheck, rankedBy } from './fuzzyRanking'

const ranked = (query: string, names: readonly string[]) =>
  rankedBy(query, names, { textOf: (name) => name, limit: 10 }).map(({ item }) => item)

describe('what fits a query', () => {
  it('is everything, in its order, while nothing is typed', () => {
    expect(ranked(' ', ['b', 'a', 'c'])).toEqual(['b', 'a', 'c'])
  })

  it('is found by a few of its characters, the best first', () => {
    const actions = ['Clear Messages', 'Command Palette…', 'Settings…', 'Pause or Resume the Log']
    expect(ranked('clear', actions)[0]).toBe('Clear Messages')
    expect(ranked('clm', actions)).toContain('Clear Messages')
    expect(ranked('sett', actions)).toEqual(['Settings…'])
    expect(ranked('xyz', actions)).toEqual([])
  })

  it('is found by words in any order, and in Chinese', () => {
    expect(ranked('temp plant', ['plant/hall-1/temperature', 'office/temperature'])).toEqual([
      'plant/hall-1/temperature',
    ])
    expect(ranked('清空', ['清空消息', '新建连接'])).toEqual(['清空消息'])
  })

  it('says which characters fit', () => {
    const [first] = rankedBy('ab', ['xaxb'], { textOf: (name) => name, limit: 1 })
    expect([...(first?.indexes ?? [])].toSorted()).toEqual([1, 3])
  })
})

describe('the check of names', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '/', ' ', 'Ä', '温'), maxLength: 12 })

  it('passes over no name that would be ranked', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 20 }), name, (names, query) => {
        fc.pre(query.trim() !== '')
        const fits = createNameCheck(query)
        for (const found of ranked(query, names)) expect(fits(found)).toBe(true)
      }),
    )
  })
})
