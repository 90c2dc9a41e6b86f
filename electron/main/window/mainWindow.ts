import { BrowserWindow, nativeTheme, screen } from 'electron'
import { join } from 'node:path'
import type { Language } from '#shared/model/settings'
import type { Log } from '../../core/log'
import { crashAddress, isPageAddress, pageAddress } from '../page/appAddress'
import { offerEditMenu } from './editContextMenu'
import { pagePreferences } from './pagePreferences'
import { allowViewWindows } from './viewWindows'
import { minimumSize, placeWindow } from './windowBounds'
import type { WindowStateFile } from './windowStateFile'

export interface MainWindowOptions {
  readonly appFolder: string
  readonly state: WindowStateFile
  readonly log: Log
  /** Nobody sees the window any more, or somebody does again. */
  readonly onHidden: (hidden: boolean) => void
  readonly language: () => Language
}

/** Opens the window where it was last time, and shows it once it has something to show. */
export const openMainWindow = ({ appFolder, state, log, onHidden, language }: MainWindowOptions): BrowserWindow => {
  const { bounds, maximized } = state.current()
  const place = placeWindow(bounds, workAreas())
  const window = new BrowserWindow({
    ...place,
    // A screen may be smaller than what is comfortable.
    minWidth: Math.min(minimumSize.width, place.width),
    minHeight: Math.min(minimumSize.height, place.height),
    show: false,
    title: 'Topicscope',
    backgroundColor: backgroundColour(),
    webPreferences: { ...pagePreferences, preload: join(appFolder, 'build', 'out', 'preload', 'preload.cjs') },
  })
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  rememberPlace(window, state)
  offerEditMenu(window, language)
  allowViewWindows(window, { state, backgroundColour, workAreas, prepare: (view) => offerEditMenu(view, language) })
  window.on('hide', () => onHidden(true)).on('minimize', () => onHidden(true))
  window.on('show', () => onHidden(false)).on('restore', () => onHidden(false))
  survivePageCrash(window, log)
  window.loadURL(pageAddress).catch((error: unknown) => log.error('the page did not load', error))
  return window
}

/** Puts the window in front, e.g. because the application was started a second time. */
export const showInFront = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

export const followTheme = (window: () => BrowserWindow | null): void => {
  nativeTheme.on('updated', () => window()?.setBackgroundColor(backgroundColour()))
}

/** What shows until the page has drawn itself; the page's own `--surface` is the same. */
const backgroundColour = () => (nativeTheme.shouldUseDarkColors ? '#16191f' : '#ffffff')

const workAreas = () => {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  return [primary, ...others].map(({ workArea }) => workArea)
}

const rememberPlace = (window: BrowserWindow, state: WindowStateFile): void => {
  const remember = () => {
    if (window.isMinimized() || window.isFullScreen()) return
    state.change({ ...state.current(), bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  }
  window.on('resize', remember).on('move', remember)
  window.on('maximize', remember).on('unmaximize', remember).on('close', remember)
}

/** The sessions live in the main process, so the page may go and come back; a page that crashes twice is not reloaded. */
const survivePageCrash = (window: BrowserWindow, log: Log): void => {
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error(`the page's process ended: ${reason} (${exitCode})`)
    if (reason === 'clean-exit' || window.isDestroyed()) return
    if (isPageAddress(window.webContents.getURL())) void window.loadURL(crashAddress)
  })
}
