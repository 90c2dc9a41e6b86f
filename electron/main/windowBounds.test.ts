import { describe, expect, it } from 'vitest'
import { placeWindow } from './windowBounds'

const screens = [
  { x: 0, y: 25, width: 1920, height: 1055 },
  { x: 1920, y: 0, width: 1280, height: 1024 },
]

describe('placeWindow', () => {
  it.each([
    ['on the first screen', { x: 100, y: 100, width: 1000, height: 700 }],
    ['on the second screen', { x: 2000, y: 10, width: 1000, height: 700 }],
    ['partly off the screen', { x: -700, y: 200, width: 1000, height: 700 }],
  ])('keeps a place %s', (_where, bounds) => {
    expect(placeWindow(bounds, screens)).toEqual(bounds)
  })
  it.each([
    ['on a screen that is gone', { x: 5000, y: 100, width: 1000, height: 700 }],
    ['with its title bar above the screen', { x: 100, y: -300, width: 1000, height: 700 }],
    ['with a corner only', { x: 3150, y: 100, width: 1000, height: 700 }],
  ])('lets the system choose for one %s', (_where, bounds) => {
    expect(placeWindow(bounds, screens)).toEqual({ width: 1360, height: 860 })
  })
  it('is not larger than a small screen', () => {
    expect(placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 600 }])).toEqual({ width: 1024, height: 600 })
  })
  it('is never smaller than the least size', () => {
    expect(placeWindow({ x: 0, y: 30, width: 10, height: 10 }, screens)).toMatchObject({ width: 900, height: 600 })
  })
})
