import { describe, expect, it } from 'vitest'
import { placeBeside, placeWindow, windowStateSchema } from './windowBounds'

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
  it.each([
    ['wider than its screen', { x: -50, y: 30, width: 4000, height: 700 }, { x: 0, y: 30, width: 1920, height: 700 }],
    [
      'higher than its screen',
      { x: 100, y: 30, width: 1000, height: 3000 },
      { x: 100, y: 25, width: 1000, height: 1055 },
    ],
    ['larger than the second screen', { x: 1930, y: 5, width: 3000, height: 2000 }, screens[1]],
    ['over both screens, with most on the second', { x: 1700, y: 30, width: 1400, height: 700 }, null],
    ['absurdly large', { x: -1e9, y: 26, width: 1e12, height: 1e12 }, screens[0]],
  ])('shrinks one that is %s to the work area', (_which, bounds, expected) => {
    const placed = placeWindow(bounds, screens)
    if (expected) expect(placed).toEqual(expected)
    else expect(placed).toEqual({ x: 1920, y: 30, width: 1280, height: 700 })
  })
  it('takes whole pixels of fractions, and negative places of a screen at the left', () => {
    const left = { x: -1280, y: -200, width: 1280, height: 1024 }
    expect(placeWindow({ x: -1200.4, y: -150.6, width: 1000.5, height: 700.2 }, [screens[0]!, left])).toEqual({
      x: -1200,
      y: -151,
      width: 1001,
      height: 700,
    })
  })
  it('is not larger than a small screen', () => {
    expect(placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 600 }])).toEqual({ width: 1024, height: 600 })
  })
  it('is never smaller than the least size', () => {
    expect(placeWindow({ x: 0, y: 30, width: 10, height: 10 }, screens)).toMatchObject({ width: 640, height: 400 })
  })
})

describe('the place of a further window', () => {
  const main = { x: 100, y: 100, width: 1000, height: 700 }
  const options = { workAreas: screens, least: { width: 320, height: 200 }, first: { width: 720, height: 640 } }

  it('is a step from the main window, and as many further as others stand there', () => {
    const first = placeBeside(null, { main, others: [] }, options)
    expect(first).toEqual({ x: 132, y: 132, width: 720, height: 640 })
    const second = placeBeside(null, { main, others: [first] }, options)
    expect(second).toEqual({ ...first, x: 164, y: 164 })
    // In the place of the first, which was closed.
    expect(placeBeside(null, { main, others: [second] }, options)).toEqual(first)
  })

  it('is where one like it was, unless another one has that place', () => {
    const saved = { x: 1500, y: 200, width: 720, height: 640 }
    expect(placeBeside(saved, { main, others: [] }, options)).toEqual(saved)
    const beside = placeBeside(saved, { main, others: [saved] }, options)
    expect([beside.x, beside.y]).not.toEqual([saved.x, saved.y])
  })

  it('is on the screen with as many windows as one likes, no two in one place', () => {
    const all: (typeof main)[] = []
    for (let count = 0; count < 12; count += 1) all.push(placeBeside(null, { main, others: all }, options))
    expect(new Set(all.map(({ x, y }) => `${x} ${y}`)).size).toBe(all.length)
    for (const { x, y, width, height } of all) {
      expect(x + width).toBeLessThanOrEqual(1920)
      expect(y + height).toBeLessThanOrEqual(25 + 1055)
    }
  })
})

describe('the saved state', () => {
  const maximized = true
  it.each([
    ['fractions', { x: 0.5, y: 1, width: 900.25, height: 600 }, { x: 0.5, y: 1, width: 900.25, height: 600 }],
    ['no size', { x: 0, y: 0, width: 0, height: -5 }, null],
    ['what is no number', { x: 'left', y: 0, width: 1, height: 1 }, null],
    ['nothing', null, null],
  ])('is read though its bounds are %s', (_which, bounds, expected) => {
    expect(windowStateSchema.parse({ bounds, maximized })).toEqual({ bounds: expected, maximized, views: {} })
  })

  it('forgets the places of views where one cannot be read', () => {
    const place = { x: 1, y: 2, width: 300, height: 400 }
    const viewsOf = (views: unknown) => windowStateSchema.parse({ bounds: null, maximized, views }).views
    expect(viewsOf({ details: place })).toEqual({ details: place })
    expect(viewsOf({ details: place, topics: 'left' })).toEqual({})
  })
})
