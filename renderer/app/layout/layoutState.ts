import { useContext, useMemo } from 'react'
import type { Layout } from '#shared/model/layout'
import { defineAppState, type App } from '../../state/app'
import { connectionInView, connectionsState } from '../../state/connections'
import { settingsState, type SettingsState } from '../../state/settings'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { workspaceViews, type ViewId } from '../workspaceViews'
import { hasRoom, type EdgeId, type SideId, type WindowSize } from './fit'
import { halfInView, HalfContext, type Half } from './half'
import {
  areaOf,
  firstLayout,
  isInSight,
  mendedLayout,
  withAreaOpen,
  withAway,
  withHidden,
  withMoved,
  withShown,
  type PlaceInArea,
} from './layout'
import { awayOf, viewWindowsState, windowOf } from '../viewWindows/viewWindowsState'
import { presets, type PresetId } from './presets'

/** How one workspace is looked at. */
export interface HalfLayout {
  readonly size: WindowSize
  /** The one view that has all the room; null = none. */
  readonly maximised: ViewId | null
  /** The side that lies over the rest because it has no room beside it; null = none. */
  readonly sheet: EdgeId | null
}

/** How the layout is looked at, and the verbs that change it. The layout itself is a setting, which both halves follow. */
export interface LayoutState {
  /** Of the whole window. */
  readonly size: WindowSize
  /** The list of connections lies over the rest because it has no room beside it. */
  readonly listOver: boolean
  readonly halves: readonly [HalfLayout, HalfLayout]
  /** The view that had the focus last: what is done to a view from the palette is done to it. */
  readonly focused: ViewId
  /** Goes up with each preset: panes take their sizes anew. */
  readonly arranged: number
  resize(size: WindowSize): void
  resizeHalf(half: Half, size: WindowSize): void
  focusOn(view: ViewId): void
  /** Brings a view to the front wherever it is; this and all that follows in the half in view. */
  show(view: ViewId): void
  hide(view: ViewId): void
  /** Puts a view that is seen away, and shows one that is not. */
  toggle(view: ViewId): void
  move(view: ViewId, place: PlaceInArea): void
  maximise(view: ViewId | null): void
  openSide(side: SideId, open: boolean): void
  arrange(preset: PresetId): void
}

export const layoutState = defineAppState<LayoutState>('layout', ({ owner: app, get, set }) => {
  const change = (changed: Layout) => {
    if (changed !== layoutOf(app)) void app.get(settingsState).save({ layout: changed })
  }
  const setHalf = (half: Half, changed: Partial<HalfLayout>) =>
    set(({ halves: [left, right] }) => ({
      halves: half === 0 ? [{ ...left, ...changed }, right] : [left, { ...right, ...changed }],
    }))
  const setInView = (changed: Partial<HalfLayout>) => setHalf(halfInView(app), changed)
  /** Lies over the rest, one at a time. */
  const lay = (over: EdgeId | 'list' | 'nothing') => {
    set({ listOver: over === 'list' })
    setInView({ sheet: over === 'list' || over === 'nothing' ? null : over })
  }
  const show = (view: ViewId) => {
    const away = windowOf(app.get(viewWindowsState).all, connectionInView(app), view)
    if (away) away.page.focus()
    else showInPlace(view)
  }
  const showInPlace = (view: ViewId) => {
    const { maximised, size } = halfLayoutOf(app)
    const before = layoutOf(app)
    const shown = withShown(before, view)
    const area = areaOf(shown, view)
    if (area === null) return
    if (maximised !== null && maximised !== view) setInView({ maximised: null })
    if (area === 'centre' || hasRoom(area, size)) change(shown)
    else {
      // What was closed while there was room for it stays closed there.
      change(withAreaOpen(shown, area, before.areas[area].open))
      lay(area)
    }
  }
  const openSide = (side: SideId, open: boolean) => {
    const layout = layoutOf(app)
    const isBeside = standsBeside(app, side)
    if (isBeside)
      change(side === 'connections' ? { ...layout, connectionsOpen: open } : withAreaOpen(layout, side, open))
    else if (side === 'connections') lay(open ? 'list' : 'nothing')
    else lay(open ? side : 'nothing')
  }
  const hide = (view: ViewId) => {
    const area = areaOf(layoutOf(app), view)
    change(withHidden(layoutOf(app), view))
    const { maximised, sheet } = halfLayoutOf(app)
    setInView({ maximised: maximised === view ? null : maximised, sheet: sheet === area ? null : sheet })
  }
  const resizeHalf = (half: Half, size: WindowSize) => {
    const { sheet } = get().halves[half]
    setHalf(half, { size, sheet: sheet !== null && hasRoom(sheet, size) ? null : sheet })
  }

  return {
    size: firstHalf.size,
    listOver: false,
    halves: [firstHalf, firstHalf],
    focused: 'messages',
    arranged: 0,
    show,
    hide,
    openSide,
    resizeHalf,

    resize: (size) => {
      set(({ listOver }) => ({ size, listOver: listOver && !hasRoom('connections', size) }))
      if (app.get(connectionsState).inSight.length < 2) resizeHalf(0, size)
    },

    focusOn: (focused) => get().focused !== focused && set({ focused }),

    toggle: (view) => {
      const area = areaOf(layoutOf(app), view)
      if (!isViewInSight(app, view)) show(view)
      else if (area === 'bottom') openSide(area, false)
      else hide(view)
    },

    move: (view, place) => {
      change(withMoved(layoutOf(app), view, place))
      show(view)
    },

    maximise: (maximised) => {
      if (maximised !== null) show(maximised)
      setInView({ maximised, sheet: null })
    },

    arrange: (preset) => {
      const { layoutOf: layoutFor, paneLayouts } = presets[preset]
      void app.get(settingsState).save({ layout: layoutFor(workspaceViews), paneLayouts })
      const asItIs = (half: HalfLayout): HalfLayout => ({ ...half, maximised: null, sheet: null })
      set(({ arranged, halves: [left, right] }) => ({
        arranged: arranged + 1,
        listOver: false,
        halves: [asItIs(left), asItIs(right)],
      }))
    },
  }
})

