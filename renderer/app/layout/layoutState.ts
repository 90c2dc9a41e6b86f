import type { Layout } from '#shared/model/layout'
import { defineAppState, type App } from '../../state/app'
import { connectionInView } from '../../state/connections'
import { settingsState, type SettingsState } from '../../state/settings'
import { workspaceViews, type ViewId } from '../workspaceViews'
import { hasRoom, type SideId, type WindowSize } from './fit'
import {
  areaOf,
  firstLayout,
  isInSight,
  mendedLayout,
  withAreaOpen,
  withHidden,
  withMoved,
  withShown,
  type PlaceInArea,
} from './layout'
import { presets, type PresetId } from './presets'

/** How the layout is looked at, and the verbs that change it. The layout itself is a setting. */
export interface LayoutState {
  readonly size: WindowSize
  /** The one view that has all the room; null = none. */
  readonly maximised: ViewId | null
  /** The side that lies over the rest because it has no room beside it; null = none. */
  readonly sheet: SideId | null
  /** The view that had the focus last: what is done to a view from the palette is done to it. */
  readonly focused: ViewId
  /** Goes up with each preset: panes take their sizes anew. */
  readonly arranged: number
  resize(size: WindowSize): void
  focusOn(view: ViewId): void
  /** Brings a view to the front wherever it is. */
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
  const show = (view: ViewId) => {
    const { maximised, size } = get()
    const before = layoutOf(app)
    const shown = withShown(before, view)
    const area = areaOf(shown, view)
    if (area === null) return
    if (maximised !== null && maximised !== view) set({ maximised: null })
    if (area === 'centre' || hasRoom(area, size)) change(shown)
    else {
      // What was closed while there was room for it stays closed there.
      change(withAreaOpen(shown, area, before.areas[area].open))
      set({ sheet: area })
    }
  }
  const openSide = (side: SideId, open: boolean) => {
    const layout = layoutOf(app)
    if (!standsBeside(app, side)) set({ sheet: open ? side : null })
    else if (side === 'connections') change({ ...layout, connectionsOpen: open })
    else change(withAreaOpen(layout, side, open))
  }
  const hide = (view: ViewId) => {
    const area = areaOf(layoutOf(app), view)
    change(withHidden(layoutOf(app), view))
    const { maximised, sheet } = get()
    set({ maximised: maximised === view ? null : maximised, sheet: sheet === area ? null : sheet })
  }

  return {
    size: { width: 1_280, height: 800 },
    maximised: null,
    sheet: null,
    focused: 'messages',
    arranged: 0,
    show,
    hide,
    openSide,

    resize: (size) => {
      const { sheet } = get()
      set({ size, sheet: sheet !== null && hasRoom(sheet, size) ? null : sheet })
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
      set({ maximised, sheet: null })
    },

    arrange: (preset) => {
      const { layoutOf: layoutFor, paneLayouts } = presets[preset]
      void app.get(settingsState).save({ layout: layoutFor(workspaceViews), paneLayouts })
      set(({ arranged }) => ({ arranged: arranged + 1, maximised: null, sheet: null }))
    },
  }
})

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

/** Without a connection there is nothing that the list takes room from, and it is where one begins. */
export const standsBeside = (app: App, side: SideId): boolean =>
  hasRoom(side, app.get(layoutState).size) || (side === 'connections' && connectionInView(app) === null)

/** Whether a side is there to be closed: beside the rest, or over it. */
export const isSideOpen = (app: App, side: SideId): boolean => {
  if (!standsBeside(app, side)) return app.get(layoutState).sheet === side
  const { areas, connectionsOpen } = layoutOf(app)
  return side === 'connections' ? connectionsOpen : areas[side].open && areas[side].stacks.length > 0
}

/** Whether a person sees the view. */
export const isViewInSight = (app: App, view: ViewId): boolean => {
  const { maximised } = app.get(layoutState)
  const layout = layoutOf(app)
  const area = areaOf(layout, view)
  if (maximised !== null) return maximised === view
  if (area === null) return false
  if (area === 'centre') return isInSight(layout, view)
  return isSideOpen(app, area) && isInSight(withAreaOpen(layout, area, true), view)
}
