import { describe, expect, it } from 'vitest'
import { selectionState } from '../../state/selection'
import { openTestWindow } from '../../testing/testWindow'
import { treeViewState } from './treeViewState'

const open = () => {
  const { connection } = openTestWindow()
  return {
    choose: (topic: string | null) => connection.get(selectionState).selectTopic(topic),
    view: () => connection.get(treeViewState),
  }
}

describe('the tree', () => {
  it('opens the way to a topic each time it is chosen', () => {
    const { choose, view } = open()
    expect(view()).toMatchObject({ touched: false, expanded: new Set() })
    choose('a/b/c')
    expect(view()).toMatchObject({ touched: true, expanded: new Set(['a', 'a/b']) })
    view().closeBranches(['a'])
    choose('a/b/c')
    expect(view().expanded).toEqual(new Set(['a', 'a/b']))
  })

  it('opens it, too, where the topic was chosen before the tree was there', () => {
    const { choose, view } = open()
    choose('x/y')
    choose('a/b/c')
    expect(view()).toMatchObject({ touched: true, expanded: new Set(['a', 'a/b']) })
    choose('x/y')
    expect(view().expanded).toEqual(new Set(['a', 'a/b', 'x']))
  })

  it('opens nothing when the topic is let go of, and nothing by itself from then on', () => {
    const { choose, view } = open()
    choose('a')
    choose(null)
    expect(view()).toMatchObject({ touched: true, expanded: new Set() })
  })

  it('shows what a search found in a branch that was closed meanwhile', () => {
    const { choose, view } = open()
    view().searchFor('c')
    view().closeBranches(['a'])
    expect(view().collapsed).toEqual(new Set(['a']))
    choose('a/c')
    expect(view().collapsed).toEqual(new Set())
  })
})
