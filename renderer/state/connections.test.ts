import fc from 'fast-check'
import { expect, it } from 'vitest'
import { entryOf, openTestWindow } from '../testing/testWindow'
import { connectionsState, type ConnectionsState } from './connections'

const ids = ['a', 'b', 'c', 'd']
const someId = fc.constantFrom(...ids)
const orNone = fc.option(someId, { nil: null })

const verb: fc.Arbitrary<(connections: ConnectionsState) => void> = fc.oneof(
  orNone.map((id) => (connections: ConnectionsState) => connections.show(id)),
  someId.map((id) => (connections: ConnectionsState) => connections.showBeside(id)),
  someId.map((id) => (connections: ConnectionsState) => connections.leaveSight(id)),
  someId.map((id) => (connections: ConnectionsState) => connections.closeTab(id)),
  fc.tuple(someId, orNone).map(
    ([id, before]) =>
      (connections: ConnectionsState) =>
        connections.moveTab(id, before),
  ),
)

const open = () => openTestWindow({ snapshot: { profiles: ids.map((id) => entryOf({ id })) } }).app

it('shows one or two of the tabs whatever is done, with the one in view among them', () => {
  fc.assert(
    fc.property(fc.array(verb, { maxLength: 30 }), (verbs) => {
      const app = open()
      for (const act of verbs) {
        act(app.get(connectionsState))
        const { tabs, inSight, inViewId } = app.get(connectionsState)
        expect(new Set(tabs).size).toBe(tabs.length)
        expect(new Set(inSight).size).toBe(inSight.length)
        expect(inSight.length).toBeLessThanOrEqual(2)
        expect(inSight.filter((id) => !tabs.includes(id))).toEqual([])
        expect(inViewId === null ? inSight : inSight.filter((id) => id === inViewId)).toHaveLength(
          inViewId === null ? 0 : 1,
        )
      }
    }),
  )
})

it('a tab that is moved takes no other along', () => {
  fc.assert(
    fc.property(fc.array(verb, { maxLength: 10 }), someId, orNone, (verbs, id, before) => {
      const app = open()
      for (const act of verbs) act(app.get(connectionsState))
      const others = () => app.get(connectionsState).tabs.filter((one) => one !== id)
      const was = others()
      app.get(connectionsState).moveTab(id, before)
      expect(others()).toEqual(was)
    }),
  )
})

it('a connection that is shown takes the place of the one in view, and the one beside it stays', () => {
  const app = open()
  const connections = () => app.get(connectionsState)
  connections().show('a')
  connections().showBeside('b')
  expect(connections()).toMatchObject({ inSight: ['a', 'b'], inViewId: 'a' })
  connections().show('c')
  expect(connections()).toMatchObject({ inSight: ['c', 'b'], inViewId: 'c' })
  connections().show('b')
  expect(connections()).toMatchObject({ inSight: ['c', 'b'], inViewId: 'b' })
  connections().showBeside('d')
  expect(connections()).toMatchObject({ inSight: ['d', 'b'], inViewId: 'b' })
  connections().leaveSight('b')
  expect(connections()).toMatchObject({ inSight: ['d'], inViewId: 'd' })
  expect(connections().tabs).toContain('b')
})

it('begins with the first of the list where what the command line opened is deleted', () => {
  const { app } = openTestWindow({ snapshot: { profiles: [entryOf({ id: 'a' })], openConnectionId: 'deleted' } })
  expect(app.get(connectionsState)).toMatchObject({ inViewId: 'a', inSight: ['a'], tabs: ['a'] })
})