const firstHalf: HalfLayout = { size: { width: 1_280, height: 800 }, maximised: null, sheet: null }

/** How the half in view is looked at. */
export const halfLayoutOf = (app: App): HalfLayout => app.get(layoutState).halves[halfInView(app)]

/** How the half is looked at in which the component stands. */
export const useHalfLayout = <Selected>(selector: (half: HalfLayout) => Selected): Selected => {
  const half = useContext(HalfContext)
  return useApp(layoutState, ({ halves }) => selector(halves[half]))
}

const layoutAtFirst = firstLayout(workspaceViews)
const mended = new WeakMap<Layout, Layout>()

/** The layout as it stands: what is saved, mended; the same object as long as the same is saved. */
export const layoutOf = (app: App): Layout => selectLayout(app.get(settingsState))

export const selectLayout = ({ settings: { layout: saved } }: SettingsState): Layout => {
  if (saved === null) return layoutAtFirst
  const known = mended.get(saved)
  if (known) return known
  const layout = mendedLayout(saved, workspaceViews)
  mended.set(saved, layout)
  return layout
}

/** The layout as it is seen: views of the connection in view that have windows of their own are not in it. */
const layoutInSight = (app: App): Layout =>
  withAway(layoutOf(app), awayOf(app.get(viewWindowsState), connectionInView(app)))

/** The same for the connection in which the component stands. */
export const useLayoutInSight = (): Layout => {
  const connection = useConnectionObject()
  const layout = useApp(settingsState, selectLayout)
  const away = useApp(viewWindowsState, (state) => awayOf(state, connection).join(' '))
  return useMemo(() => withAway(layout, away.split(' ')), [layout, away])
}

/** Without a connection there is nothing that the list takes room from, and it is where one begins. */
export const standsBeside = (app: App, side: SideId): boolean =>
  side === 'connections'
    ? hasRoom(side, app.get(layoutState).size) || connectionInView(app) === null
    : hasRoom(side, halfLayoutOf(app).size)

/** Whether a side is there to be closed: beside the rest, or over it. */
export const isSideOpen = (app: App, side: SideId): boolean => {
  if (!standsBeside(app, side)) {
    return side === 'connections' ? app.get(layoutState).listOver : halfLayoutOf(app).sheet === side
  }
  const { areas, connectionsOpen } = layoutInSight(app)
  return side === 'connections' ? connectionsOpen : areas[side].open && areas[side].stacks.length > 0
}

/** Whether a person sees the view. */
export const isViewInSight = (app: App, view: ViewId): boolean => {
  const { maximised } = halfLayoutOf(app)
  const layout = layoutInSight(app)
  const area = areaOf(layout, view)
  if (maximised !== null) return maximised === view
  if (area === null) return false
  if (area === 'centre') return isInSight(layout, view)
  return isSideOpen(app, area) && isInSight(withAreaOpen(layout, area, true), view)
}
