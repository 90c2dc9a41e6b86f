import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import { channels } from '#shared/channels'
import type { EventMessage } from '#shared/contract'
import type { ImportPlan } from '#shared/model/importPlan'
import type { PayloadFile } from '#shared/model/publish'
import { fail, type Result } from '#shared/result'
import type { Dispatch } from '../../core/dispatch'
import type { Log } from '../../core/log'
import { isPageAddress } from './appAddress'

export interface IpcParts {
  readonly window: () => BrowserWindow | null
  readonly dispatch: Dispatch
  /** Takes a file that the system says was dropped onto the page. */
  readonly takeDroppedFile: (path: string) => Promise<Result<PayloadFile>>
  /** The same of several, and of folders, to be imported. */
  readonly readDroppedForImport: (paths: readonly string[]) => Promise<Result<ImportPlan>>
  readonly log: Log
}

/** Commands in: only our page's are carried out; anybody else learns nothing but that it was refused. */
export const handleCommands = (parts: IpcParts): void => {
  const { window, dispatch, takeDroppedFile, readDroppedForImport, log } = parts
  ipcMain.handle(channels.command, (event, name: unknown, input: unknown) => {
    if (isTrustedSender(event, window())) return dispatch(name, input)
    log.warn('refused a command that did not come from the page')
    return fail('internal', 'Refused.')
  })
  ipcMain.handle(channels.droppedFile, (event, path: unknown) => {
    if (isTrustedSender(event, window()) && typeof path === 'string') return takeDroppedFile(path)
    log.warn('refused a dropped file that did not come from the page')
    return fail('internal', 'Refused.')
  })
  ipcMain.handle(channels.droppedForImport, (event, paths: unknown) => {
    if (isTrustedSender(event, window()) && arePaths(paths)) return readDroppedForImport(paths)
    log.warn('refused dropped files that did not come from the page')
    return fail('internal', 'Refused.')
  })
}

const arePaths = (paths: unknown): paths is readonly string[] =>
  Array.isArray(paths) && paths.every((path) => typeof path === 'string')

/** Events out: to the live window, or to nobody. A new window starts from a snapshot, so nothing needs to be kept. */
export const sendEvent = (window: BrowserWindow | null, message: EventMessage): void => {
  if (!window || window.isDestroyed() || window.webContents.isDestroyed() || window.webContents.isCrashed()) return
  window.webContents.send(channels.event, message)
}

/** True only for the top frame of our own window while it shows our own page. */
const isTrustedSender = (event: IpcMainInvokeEvent, window: BrowserWindow | null): boolean => {
  if (!window || window.isDestroyed() || event.sender !== window.webContents) return false
  // Null when the frame has gone since it sent.
  const frame: IpcMainInvokeEvent['senderFrame'] | null = event.senderFrame
  return frame !== null && frame.parent === null && isPageAddress(frame.url)
}
