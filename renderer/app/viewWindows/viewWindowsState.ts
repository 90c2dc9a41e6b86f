import { viewWindowName } from '#shared/model/viewWindow'
import { defineAppState, type App, type Connection } from '../../state/app'
import { connectionsState } from '../../state/connections'
import { dialogsState } from '../../state/dialogs'
import { windowState } from '../../state/windowState'
import type { ViewId } from '../workspaceViews'
import { mirrorPage } from './mirrorPage'

/** A view of one connection in a window of its own. It is drawn by the main window's page, from the same state. */
export interface ViewWindow {
  readonly serial: number
  readonly view: ViewId
  readonly connection: Connection
  readonly page: Window
}

export interface ViewWindowsState {
  readonly all: readonly ViewWindow[]
  /** Opens a window for the view, or brings the one to the front that it has. */
  open(connection: Connection, view: ViewId): void
  /** The view is back in its place. */
  close(window: ViewWindow): void
}

let lastSerial = 0

export const viewWindowsState = defineAppState<ViewWindowsState>('viewWindows', ({ get, set }) => ({
  all: [],

  open: (connection, view) => {
    const known = windowOf(get().all, connection, view)
    if (known) return known.page.focus()
    const serial = ++lastSerial
    const page = window.open('about:blank', `${viewWindowName}${view}-${serial}`, 'popup')
    if (!page) return
    const stop = mirrorPage(document, page.document)
    const opened: ViewWindow = { serial, view, connection, page }
    page.addEventListener(
      'pagehide',
      () => {
        stop()
        set(({ all }) => ({ all: all.filter((one) => one !== opened) }))
      },
      { once: true },
    )
    set(({ all }) => ({ all: [...all, opened] }))
  },

  close: ({ page }) => page.close(),
}))

export const windowOf = (
  all: readonly ViewWindow[],
  connection: Connection | null,
  view: ViewId,
): ViewWindow | undefined => all.find((one) => one.connection === connection && one.view === view)

/** The views of the connection that are not in their place because they have a window. */
export const awayOf = ({ all }: ViewWindowsState, connection: Connection | null): readonly ViewId[] =>
  all.filter((one) => one.connection === connection).map(({ view }) => view)

/** A window that draws although the main window may be hidden; else the main window. */
export const drawingPage = (app: App, main: Window): Window =>
  app.get(windowState).hidden ? (app.get(viewWindowsState).all.at(-1)?.page ?? main) : main

/** A window ends with its connection, and with the tab of it; a dialog stands in the main window. Answers its stop. */
export const startViewWindows = (app: App, main: Window): (() => void) => {
  const stops = [
    app.watch(connectionsState, ({ all: connections, tabs }) => {
      const { all, close } = app.get(viewWindowsState)
      for (const one of all) {
        const { id } = one.connection
        if (connections.get(id) !== one.connection || !tabs.includes(id)) close(one)
      }
    }),
    app.watch(dialogsState, ({ shown }) => shown && !main.document.hasFocus() && main.focus()),
  ]
  return () => {
    stops.forEach((stop) => stop())
    const { all, close } = app.get(viewWindowsState)
    all.forEach(close)
  }
}
