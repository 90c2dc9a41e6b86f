import { describe, expect, it } from 'vitest'
import { defaultSettings } from '#shared/model/settings'
import { haveSums, shownColumns, sortsOf, treeColumns } from './treeColumns'

const chosen = defaultSettings.treeColumns

describe('the columns of the tree', () => {
  it('stand in their own order, and those of another version do not stand there', () => {
    expect(shownColumns({ chosen: ['last', 'from tomorrow', 'value'], traffic: false })).toEqual(['value', 'last'])
    expect(shownColumns({ chosen, traffic: false })).toEqual(['value', 'rate', 'last'])
  })

  it('are all of them with those of traffic, and value and schema only where they are chosen', () => {
    expect(shownColumns({ chosen: [...chosen, 'schema'], traffic: true })).toEqual(treeColumns)
    expect(shownColumns({ chosen, traffic: true })).not.toContain('schema')
    expect(shownColumns({ chosen: [], traffic: true })).not.toContain('value')
  })

  it('sort by what is seen', () => {
    expect(sortsOf(['value'])).toEqual(['name', 'activity', 'count'])
    expect(sortsOf(['rate', 'last'])).toEqual(['name', 'activity', 'count', 'rate'])
  })

  it('ask for sums only where a branch tells one', () => {
    expect(haveSums(['value', 'spark', 'count', 'last'])).toBe(false)
    expect(haveSums(['rate'])).toBe(true)
  })
})
