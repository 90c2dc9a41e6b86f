import type { BrowserWindow } from 'electron'
import { viewWindowName } from '#shared/model/viewWindow'
import { pagePreferences } from './pagePreferences'
import { placeBeside, type Rectangle, type Size } from './windowBounds'
import type { WindowStateFile } from './windowStateFile'

export interface ViewWindowOptions {
  /** What shows until the page has filled it. */
  readonly backgroundColour: () => string
  /** Remembers where each was. */
  readonly state: WindowStateFile
  readonly workAreas: () => readonly Rectangle[]
  /** Done to each window that opens. */
  readonly prepare: (window: BrowserWindow) => void
}

const least: Size = { width: 320, height: 200 }
/** Wide enough for a row of the log. */
const first: Size = { width: 720, height: 640 }

/**
 * Lets the page open a window for a view: an empty one, which goes nowhere and opens nothing, and which ends with the page
 * that draws in it. Any other window is denied as before.
 */
export const allowViewWindows = (
  main: BrowserWindow,
  { backgroundColour, state, workAreas, prepare }: ViewWindowOptions,
): void => {
  const all = new Set<BrowserWindow>()
  const closeAll = () => all.forEach((window) => window.destroy())
  main.webContents.setWindowOpenHandler(({ url, frameName }) =>
    url === 'about:blank' && frameName.startsWith(viewWindowName)
      ? {
          action: 'allow',
          overrideBrowserWindowOptions: {
            ...placeBeside(
              state.current().views[viewOf(frameName)] ?? null,
              { main: main.getNormalBounds(), others: [...all].map((window) => window.getNormalBounds()) },
              { workAreas: workAreas(), least, first },
            ),
            minWidth: least.width,
            minHeight: least.height,
            backgroundColor: backgroundColour(),
            // Without a preload script: what stands in it is drawn by the page of the main window.
            webPreferences: pagePreferences,
          },
        }
      : { action: 'deny' },
  )
  main.webContents.on('did-create-window', (window, { frameName }) => {
    // Chromium has one zoom for all of them, which the first takes from the main window and keys change from then on.
    if (all.size === 0) window.webContents.setZoomLevel(main.webContents.getZoomLevel())
    all.add(window)
    window.once('closed', () => all.delete(window))
    // Its keys work without it, e.g. those for the zoom; what is chosen in a menu is the main window's.
    window.setMenuBarVisibility(false)
    window.webContents.on('will-navigate', (event) => event.preventDefault())
    rememberPlace(window, viewOf(frameName), state)
    prepare(window)
  })
  main.once('closed', closeAll)
  main.webContents.on('render-process-gone', closeAll)
  main.webContents.on('did-navigate', closeAll)
}

/** Of a name like `topicscope-view-details-3`. */
const viewOf = (frameName: string): string => frameName.slice(viewWindowName.length).split('-')[0] ?? ''

const rememberPlace = (window: BrowserWindow, view: string, state: WindowStateFile): void => {
  const remember = () => {
    const before = state.current()
    state.change({ ...before, views: { ...before.views, [view]: window.getNormalBounds() } })
  }
  window.on('resize', remember).on('move', remember).on('close', remember)
}
