import { describe, expect, it } from 'vitest'
import { indexOf } from '../../../model/topicIndex/topicIndexTesting'
import { rowFiltersOf } from './rowFilters'

const filtersOf = (topic: string, ...sent: readonly string[]) => rowFiltersOf(indexOf(sent).find(topic)!)
const namesOf = (topic: string, ...sent: readonly string[]) =>
  filtersOf(topic, ...sent).filters.map(({ kind, filter }) => [kind, filter])

describe('the filters of a row', () => {
  it('are, for a topic, itself, all below, its siblings, and + at each level above', () => {
    expect(namesOf('a/b/c', 'a/b/c')).toEqual([
      ['this', 'a/b/c'],
      ['below', 'a/b/c/#'],
      ['siblings', 'a/b/+'],
      ['level', 'a/+/c'],
      ['level', '+/b/c'],
    ])
  })

  it('take whole branches for a branch, and both for a topic with others below', () => {
    expect(namesOf('a/b', 'a/b/c')).toEqual([
      ['this', 'a/b'],
      ['below', 'a/b/#'],
      ['siblingsBelow', 'a/+/#'],
      ['level', '+/b/#'],
    ])
    expect(namesOf('a/b', 'a/b/c', 'a/b').map(([kind]) => kind)).toEqual([
      'this',
      'below',
      'siblings',
      'siblingsBelow',
      'level',
    ])
  })

  it('put no + in place of a first level with $', () => {
    expect(namesOf('$SYS/load', '$SYS/load').map(([, filter]) => filter)).toEqual([
      '$SYS/load',
      '$SYS/load/#',
      '$SYS/+',
    ])
    expect(namesOf('$SYS', '$SYS/load').map(([, filter]) => filter)).toEqual(['$SYS', '$SYS/#'])
  })

  it('are a handful for a topic of a hundred levels, and say that there are more', () => {
    const deep = Array.from({ length: 100 }, (_, level) => `l${level}`).join('/')
    const { filters, cut } = filtersOf(deep, deep)
    expect(filters).toHaveLength(7)
    expect(filters.map(({ level }) => level)).toEqual([0, 0, 0, 99, 98, 97, 96])
    expect(cut).toBe(true)
    expect(filtersOf('a/b/c/d/e', 'a/b/c/d/e').cut).toBe(false)
  })

  it('say why they cannot be subscribed to', () => {
    const problemsOf = (topic: string) => filtersOf(topic, topic).filters.map(({ problem }) => problem)
    expect(new Set(problemsOf('$share/g/a'))).toEqual(new Set(['share']))
    expect(new Set(problemsOf('a/+'))).toEqual(new Set(['wildcard']))
    expect(problemsOf('a'.repeat(65_535))).toEqual([null, 'tooLong', null])
  })

  it('name no empty topic where the first level is empty', () => {
    expect(namesOf('', '/a').map(([, filter]) => filter)).toEqual(['/#', '+/#'])
  })
})
