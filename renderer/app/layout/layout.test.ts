import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaIds, type Layout } from '#shared/model/layout'
import { workspaceViews } from '../workspaceViews'
import {
  areaOf,
  firstLayout,
  isFixed,
  isInSight,
  mendedLayout,
  withAreaOpen,
  withAway,
  withHidden,
  withMoved,
  withShown,
  type ViewPlace,
} from './layout'

const views: readonly ViewPlace[] = [
  { id: 'a', area: 'left' },
  { id: 'b', area: 'left' },
  { id: 'c', area: 'centre' },
  { id: 'd', area: 'centre', asTab: true },
  { id: 'e', area: 'right' },
  { id: 'f', area: 'bottom' },
]
const ids = views.map(({ id }) => id)
const first = firstLayout(views)
const stacksOf = (layout: Layout) => areaIds.flatMap((id) => layout.areas[id].stacks)

/** What is wrong with a layout; empty = it is sound. */
const faultsOf = (layout: Layout, known: readonly string[] = ids): readonly string[] => {
  const placed = [...stacksOf(layout).flatMap((stack) => stack.views), ...layout.hidden.map(({ view }) => view)]
  return [
    ...known.filter((id) => placed.filter((one) => one === id).length !== 1).map((id) => `${id} stands not once`),
    ...placed.filter((id) => !known.includes(id)).map((id) => `${id} is unknown`),
    ...stacksOf(layout).flatMap(({ views: all, shown }) => (all.includes(shown) ? [] : [`${shown} is not there`])),
    ...(layout.areas.centre.stacks.length === 0 ? ['the centre is empty'] : []),
    ...(layout.areas.centre.open ? [] : ['the centre is closed']),
  ]
}

const view = fc.constantFrom(...ids)
const area = fc.constantFrom(...areaIds)
const verb = fc.oneof(
  view.map((id) => (layout: Layout) => withShown(layout, id)),
  view.map((id) => (layout: Layout) => withHidden(layout, id)),
  fc.record({ id: view, area, apart: fc.boolean(), beside: fc.option(view, { nil: null }) }).map(
    ({ id, beside, ...place }) =>
      (layout: Layout) =>
        withMoved(layout, id, beside === null ? place : { ...place, beside }),
  ),
  fc.record({ id: area, open: fc.boolean() }).map(
    ({ id, open }) =>
      (layout: Layout) =>
        withAreaOpen(layout, id, open),
  ),
)

describe('a layout', () => {
  it('is sound at first, with a stack for each view that is no tab', () => {
    expect(faultsOf(first)).toEqual([])
    expect(first.areas.left.stacks).toEqual([
      { views: ['a'], shown: 'a' },
      { views: ['b'], shown: 'b' },
    ])
    expect(first.areas.centre.stacks).toEqual([{ views: ['c', 'd'], shown: 'c' }])
    const ours = workspaceViews.map(({ id }) => id)
    expect(faultsOf(firstLayout(workspaceViews), ours)).toEqual([])
  })

  it('gives a view that is new its place beside another one, wherever that is, and hides it where that is hidden', () => {
    const newcomer: ViewPlace = { id: 'g', area: 'bottom', beside: 'f' }
    const known = [...views, newcomer]
    expect(firstLayout(known).areas.bottom.stacks).toEqual([{ views: ['f', 'g'], shown: 'f' }])
    const moved = mendedLayout(withMoved(first, 'f', { area: 'right', apart: false }), known)
    expect(moved.areas.right.stacks).toEqual([{ views: ['e', 'f', 'g'], shown: 'f' }])
    const hidden = mendedLayout(withHidden(first, 'f'), known)
    expect(hidden.hidden.map((one) => one.view)).toEqual(['f', 'g'])
    expect(areaOf(withShown(hidden, 'g'), 'g')).toBe('bottom')
  })

  it('stays sound whatever is done to it, and what is shown is in sight', () => {
    fc.assert(
      fc.property(fc.array(verb, { maxLength: 30 }), view, (verbs, id) => {
        const layout = verbs.reduce((before, act) => act(before), first)
        expect(faultsOf(layout)).toEqual([])
        expect(isInSight(withShown(layout, id), id)).toBe(true)
        expect(mendedLayout(layout, views)).toEqual(layout)
      }),
    )
  })

  it('has a view that is away nowhere else, unless it is the last of the centre, and the others where they were', () => {
    fc.assert(
      fc.property(fc.array(verb, { maxLength: 10 }), fc.uniqueArray(view), (verbs, away) => {
        const layout = verbs.reduce((before, act) => act(before), first)
        const left = withAway(layout, away)
        const seen = ids.filter((id) => areaOf(left, id) !== null)
        expect(seen.filter((id) => away.includes(id) && !isFixed(left, id))).toEqual([])
        for (const id of ids) if (!away.includes(id)) expect(areaOf(left, id)).toBe(areaOf(layout, id))
        expect(left.areas.centre.stacks).not.toEqual([])
      }),
    )
  })

  it('goes where it is moved, unless it is the last of the centre', () => {
    fc.assert(
      fc.property(fc.array(verb, { maxLength: 10 }), view, area, (verbs, id, target) => {
        const layout = verbs.reduce((before, act) => act(before), first)
        const before = areaOf(layout, id)
        const moved = withMoved(layout, id, { area: target, apart: false })
        expect(areaOf(moved, id)).toBe(before === null || isFixed(layout, id) ? before : target)
      }),
    )
  })

  it('comes back to the area it was hidden in', () => {
    const moved = withMoved(first, 'f', { area: 'right', apart: false })
    const hidden = withHidden(moved, 'f')
    expect(areaOf(hidden, 'f')).toBeNull()
    expect(areaOf(withShown(hidden, 'f'), 'f')).toBe('right')
  })

  it('takes a tab between others', () => {
    const moved = withMoved(first, 'e', { area: 'centre', apart: false, beside: 'd' })
    expect(moved.areas.centre.stacks).toEqual([{ views: ['c', 'e', 'd'], shown: 'e' }])
  })
})

describe('what was saved', () => {
  const stack = fc.record({
    views: fc.array(fc.oneof(view, fc.string({ minLength: 1 }))),
    shown: fc.oneof(view, fc.string()),
  })
  const someArea = fc.oneof(fc.record({ open: fc.boolean(), stacks: fc.array(stack) }), fc.jsonValue())
  const nearly = fc.record(
    {
      areas: fc.record({ left: someArea, centre: someArea, right: someArea, bottom: someArea }, { requiredKeys: [] }),
      hidden: fc.oneof(fc.array(fc.record({ view, area })), fc.jsonValue()),
      connectionsOpen: fc.oneof(fc.boolean(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  )

  it('becomes a sound layout, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(nearly, fc.jsonValue()), (saved) => {
        expect(faultsOf(mendedLayout(saved, views))).toEqual([])
      }),
    )
  })

  it('keeps what it has, drops views that are unknown, and places those that are missing', () => {
    const { areas } = first
    const saved = {
      ...first,
      areas: { ...areas, left: { open: false, stacks: [{ views: ['gone', 'f', 'a'], shown: 'a' }] }, right: 'damaged' },
    }
    const mended = mendedLayout(saved, views)
    expect(mended.areas.left).toEqual({
      open: false,
      stacks: [
        { views: ['f', 'a'], shown: 'a' },
        { views: ['b'], shown: 'b' },
      ],
    })
    expect(areaOf(mended, 'e')).toBe('right')
  })
})
