import { describe, expect, it } from 'vitest'
import { createRoot, ensureNode, maximumDepth } from '../../model/topicIndex/topicIndexNode'
import { branchesAbove, branchesBelow, firstBranches } from './branches'

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

describe('branches', () => {
  const rootOf = (list: readonly string[]) => {
    const root = createRoot()
    for (const topic of list) ensureNode(root, topic, () => undefined)
    return root
  }

  it('names the branches above and below a topic', () => {
    expect(branchesAbove('a/b//c')).toEqual(['a', 'a/b', 'a/b/'])
    expect(branchesAbove('/a')).toEqual([''])
    expect(new Set(branchesBelow(rootOf(['a/b/c', 'a/d']).children))).toEqual(new Set(['a', 'a/b']))
  })

  it('opens from the top as long as the rows fit', () => {
    const wide = Array.from({ length: 50 }, (_, at) => `wide/${at}`)
    expect(firstBranches(rootOf(['a/b/c', ...wide]).children, 40)).toEqual(['a', 'a/b'])
  })
})
