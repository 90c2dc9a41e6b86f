import { describe, expect, it } from 'vitest'
import { connectionsState } from '../../state/connections'
import { entryOf, openTestWindow } from '../../testing/testWindow'
import { areaOf } from './layout'
import { halfLayoutOf, isSideOpen, isViewInSight, layoutOf, layoutState } from './layoutState'

const open = (width = 1_280, height = 800) => {
  const { app, main } = openTestWindow()
  app.get(layoutState).resize({ width, height })
  return { app, main, verbs: app.get(layoutState) }
}

describe('the layout', () => {
  it('is saved with each change, and comes back from the settings', () => {
    const { main, verbs } = open()
    verbs.move('publish', { area: 'right', apart: false })
    verbs.openSide('left', false)
    const saved = main.inputsOf('settings.save').at(-1)
    if (!saved) throw new Error('Nothing was saved.')
    const second = openTestWindow({ snapshot: { settings: saved } }).app
    expect(areaOf(layoutOf(second), 'publish')).toBe('right')
    expect(isSideOpen(second, 'left')).toBe(false)
  })

  it('opens and closes the drawer, and hides the composer where it shares an area', () => {
    const { app, verbs } = open()
    verbs.toggle('publish')
    expect(isSideOpen(app, 'bottom')).toBe(false)
    verbs.toggle('publish')
    expect(isViewInSight(app, 'publish')).toBe(true)
    verbs.move('publish', { area: 'right', apart: false })
    verbs.toggle('publish')
    expect(areaOf(layoutOf(app), 'publish')).toBeNull()
    expect(isViewInSight(app, 'details')).toBe(true)
  })

  it('shows a view that is asked for while another one is maximised', () => {
    const { app, verbs } = open()
    verbs.maximise('messages')
    expect(isViewInSight(app, 'topics')).toBe(false)
    verbs.show('topics')
    expect(halfLayoutOf(app).maximised).toBeNull()
    expect(isViewInSight(app, 'topics')).toBe(true)
  })

  it('is taken anew from a preset, and by a reset', () => {
    const { app, verbs } = open()
    verbs.arrange('wide')
    expect(['left', 'bottom', 'connections', 'right'].map((side) => isSideOpen(app, side as 'left'))).toEqual([
      false,
      false,
      false,
      true,
    ])
    verbs.arrange('inspect')
    expect(isSideOpen(app, 'left')).toBe(true)
  })
})

describe('of two connections side by side', () => {
  it('what lies over the rest, and what is maximised, belongs to the one in view', () => {
    const { app } = openTestWindow({ snapshot: { profiles: [entryOf({ id: 'c' }), entryOf({ id: 'two' })] } })
    const verbs = app.get(layoutState)
    const connections = app.get(connectionsState)
    connections.show('c')
    connections.showBeside('two')
    verbs.resizeHalf(0, { width: 1_200, height: 800 })
    verbs.resizeHalf(1, { width: 600, height: 800 })
    expect(isSideOpen(app, 'right')).toBe(true)
    connections.show('two')
    expect(isSideOpen(app, 'right')).toBe(false)
    verbs.show('details')
    verbs.maximise('messages')
    expect(app.get(layoutState).halves.map(({ maximised }) => maximised)).toEqual([null, 'messages'])
    connections.show('c')
    expect(isViewInSight(app, 'topics')).toBe(true)
  })
})

describe('in a window without room for a side', () => {
  it('the side lies over the rest only when it is asked for, and one at a time', () => {
    const { app, verbs } = open(667, 400)
    for (const side of ['connections', 'left', 'right', 'bottom'] as const) expect(isSideOpen(app, side)).toBe(false)
    verbs.show('details')
    expect(isViewInSight(app, 'details')).toBe(true)
    verbs.show('publish')
    expect(halfLayoutOf(app).sheet).toBe('bottom')
    expect(isViewInSight(app, 'details')).toBe(false)
    verbs.openSide('bottom', false)
    expect(halfLayoutOf(app).sheet).toBeNull()
  })

  it('the list stands beside the rest as long as no connection is open', () => {
    const { app, verbs } = open(667, 400)
    app.get(connectionsState).closeTab('c')
    expect(isSideOpen(app, 'connections')).toBe(true)
    verbs.openSide('connections', false)
    expect(isSideOpen(app, 'connections')).toBe(false)
  })

  it('what was closed where there was room is still closed there', () => {
    const { app, verbs } = open()
    verbs.openSide('right', false)
    verbs.resize({ width: 1_000, height: 600 })
    verbs.show('details')
    expect(isViewInSight(app, 'details')).toBe(true)
    verbs.resize({ width: 1_280, height: 800 })
    expect(halfLayoutOf(app).sheet).toBeNull()
    expect(isSideOpen(app, 'right')).toBe(false)
  })
})
