import { clipboard, dialog, type BrowserWindow, type OpenDialogOptions } from 'electron'
import type { Dialogs, FilePurpose } from '../core/files'

const optionsFor: Readonly<Record<FilePurpose, OpenDialogOptions>> = {
  certificate: {
    properties: ['openFile', 'showHiddenFiles'],
    filters: [
      { name: 'PEM, PKCS #12', extensions: ['pem', 'crt', 'cer', 'key', 'p12', 'pfx'] },
      { name: '*', extensions: ['*'] },
    ],
  },
  payload: { properties: ['openFile'] },
}

/** The system's dialogs, in front of our window. */
export const createDialogs = (window: () => BrowserWindow | null): Dialogs => ({
  choosePath: async (purpose) => {
    const parent = window()
    const options = optionsFor[purpose]
    const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options))
    return answer.canceled ? null : (answer.filePaths[0] ?? null)
  },
  savePath: async (defaultPath) => {
    const parent = window()
    const answer = await (parent
      ? dialog.showSaveDialog(parent, { defaultPath })
      : dialog.showSaveDialog({ defaultPath }))
    // Older Electron answers undefined, newer '' when cancelled.
    return answer.canceled || !answer.filePath ? null : answer.filePath
  },
  writeClipboard: (text) => clipboard.writeText(text),
})
