// Why it is so: build/docs/decisions/57-the-layout-is-a-setting-that-is-mended.md
import { areaIds, layoutSchema, type Area, type AreaId, type Layout, type Stack } from '#shared/model/layout'

/** A view as far as its place is concerned. */
export interface ViewPlace {
  readonly id: string
  /** Where it stands until a person moves it. */
  readonly area: AreaId
  /** It begins as a further tab of the views before it in its area; absent = in a place of its own. */
  readonly asTab?: true
  /** It begins as a tab of the stack in which this view stands, wherever a person has put that, and hidden where that is hidden. */
  readonly beside?: string
}

/** The layout of somebody who has changed nothing. */
export const firstLayout = (views: readonly ViewPlace[]): Layout => views.reduce(withPlaced, emptyLayout)

/**
 * A layout that is sound whatever was saved: every view stands in it once, those that are missing in their first place,
 * unknown ones are dropped, and the centre has a view.
 */
export const mendedLayout = (saved: unknown, views: readonly ViewPlace[]): Layout => {
  const read = layoutSchema.safeParse(saved)
  if (!read.success) return firstLayout(views)
  const { areas, hidden, connectionsOpen } = read.data
  const unplaced = new Set(views.map(({ id }) => id))
  /** True once for each view. */
  const take = (view: string) => unplaced.delete(view)
  const layout: Layout = {
    areas: mapAreas((id) => ({
      open: id === 'centre' || areas[id].open,
      stacks: areas[id].stacks.flatMap(({ views: all, shown }) => stackOf(all.filter(take), shown)),
    })),
    hidden: hidden.filter(({ view }) => take(view)),
    connectionsOpen,
  }
  return withCentre(views.filter(({ id }) => unplaced.has(id)).reduce(withPlaced, layout), views)
}

/** The area a view stands in; null = it is hidden. */
export const areaOf = ({ areas }: Layout, view: string): AreaId | null =>
  areaIds.find((id) => areas[id].stacks.some(({ views }) => views.includes(view))) ?? null

/** Whether a person sees it, if the area has room. */
export const isInSight = ({ areas }: Layout, view: string): boolean =>
  areaIds.some((id) => areas[id].open && areas[id].stacks.some(({ shown }) => shown === view))

/** The last view of the centre stays there, so that there is always something to come back to. */
export const isFixed = (layout: Layout, view: string): boolean =>
  layout.areas.centre.stacks.flatMap(({ views }) => views).every((one) => one === view)

/** Whether it shares its place with others. */
export const isStacked = (layout: Layout, view: string): boolean =>
  areaIds.some((id) => layout.areas[id].stacks.some(({ views }) => views.length > 1 && views.includes(view)))

/** Brings a view to the front, from where it is hidden if need be, and opens its area. */
export const withShown = (layout: Layout, view: string): Layout => {
  const closed = layout.hidden.find((one) => one.view === view)
  if (closed) return withAdded(layout, view, { area: closed.area, apart: closed.area === 'left' })
  const area = areaOf(layout, view)
  if (!area) return layout
  const stacks = layout.areas[area].stacks.map((stack) =>
    stack.views.includes(view) ? { ...stack, shown: view } : stack,
  )
  return withArea(layout, area, { open: true, stacks })
}

export const withHidden = (layout: Layout, view: string): Layout => {
  const area = areaOf(layout, view)
  if (!area || isFixed(layout, view)) return layout
  const left = withoutView(layout, view)
  return { ...left, hidden: [...left.hidden, { view, area }] }
}

export interface PlaceInArea {
  readonly area: AreaId
  /** In a place of its own at the end of the area; else as a tab of what stands there last. */
  readonly apart: boolean
  /** As a tab beside this view. */
  readonly beside?: string
}

/** Moves a view to the front of another place, and opens that area. */
export const withMoved = (layout: Layout, view: string, place: PlaceInArea): Layout =>
  areaOf(layout, view) === null || place.beside === view || (isFixed(layout, view) && place.area !== 'centre')
    ? layout
    : withAdded(layout, view, place)

/** What is left in a window whose views are away in windows of their own; the last one of the centre keeps its place. */
export const withAway = (layout: Layout, views: readonly string[]): Layout =>
  views.reduce((left, view) => (isFixed(left, view) ? left : withoutView(left, view)), layout)

export const withAreaOpen = (layout: Layout, area: AreaId, open: boolean): Layout =>
  area === 'centre' ? layout : withArea(layout, area, { ...layout.areas[area], open })

