import {
  AppWindow,
  Columns2,
  Maximize2,
  MoveRight,
  PanelBottom,
  PanelLeft,
  PanelLeftClose,
  PanelRight,
  StretchHorizontal,
  RotateCcw,
  Rows2,
  SkipBack,
  SkipForward,
  Users,
  type LucideIcon,
} from 'lucide-react'
import { areaIds, type AreaId } from '#shared/model/layout'
import type { Action } from '../../actions/action'
import { connectionInView, connectionsState } from '../../state/connections'
import type { App } from '../../state/app'
import { viewWindowsState } from '../viewWindows/viewWindowsState'
import type { SideId } from './fit'
import { areaOf, isFixed } from './layout'
import { halfLayoutOf, isSideOpen, isViewInSight, layoutOf, layoutState } from './layoutState'
import { moveFocus } from './moveFocus'
import type { PresetId } from './presets'

/** The main window's page, and those of the views that stand in windows of their own. */
const pagesOf = (app: App): readonly Document[] => {
  const { all } = app.get(viewWindowsState)
  const { inSight } = app.get(connectionsState)
  return [document, ...all.filter(({ connection }) => inSight.includes(connection.id)).map(({ page }) => page.document)]
}

const isThere = (app: App) => connectionInView(app) !== null

const toggleSide = (side: SideId) => ({
  isOn: (app: App) => isSideOpen(app, side),
  run: (app: App) => app.get(layoutState).openSide(side, !isSideOpen(app, side)),
})

/** What is done to the view that had the focus last; the views of the tabs have menus for the same. */
const focusedView = (app: App) => app.get(layoutState).focused

const moveTo = (area: AreaId): Action<'window'> => ({
  id: `layout.move.${area}`,
  on: 'window',
  label: { key: `layout.actions.move.${area}` },
  icon: MoveRight,
  isEnabled: (app) => {
    const layout = layoutOf(app)
    const view = focusedView(app)
    return isThere(app) && areaOf(layout, view) !== area && !isFixed(layout, view)
  },
  run: (app) => app.get(layoutState).move(focusedView(app), { area, apart: false }),
})

/** In the order of the menu. */
const presetIcons: readonly (readonly [preset: PresetId, icon: LucideIcon])[] = [
  ['inspect', Columns2],
  ['publish', Rows2],
  ['wide', StretchHorizontal],
]

const arrangeAs = ([preset, icon]: (typeof presetIcons)[number]): Action<'window'> => ({
  id: `layout.${preset}`,
  on: 'window',
  label: { key: `layout.actions.${preset}` },
  icon,
  nativeMenu: { menu: 'view', group: 2 },
  run: (app) => app.get(layoutState).arrange(preset),
})

export const layoutActions: readonly Action<'window'>[] = [
  {
    id: 'layout.connections',
    on: 'window',
    label: { key: 'layout.actions.connections' },
    buttonLabel: { key: 'layout.buttons.connections' },
    icon: Users,
    shortcut: 'CmdOrCtrl+B',
    nativeMenu: { menu: 'view', group: 1 },
    ...toggleSide('connections'),
  },
  {
    id: 'layout.left',
    on: 'window',
    label: { key: 'layout.actions.left' },
    buttonLabel: { key: 'layout.buttons.left' },
    icon: PanelLeft,
    shortcut: 'CmdOrCtrl+Shift+L',
    nativeMenu: { menu: 'view', group: 1 },
    isEnabled: isThere,
    ...toggleSide('left'),
  },
  {
    id: 'layout.bottom',
    on: 'window',
    label: { key: 'layout.actions.bottom' },
    buttonLabel: { key: 'layout.buttons.bottom' },
    icon: PanelBottom,
    shortcut: 'CmdOrCtrl+J',
    nativeMenu: { menu: 'view', group: 1 },
    isEnabled: isThere,
    isOn: (app) => isViewInSight(app, 'publish'),
    run: (app) => app.get(layoutState).toggle('publish'),
  },
  {
    id: 'layout.right',
    on: 'window',
    label: { key: 'layout.actions.right' },
    buttonLabel: { key: 'layout.buttons.right' },
    icon: PanelRight,
    shortcut: 'CmdOrCtrl+Shift+D',
    nativeMenu: { menu: 'view', group: 1 },
    isEnabled: isThere,
    ...toggleSide('right'),
  },
  {
    id: 'layout.maximise',
    on: 'window',
    label: { key: 'layout.actions.maximise' },
    icon: Maximize2,
    isEnabled: isThere,
    run: (app) => {
      const { maximised } = halfLayoutOf(app)
      app.get(layoutState).maximise(maximised === null ? focusedView(app) : null)
    },
  },
  {
    id: 'layout.ownWindow',
    on: 'window',
    label: { key: 'layout.actions.ownWindow' },
    icon: AppWindow,
    isEnabled: isThere,
    run: (app) => {
      const connection = connectionInView(app)
      if (connection) app.get(viewWindowsState).open(connection, focusedView(app))
    },
  },
  {
    id: 'layout.hide',
    on: 'window',
    label: { key: 'layout.actions.hide' },
    icon: PanelLeftClose,
    isEnabled: (app) => isThere(app) && !isFixed(layoutOf(app), focusedView(app)),
    run: (app) => app.get(layoutState).hide(focusedView(app)),
  },
  ...areaIds.map(moveTo),
  {
    id: 'layout.nextArea',
    on: 'window',
    label: { key: 'layout.actions.nextArea' },
    icon: SkipForward,
    shortcut: 'F6',
    run: (app) => moveFocus(pagesOf(app), 1),
  },
  {
    id: 'layout.previousArea',
    on: 'window',
    label: { key: 'layout.actions.previousArea' },
    icon: SkipBack,
    shortcut: 'Shift+F6',
    run: (app) => moveFocus(pagesOf(app), -1),
  },
  {
    id: 'layout.reset',
    on: 'window',
    label: { key: 'layout.actions.reset' },
    icon: RotateCcw,
    nativeMenu: { menu: 'view', group: 2 },
    run: (app) => app.get(layoutState).arrange('inspect'),
  },
  ...presetIcons.map(arrangeAs),
]
