import type { BrowserWindow, IpcMainInvokeEvent } from 'electron'
import { isPageAddress } from './appAddress'

/** True only for the top frame of our own window while it shows our own page. */
export const isTrustedSender = (event: IpcMainInvokeEvent, window: BrowserWindow | null): boolean => {
  if (!window || window.isDestroyed() || event.sender !== window.webContents) return false
  // Null when the frame has gone since it sent.
  const frame: IpcMainInvokeEvent['senderFrame'] | null = event.senderFrame
  return frame !== null && frame.parent === null && isPageAddress(frame.url)
}
