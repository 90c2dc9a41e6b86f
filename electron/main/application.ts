import { app, dialog, nativeTheme, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import type { EventMessage } from '#shared/contract'
import type { Language, Settings } from '#shared/model/settings'
import type { CommandLineConnection } from '../core/connections/commandLineConnection'
import { createCore, type Core } from '../core/createCore'
import type { Log } from '../core/log'
import { handleAppProtocol } from './page/appProtocol'
import { findDevelopmentServer } from './page/developmentServer'
import { createDialogs } from './system/systemDialogs'
import { handleCommands, sendEvent } from './page/ipc'
import { startOrEnd, surviveUncaughtErrors } from './logging/uncaughtErrors'
import { createLogFile, logFilePath } from './logging/logFile'
import { followTheme, openMainWindow, showInFront } from './window/mainWindow'
import { createNativeMenu, type NativeMenu } from './window/menu'
import { askSystemProxies } from './system/systemProxies'
import { showNotification } from './system/notifications'
import { measureProcesses } from './system/processMemory'
import { finishBeforeQuit } from './quitting'
import { createSafeStorageVault } from './system/safeStorageVault'
import { lockDownSession } from './page/security'
import { exitWithProblem, type Startup } from './startup'
import { languageFor } from './system/systemLanguage'
import { createWindowStateFile } from './window/windowStateFile'

/** The one window. */
interface WindowHolder {
  /** Null while there is none, as on a Mac after closing it. */
  current(): BrowserWindow | null
  /** As its events told it; a window that was not shown yet counts as visible. */
  isHidden(): boolean
  setHidden(now: boolean): void
  hold(opened: BrowserWindow): void
}

interface CoreParts {
  readonly log: Log
  readonly window: WindowHolder
  readonly menu: NativeMenu
  readonly connectsAtStart: boolean
}

/** Runs the application, from start to end. */
export const runApplication = async (startup: Startup): Promise<void> => {
  const dataDir = app.getPath('userData')
  const log = createLogFile(dataDir, startup.logLevel)
  const window = createWindowHolder()
  const send = (message: EventMessage) => sendEvent(window.current(), message)
  surviveUncaughtErrors(log, (error) => send({ name: 'notice.raised', payload: error }))
  await startOrEnd(() => start(startup, { dataDir, log, window, send }), {
    log,
    logFile: logFilePath(dataDir),
    show: (title, text) => dialog.showErrorBox(title, text),
    exit: (code) => app.exit(code),
  })
}

const createWindowHolder = (): WindowHolder => {
  let window: BrowserWindow | null = null
  let hidden = false
  return {
    current: () => window,
    isHidden: () => hidden,
    setHidden: (now: boolean) => {
      hidden = now
    },
    hold: (opened: BrowserWindow) => {
      window = opened
      hidden = false
      opened.once('closed', () => (window = null))
    },
  }
}

const startCore = ({ log, window: { current, isHidden }, menu, connectsAtStart }: CoreParts): Promise<Core> => {
  let language = languageFor(app.getLocale())
  return createCore({
    dataDir: app.getPath('userData'),
    vault: createSafeStorageVault(),
    now: Date.now,
    systemLanguage: languageFor(app.getLocale()),
    platform: process.platform,
    version: app.getVersion(),
    dialogs: createDialogs(current, () => language),
    measureProcesses: () => measureProcesses(current()),
    isWindowHidden: isHidden,
    showMenu: menu.setItems,
    showNotification: (alert) =>
      showNotification(alert, () => {
        const window = current()
        if (!window) return
        showInFront(window)
        const { connectionId, sequence } = alert
        sendEvent(window, { name: 'alert.chosen', payload: { connectionId, sequence } })
      }),
    connectsAtStart,
    askSystemProxies,
    log,
    onEvent: (message) => sendEvent(current(), message),
    onSettings: (settings) => {
      language = languageOf(settings)
      applySettings(menu, settings)
    },
  })
}

const openFirst = async (core: Core, connection: CommandLineConnection | null): Promise<void> => {
  if (!connection) return
  const opened = await core.openFromCommandLine(connection)
  if (!opened.ok) exitWithProblem(opened.error.message)
}

const languageOf = (settings: Settings): Language => settings.language ?? languageFor(app.getLocale())

/** Applies what the settings mean outside the page: the theme of the system's own surfaces and the menu's language. */
const applySettings = (menu: NativeMenu, settings: Settings) => {
  nativeTheme.themeSource = settings.theme
  menu.setLanguage(languageOf(settings))
}

interface StartParts {
  readonly dataDir: string
  readonly log: Log
  readonly window: WindowHolder
  readonly send: (message: EventMessage) => void
}

const start = async (startup: Startup, { dataDir, log, window, send }: StartParts) => {
  const { connection, connectsAtStart, onSecondStart } = startup
  await app.whenReady()
  log.info(`Topicscope ${app.getVersion()} on Electron ${process.versions.electron}, ${process.platform}`)

  const menu = createNativeMenu({
    isMac: process.platform === 'darwin',
    onChosen: (action) => send({ name: 'menu.chosen', payload: { action } }),
  })
  const core = await startCore({ log, window, menu, connectsAtStart })
  await openFirst(core, connection)
  const development = findDevelopmentServer(app.isPackaged)
  await lockDownSession(development)
  const appFolder = app.getAppPath()
  const root = join(appFolder, 'build', 'out', 'renderer')
  const language = () => languageOf(core.settings())
  handleAppProtocol({ root, language, development })
  handleCommands({ ...core, window: window.current, log })

  const state = await createWindowStateFile(dataDir)
  const onHidden = (hidden: boolean) => {
    window.setHidden(hidden)
    send({ name: 'window.hiddenChanged', payload: { hidden } })
  }
  const open = () => window.hold(openMainWindow({ appFolder, state, log, onHidden, language }))
  followTheme(window.current)
  finishBeforeQuit(async () => {
    await Promise.all([core.dispose(), state.flush()])
  }, log)
  app.on('activate', () => {
    if (!window.current()) open()
  })
  onSecondStart((wanted) => void openSecond(core, wanted, send).then(() => raise(window, open)))
  open()
}

const openSecond = async (core: Core, wanted: CommandLineConnection | null, send: (message: EventMessage) => void) => {
  if (!wanted) return
  const opened = await core.openFromCommandLine(wanted)
  if (!opened.ok) send({ name: 'notice.raised', payload: opened.error })
}

const raise = (window: WindowHolder, open: () => void) => {
  const current = window.current()
  if (current) showInFront(current)
  else open()
}
