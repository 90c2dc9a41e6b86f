import { describe, expect, it } from 'vitest'
import { restOf, sizedTreeColumn, widthStyle } from './columnWidths'

describe('the widths of the tree’s columns', () => {
  it('leave the rest to the values, and to the names where there are none', () => {
    expect(restOf(['value', 'rate'])).toBe('value')
    expect(restOf(['rate'])).toBe('name')
  })

  it('stand at the body, but for the column that takes the rest', () => {
    const widths = { name: 200, rate: 60 }
    expect(widthStyle(['value', 'rate'], widths)).toMatchObject({
      '--width-name': '200px',
      '--grow-name': 0,
      '--width-rate': '60px',
    })
    expect(widthStyle(['rate'], widths)).not.toHaveProperty('--width-name')
    expect(widthStyle(['rate'], {})).toEqual({})
  })

  it('are tried in the place of what is chosen, which stands again afterwards', () => {
    const body = document.createElement('div')
    body.style.setProperty('--width-rate', '60px')
    const column = sizedTreeColumn(() => body, 'rate')
    column.show('90px')
    expect(body.style.getPropertyValue('--tried-rate')).toBe('90px')
    column.show(null)
    expect(body.getAttribute('style')).toBe('--width-rate: 60px;')
  })
})
