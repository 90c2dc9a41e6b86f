import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import { viewWindowName } from '#shared/model/viewWindow'

export interface ViewWindowOptions {
  /** What shows until the page has filled it. */
  readonly backgroundColour: () => string
  /** Done to each window that opens. */
  readonly prepare: (window: BrowserWindow) => void
}

const least = { minWidth: 320, minHeight: 200 } as const

/** Without a preload script: what stands in it is drawn by the page of the main window, which has the only bridge. */
const preferences: BrowserWindowConstructorOptions['webPreferences'] = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
  backgroundThrottling: false,
}

/**
 * Lets the page open a window for a view: an empty one, which goes nowhere and opens nothing, and which ends with the page
 * that draws in it. Any other window is denied as before.
 */
export const allowViewWindows = (main: BrowserWindow, { backgroundColour, prepare }: ViewWindowOptions): void => {
  const all = new Set<BrowserWindow>()
  const closeAll = () => all.forEach((window) => window.destroy())
  main.webContents.setWindowOpenHandler(({ url, frameName }) =>
    url === 'about:blank' && frameName.startsWith(viewWindowName)
      ? {
          action: 'allow',
          overrideBrowserWindowOptions: {
            ...least,
            backgroundColor: backgroundColour(),
            webPreferences: preferences,
          },
        }
      : { action: 'deny' },
  )
  main.webContents.on('did-create-window', (window) => {
    all.add(window)
    window.once('closed', () => all.delete(window))
    // Its keys work without it, e.g. those for the zoom; what is chosen in a menu is the main window's.
    window.setMenuBarVisibility(false)
    window.webContents.setZoomLevel(main.webContents.getZoomLevel())
    window.webContents.on('will-navigate', (event) => event.preventDefault())
    prepare(window)
  })
  main.once('closed', closeAll)
  main.webContents.on('render-process-gone', closeAll)
  main.webContents.on('did-navigate', closeAll)
}
