import { describe, expect, it } from 'vitest'
import { allChosen, extendedTo, nothingChosen, toggled } from './selection'

describe('selection', () => {
  it('toggles a row, extends from it in both directions, and takes all', () => {
    const five = toggled(nothingChosen, 5)
    expect([...extendedTo(five, 3).chosen].toSorted()).toEqual([3, 4, 5])
    expect([...extendedTo(extendedTo(five, 3), 6).chosen].toSorted()).toEqual([3, 4, 5, 6])
    expect(toggled(five, 5)).toMatchObject({ chosen: new Set(), cursor: 5 })
    expect(allChosen(five, 3)).toMatchObject({ chosen: new Set([0, 1, 2]), cursor: 5 })
  })
})