const withAdded = (layout: Layout, view: string, { area, apart, beside }: PlaceInArea): Layout => {
  const without = withoutView(layout, view)
  const { stacks } = without.areas[area]
  const own: Stack = { views: [view], shown: view }
  const found = stacks.findIndex(({ views }) => beside !== undefined && views.includes(beside))
  const at = found < 0 ? stacks.length - 1 : found
  if ((apart && found < 0) || stacks.length === 0)
    return withArea(without, area, { open: true, stacks: [...stacks, own] })
  return withArea(without, area, {
    open: true,
    stacks: stacks.map((stack, index) =>
      index === at ? { views: withNeighbour(stack.views, view, beside), shown: view } : stack,
    ),
  })
}

const withNeighbour = (views: readonly string[], view: string, before: string | undefined): string[] => {
  const at = before === undefined ? -1 : views.indexOf(before)
  return at < 0 ? [...views, view] : [...views.slice(0, at), view, ...views.slice(at)]
}

/** It stands nowhere for a moment, and is not hidden either. */
const withoutView = (layout: Layout, view: string): Layout => ({
  ...layout,
  areas: mapAreas((id) => ({
    ...layout.areas[id],
    stacks: layout.areas[id].stacks.flatMap((stack) =>
      stack.views.includes(view) ? stackOf(withoutOne(stack.views, view), neighbourIn(stack, view)) : [stack],
    ),
  })),
  hidden: layout.hidden.filter((one) => one.view !== view),
})

const withoutOne = (views: readonly string[], view: string) => views.filter((one) => one !== view)

/** What is seen once a view has left its stack. */
const neighbourIn = ({ views, shown }: Stack, view: string): string => {
  if (shown !== view) return shown
  const at = views.indexOf(view)
  return views[at + 1] ?? views[at - 1] ?? view
}

/** No stack where there are no views. */
const stackOf = (views: readonly string[], shown: string): readonly Stack[] => {
  const [first] = views
  return first === undefined ? [] : [{ views: [...views], shown: views.includes(shown) ? shown : first }]
}

/** Puts a view where it stands at first. */
const withPlaced = (layout: Layout, { id, area, asTab, beside }: ViewPlace): Layout => {
  const neighbour = beside === undefined ? null : areaOf(layout, beside)
  if (beside !== undefined && neighbour !== null) return withTabOf(layout, neighbour, [beside, id])
  const hidden = layout.hidden.find(({ view }) => view === beside)
  if (hidden) return { ...layout, hidden: [...layout.hidden, { view: id, area: hidden.area }] }
  const { open, stacks } = layout.areas[area]
  const last = asTab ? stacks.at(-1) : undefined
  const added = last ? { ...last, views: [...last.views, id] } : { views: [id], shown: id }
  return withArea(layout, area, { open, stacks: last ? [...stacks.slice(0, -1), added] : [...stacks, added] })
}

/** Puts a view behind the tabs of the stack of another one, which stays in front if it is. */
const withTabOf = (layout: Layout, area: AreaId, [beside, id]: readonly [string, string]): Layout => {
  const { open, stacks } = layout.areas[area]
  const withIt = (stack: Stack) => (stack.views.includes(beside) ? { ...stack, views: [...stack.views, id] } : stack)
  return withArea(layout, area, { open, stacks: stacks.map(withIt) })
}

const withCentre = (layout: Layout, views: readonly ViewPlace[]): Layout => {
  const first = views.find(({ area }) => area === 'centre') ?? views[0]
  return layout.areas.centre.stacks.length > 0 || !first
    ? layout
    : withAdded(layout, first.id, { area: 'centre', apart: true })
}

const withArea = (layout: Layout, id: AreaId, area: Area): Layout => ({
  ...layout,
  areas: { ...layout.areas, [id]: area },
})

const mapAreas = (areaFor: (id: AreaId) => { readonly open: boolean; readonly stacks: readonly Stack[] }) => {
  const area = (id: AreaId): Area => {
    const { open, stacks } = areaFor(id)
    return { open, stacks: [...stacks] }
  }
  return { left: area('left'), centre: area('centre'), right: area('right'), bottom: area('bottom') }
}

const emptyLayout: Layout = {
  areas: mapAreas(() => ({ open: true, stacks: [] })),
  hidden: [],
  connectionsOpen: true,
}
