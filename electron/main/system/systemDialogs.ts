import { clipboard, dialog, type BrowserWindow, type OpenDialogOptions } from 'electron'
import type { Language } from '#shared/model/settings'
import type { Dialogs, FilePurpose } from '../../core/files/dialogs'
import { questionWords } from './questionWords'

const openFileOf = (name: string, extensions: string[]): OpenDialogOptions => ({
  properties: ['openFile'],
  filters: [
    { name, extensions },
    { name: '*', extensions: ['*'] },
  ],
})

const optionsFor: Readonly<Record<FilePurpose, OpenDialogOptions>> = {
  certificate: {
    properties: ['openFile', 'showHiddenFiles'],
    filters: [
      { name: 'PEM, PKCS #12', extensions: ['pem', 'crt', 'cer', 'key', 'p12', 'pfx'] },
      { name: '*', extensions: ['*'] },
    ],
  },
  payload: { properties: ['openFile'] },
  collection: { properties: ['openDirectory', 'createDirectory'] },
  exportFolder: { properties: ['openDirectory', 'createDirectory'] },
  collectionFile: { properties: ['openFile'], filters: [{ name: 'JSON', extensions: ['json'] }] },
  jsonSchema: openFileOf('JSON Schema', ['json', 'schema']),
  protobuf: openFileOf('Protobuf', ['proto', 'desc', 'descriptor', 'protoset', 'pb', 'binpb', 'fds']),
  protobufFolder: { properties: ['openDirectory'] },
  avro: openFileOf('Avro', ['avsc', 'json']),
  payloadRules: openFileOf('JSON', ['json']),
  recording: { properties: ['openFile'] },
}

/** The system's dialogs, in front of our window. */
export const createDialogs = (window: () => BrowserWindow | null, language: () => Language): Dialogs => ({
  choosePath: async (purpose) => {
    const parent = window()
    const options = optionsFor[purpose]
    const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options))
    return answer.canceled ? null : (answer.filePaths[0] ?? null)
  },
  choosePaths: async (kind) => {
    const parent = window()
    const properties: OpenDialogOptions['properties'] =
      kind === 'folder'
        ? ['openDirectory', 'multiSelections', 'showHiddenFiles']
        : ['openFile', 'multiSelections', 'showHiddenFiles']
    const answer = await (parent
      ? dialog.showOpenDialog(parent, { properties })
      : dialog.showOpenDialog({ properties }))
    return answer.canceled ? [] : answer.filePaths
  },
  confirm: async (question) => {
    const parent = window()
    const { message, detail, no, yes } = questionWords(question, language())
    // Escape and Enter say no.
    const options = {
      type: 'warning' as const,
      message,
      detail,
      buttons: [no, yes],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    }
    const answer = await (parent ? dialog.showMessageBox(parent, options) : dialog.showMessageBox(options))
    return answer.response === 1
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
