import { describe, expect, it } from 'vitest'
import { maximumDepth } from '../../model/topicIndex/topicIndexNode'
import { branchesAbove } from './branches'

describe('branchesAbove', () => {
  it('lists the levels above a topic', () => {
    expect(branchesAbove('a/b/c')).toEqual(['a', 'a/b'])
    expect(branchesAbove('/a')).toEqual([''])
    expect(branchesAbove('a')).toEqual([])
  })

  it('goes no deeper than the tree', () => {
    const branches = branchesAbove('/'.repeat(65_535))
    expect(branches).toHaveLength(maximumDepth - 1)
    expect(branches.at(-1)).toHaveLength(maximumDepth - 2)
  })
})
