import { describe, expect, it } from 'vitest'
import { filterRemarks } from './filterRemarks'

describe('what is said of a valid filter', () => {
  it.each([
    ['plant/+/temp', []],
    ['plant/+/temp/', ['emptyLevels']],
    ['/plant', ['emptyLevels']],
    ['plant//temp', ['emptyLevels']],
    ['/', ['emptyLevels']],
    [' plant/#', ['outerSpaces']],
    ['plant/temp ', ['outerSpaces']],
    ['plant /temp', []],
    [' /plant/', ['emptyLevels', 'outerSpaces']],
    ['$share/g/plant', []],
    ['$share/g//plant', ['emptyLevels']],
    ['$share/g/ plant', ['outerSpaces']],
  ])('%j', (filter, remarks) => {
    expect(filterRemarks(filter)).toEqual(remarks)
  })
})
